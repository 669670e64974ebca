import {
  actorKey,
  actorOfKey,
  actorsFrom,
  type BeginReceipt,
  decodeActorRecord,
  listEntries,
  MAX_LIST_RECORDS,
  readEntry,
  type RecordOf,
  type StateSource,
  timerOfKey,
  timersUntil,
} from '../actors/index.ts';
import type { ChainRef } from '../codec/ids/parts.ts';
import { assert, fromHex } from '../codec/index.ts';
import {
  type ActorId,
  type ActorKind,
  ACTOR_KINDS,
  type Collection,
  PARAMETERS,
} from '../machines/kit/index.ts';
import type { Parameters } from '../machines/parameters/record.ts';
import { REGISTRY } from '../machines/registry.ts';

/** An actor and its record. */
export interface Found<K extends ActorKind = ActorKind> {
  readonly id: ActorId<K>;
  readonly record: RecordOf<K>;
}

export interface Timer {
  readonly height: bigint;
  readonly id: ActorId;
}

/** What a view is of. */
export interface ViewParts extends ChainRef {
  readonly source: StateSource;
  readonly height: bigint;
  /** Unix seconds. */
  readonly time: bigint;
  /** nLUX that genesis made; what all balances together have to be. */
  readonly supplyNlux: bigint;
  /** What the beginning of the last block brought. */
  readonly begin: BeginReceipt;
}

const CHAIN = { registry: REGISTRY };
/** Most records are the same from block to block, and where the engine keeps bytes so are these. */
const DECODED = new WeakMap<Uint8Array, unknown>();
const KINDS = Object.keys(ACTOR_KINDS) as ActorKind[];
const MAX_HEIGHT = 2n ** 64n - 2n;

const decoded = (id: ActorId, bytes: Uint8Array): unknown => {
  const known = DECODED.get(bytes) ?? decodeActorRecord(CHAIN, id, bytes);
  DECODED.set(bytes, known);
  return known;
};

/** All pages of a listing together. */
function everything<T>(
  page: (from: string) => { readonly items: readonly T[]; readonly next: string | undefined },
): readonly T[] {
  const items: T[] = [];
  let from: string | undefined = '';
  while (from !== undefined) {
    const read = page(from);
    items.push(...read.items);
    from = read.next;
  }
  return items;
}

/**
 * The whole state after one block, decoded as it is asked for and then remembered. It reads what
 * stood there when it was made: the state behind it must not change.
 */
export class ChainView implements ViewParts {
  readonly networkId: number;
  readonly chainId: string;
  readonly source: StateSource;
  readonly height: bigint;
  readonly time: bigint;
  readonly supplyNlux: bigint;
  readonly begin: BeginReceipt;
  readonly #actors = new Map<ActorId, unknown>();
  readonly #kinds = new Map<ActorKind, readonly unknown[]>();

  constructor(parts: ViewParts) {
    this.networkId = parts.networkId;
    this.chainId = parts.chainId;
    this.source = parts.source;
    this.height = parts.height;
    this.time = parts.time;
    this.supplyNlux = parts.supplyNlux;
    this.begin = parts.begin;
  }

  /** The record of an actor that is in state. */
  actor<K extends ActorKind>(id: ActorId<K>): RecordOf<K> | undefined {
    if (!this.#actors.has(id)) {
      const bytes = this.source.get(fromHex(actorKey(id)));
      this.#actors.set(id, bytes === undefined ? undefined : decoded(id, bytes));
    }
    return this.#actors.get(id) as RecordOf<K> | undefined;
  }

  /** All actors of a kind, in the order of their keys. */
  all<K extends ActorKind>(kind: K): readonly Found<K>[] {
    const known = this.#kinds.get(kind) as readonly Found<K>[] | undefined;
    if (known !== undefined) return known;
    const found = Array.from(this.source.range(...actorsFrom(kind, '')), ([key, bytes]) => {
      const id = actorOfKey(key) as ActorId<K>;
      return { id, record: decoded(id as ActorId, bytes) as RecordOf<K> };
    });
    for (const { id, record } of found) this.#actors.set(id as ActorId, record);
    this.#kinds.set(kind, found);
    return found;
  }

  /** All actors of all kinds. */
  everybody(): readonly Found[] {
    return KINDS.flatMap((kind) => this.all(kind) as readonly Found[]);
  }

  entry<V>(collection: Collection<V>, owner: ActorId, key: string): V | undefined {
    return readEntry(this.source, collection, owner, key);
  }

  /** All entries of one collection of one actor, in the order of their keys. */
  entries<V>(
    collection: Collection<V>,
    owner: ActorId,
  ): readonly { readonly key: string; readonly value: V }[] {
    return everything((from) =>
      listEntries(this.source, collection, owner, from, MAX_LIST_RECORDS),
    );
  }

  /** The index of timers, in the order in which they are delivered. */
  timers(): readonly Timer[] {
    return Array.from(this.source.range(...timersUntil(MAX_HEIGHT)), ([key]) => timerOfKey(key));
  }

  /** The parameters in force. */
  get parameters(): Parameters {
    const record = this.actor(PARAMETERS);
    assert(record !== undefined, 'genesis makes the parameters');
    return record.context.current;
  }
}
