// Reads the whole state of the chain from its store, in the shape of the model's.
import { type ChainContext, readActor, readEntry, timerOfKey } from '../../../src/actors/index.ts';
import { toHex } from '../../../src/codec/index.ts';
import { REGISTRY } from '../../../src/machines/registry.ts';
import { actorId, ACTOR_KINDS, u64Key } from '../../../src/machines/kit/index.ts';
import type { ActorId, ActorKind, Collection } from '../../../src/machines/kit/index.ts';
import {
  setNodes,
  type ProfileContext,
  type StakeSet,
} from '../../../src/machines/profile/record.ts';
import { membersOf as leavesOf } from '../../../src/machines/profile/set-read.ts';
import { COLLECTIONS } from '../../../src/runtime/ledger/collections.ts';
import type { Store } from '../../../src/runtime/store/store.ts';
import { fieldsOf, membersOf, type Dump, type Fields } from '../../model/dump.ts';

type Context = Readonly<Record<string, unknown>>;

const KINDS = new Map<number, ActorKind>(
  (Object.keys(ACTOR_KINDS) as ActorKind[]).map((kind) => [ACTOR_KINDS[kind].code, kind] as const),
);
/** Kinds whose records genesis makes and nobody may change here. */
const FIXED: readonly string[] = ['parameters', 'trustStore'];
/** How the stake set is kept is the chain's own; who is in it is compared. */
const INNER: readonly string[] = ['setNodes', 'retiredNodes'];

const CHAIN = { registry: REGISTRY } as Pick<ChainContext, 'registry'>;

interface Known {
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly fields: Fields;
}

/** Reads the whole state of the chain in the shape of the model; remembers what did not change. */
export class Observer {
  readonly #known = new Map<string, Known>();
  readonly #fixed = new Map<string, string>();

  observe(store: Store, height: bigint, epochBlocks: bigint): Dump {
    const dump = new Map<string, Fields>();
    for (const [key, bytes] of store.entries()) {
      const hex = toHex(key);
      const seen = this.#known.get(hex);
      const isSame = seen !== undefined && Buffer.compare(seen.bytes, bytes) === 0;
      // A set in a record depends on other records, and on the height.
      const known = isSame && !seen.name.startsWith('profile:') ? seen : undefined;
      const found = known ?? this.#read(store, key, bytes, height / epochBlocks);
      if (found === undefined) continue;
      this.#known.set(hex, found);
      dump.set(found.name, found.fields);
    }
    return dump;
  }

  #read(store: Store, key: Uint8Array, bytes: Uint8Array, epoch: bigint): Known | undefined {
    const named = (name: string, fields: Fields): Known => ({ bytes, name, fields });
    if (key[0] === 2) {
      const { height, id } = timerOfKey(key);
      return named(`timer ${height} ${id}`, {});
    }
    const kind = KINDS.get(key[1] ?? 0);
    if (kind === undefined) throw new Error(`no kind of actor: ${toHex(key)}`);
    const id = actorId(kind, toHex(key.subarray(2, 2 + ACTOR_KINDS[kind].keyBytes))) as ActorId;
    if (key[0] === 0) {
      if (FIXED.includes(kind)) return this.#fix(toHex(key), bytes);
      return named(id, actorFields(store, id, epoch));
    }
    const rest = toHex(key.subarray(2 + ACTOR_KINDS[kind].keyBytes));
    const collection = COLLECTIONS.find(
      (each) => each.kind === kind && each.code === Number.parseInt(rest.slice(0, 2), 16),
    );
    if (collection === undefined) throw new Error(`no collection: ${toHex(key)}`);
    if (INNER.includes(collection.name)) return undefined;
    if (kind === 'trustStore' && collection.name !== 'recentBlocks') {
      return this.#fix(toHex(key), bytes);
    }
    return named(
      `${id} ${collection.name} ${rest.slice(2)}`,
      entryFields(store, collection, id, rest),
    );
  }

  #fix(key: string, bytes: Uint8Array): undefined {
    const text = toHex(bytes);
    const before = this.#fixed.get(key) ?? text;
    this.#fixed.set(key, text);
    if (before !== text) throw new Error(`what nobody may change has changed: ${key}`);
    return undefined;
  }
}

const entryFields = (
  store: Store,
  collection: Collection<unknown>,
  id: ActorId,
  rest: string,
): Fields => fieldsOf(readEntry(store, collection, id, rest.slice(2)) as Context);

const setOf = (store: Store, profileHash: string, set: StakeSet): readonly string[] =>
  membersOf(
    leavesOf(
      (id) => readEntry(store, setNodes, actorId('profile', profileHash), u64Key(id)),
      set,
    ).map(({ owner, provider, weightNlux: weight }) => ({ owner, provider, weight })),
  );

const profileFields = (store: Store, hash: string, context: ProfileContext, epoch: bigint) => {
  const { boundaryEpoch, boundary, live, ...of } = context;
  const { boundaryNode: _, nextNode: __, retiredHead: ___, retiredTail: ____, ...plain } = of;
  return {
    ...plain,
    live: setOf(store, hash, live),
    boundary: setOf(store, hash, boundaryEpoch === epoch ? boundary : live),
  };
};

const actorFields = (store: Store, id: ActorId, epoch: bigint): Fields => {
  const record = readActor(CHAIN as ChainContext, store, id);
  if (record === undefined) throw new Error(`${id} is in state and cannot be read`);
  const { state, balance, wakeAt } = record;
  const context = record.context as Context;
  const [kind = '', key = ''] = id.split(':');
  if (kind === 'challenge') {
    const { eligible, excluded, profileHash } = context as never as {
      readonly eligible: StakeSet;
      readonly excluded: readonly string[];
      readonly profileHash: string;
    };
    const isOver = state === 'final';
    return fieldsOf({
      ...context,
      state,
      balance,
      wakeAt,
      eligible: isOver ? [] : setOf(store, profileHash, eligible),
      excluded: [...excluded].sort(),
    });
  }
  if (wakeAt !== undefined) throw new Error(`${id} has a timer`);
  const plain = kind === 'profile' ? profileFields(store, key, context as never, epoch) : context;
  return fieldsOf({ ...plain, state, balance });
};
