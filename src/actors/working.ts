import { encode, equalBytes, fromHex } from '../codec/index.ts';
import { assert } from '../codec/failure.ts';
import { kindOf, type ActorId, type ActorKind } from '../machines/kit/index.ts';
import type { Collection } from '../machines/kit/index.ts';
import { actorKey, entryKey, KEY_SPACE_BYTES } from './keys.ts';
import { ABSENT, freeze, kindsOf, readStored } from './record.ts';
import type { ActorRecord, PreparedKind } from './record.ts';
import { addChange, addTimerChange, NOTHING } from './slot.ts';
import type { ActorCell, Changes, EntryCell, Slot } from './slot.ts';
import type { Registry, StateSource } from './source.ts';

/** A point that the working state can be taken back to. */
export interface Mark {
  readonly depth: number;
  readonly balanceDelta: bigint;
}

/**
 * Decoded records over the committed state, with a journal: taking a transaction back costs what
 * its own writes cost. Records are immutable, so the journal keeps references.
 */
export class WorkingState {
  readonly #kinds: Readonly<Record<ActorKind, PreparedKind>>;
  readonly #source: StateSource;
  readonly #actors = new Map<ActorId, ActorCell>();
  readonly #entries = new Map<string, EntryCell>();
  /** Triples of slot, former value and former bytes. */
  readonly #journal: unknown[] = [];
  #balanceDelta = 0n;

  constructor(registry: Registry, source: StateSource) {
    this.#kinds = kindsOf(registry);
    this.#source = source;
  }

  /** Σ of all balances now, less that at the beginning of the block. */
  get balanceDelta(): bigint {
    return this.#balanceDelta;
  }

  /** The actor, as stored or in its initial state. */
  actor(id: ActorId): ActorCell {
    const known = this.#actors.get(id);
    if (known !== undefined) return known;
    const kind = this.#kinds[kindOf(id)];
    const key = actorKey(id);
    const keyBytes = fromHex(key);
    const stored = this.#source.get(keyBytes) ?? NOTHING;
    const value = stored === NOTHING ? kind.initial : readStored(kind.record, stored);
    const address = keyBytes.subarray(KEY_SPACE_BYTES);
    const storedWakeAt = value.wakeAt;
    const cell = { key, stored, value, bytes: stored, id, address, kind, storedWakeAt };
    this.#actors.set(id, cell);
    return cell;
  }

  entry(collection: Collection<unknown>, owner: ActorId, key: string): EntryCell {
    const stateKey = entryKey(collection, owner, key);
    const known = this.#entries.get(stateKey);
    if (known !== undefined) return known;
    const stored = this.#source.get(fromHex(stateKey)) ?? NOTHING;
    const value = stored === NOTHING ? undefined : readStored(collection.value, stored);
    const cell = { key: stateKey, stored, value, bytes: stored, kind: undefined };
    this.#entries.set(stateKey, cell);
    return cell;
  }

  /** The actor's bytes in the state tree; empty if it is as an actor that never was. */
  bytesOf(cell: ActorCell): Uint8Array {
    if (cell.bytes !== undefined) return cell.bytes;
    const bytes = encode(cell.kind.record, cell.value);
    cell.bytes = equalBytes(bytes, cell.kind.initialBytes) ? NOTHING : bytes;
    return cell.bytes;
  }

  /** Is the actor's context within its byte limit? Measured apart only where the record is not. */
  isContextWithin(cell: ActorCell): boolean {
    const { isContextBounded, definition } = cell.kind;
    if (isContextBounded || this.bytesOf(cell).length <= definition.contextBytes) return true;
    return encode(definition.context, cell.value.context).length <= definition.contextBytes;
  }

  exists(cell: ActorCell): boolean {
    if (cell.kind.isBorn) return cell.value.state !== ABSENT;
    return this.bytesOf(cell).length > 0;
  }

  setActor(cell: ActorCell, value: ActorRecord): void {
    assert(value.balance >= 0n, `${cell.id} gives away more than it holds`);
    this.#journal.push(cell, cell.value, cell.bytes);
    this.#balanceDelta += value.balance - cell.value.balance;
    cell.value = freeze(value);
    cell.bytes = undefined;
  }

  /** Sets or, with `undefined`, deletes; gives the bytes written. */
  setEntry(cell: EntryCell, collection: Collection<unknown>, value: unknown): Uint8Array {
    this.#journal.push(cell, cell.value, cell.bytes);
    cell.value = freeze(value);
    cell.bytes = value === undefined ? NOTHING : encode(collection.value, value);
    return cell.bytes;
  }

  mark(): Mark {
    return { depth: this.#journal.length, balanceDelta: this.#balanceDelta };
  }

  /** Everything since the mark never happened. */
  rollback(mark: Mark): void {
    const journal = this.#journal;
    while (journal.length > mark.depth) {
      const bytes = journal.pop() as Uint8Array | undefined;
      const value = journal.pop();
      const slot = journal.pop() as Slot;
      slot.value = value;
      slot.bytes = bytes;
    }
    this.#balanceDelta = mark.balanceDelta;
  }

  /** Makes all that happened final for this block. */
  settle(): void {
    for (let i = 0; i < this.#journal.length; i += 3) {
      const cell = this.#journal[i] as ActorCell | EntryCell;
      if (cell.kind?.isBorn !== true || (cell.value as ActorRecord).state !== ABSENT) continue;
      const isGone = this.bytesOf(cell as ActorCell).length === 0;
      assert(isGone, `${(cell as ActorCell).id} is absent and holds value, a timer or a context`);
    }
    this.#journal.length = 0;
  }

  /** What the block changes in the state tree. */
  changes(): Changes {
    const changes: Changes = new Map();
    for (const entry of this.#entries.values()) addChange(changes, entry, entry.bytes ?? NOTHING);
    for (const cell of this.#actors.values()) {
      if (addChange(changes, cell, this.bytesOf(cell))) addTimerChange(changes, cell);
    }
    return changes;
  }
}
