import { actorKey, entryKey } from '../../actors/keys.ts';
import { preparedKind } from '../../actors/record.ts';
import { COLLECTIONS } from '../../client/collections.ts';
import type { ActorView } from '../../client/wire/index.ts';
import { encode } from '../../codec/schema.ts';
import { fromHex, toHex } from '../../codec/bytes.ts';
import { hashBytes, varying } from '../../codec/hash.ts';
import { ACTOR_KINDS, type ActorId, type ActorKind } from '../../machines/kit/address.ts';
import type { Collection } from '../../machines/kit/collection.ts';
import { REGISTRY } from '../../machines/registry.ts';
import type { ActorHash, EmbeddedAivm } from '../../runtime/index.ts';
import type { Node } from './node.ts';
import { orStop, stop } from './stop.ts';

/** The hash of every actor at one height. */
export interface StateHashes {
  readonly height: bigint;
  readonly root: string;
  readonly actors: readonly ActorHash[];
}

const LOCAL_PAGE = 10_000;
const NODE_PAGE = 100;
const TAG = 'aivm/actor-state/1';

/** From the database of a stopped node, by the runtime itself. */
export const localStateHashes = (chain: EmbeddedAivm): StateHashes => {
  const { height, root } = orStop(chain.tip());
  const actors: ActorHash[] = [];
  let from: string | undefined;
  do {
    const page = orStop(chain.stateHashByActor({ from, limit: LOCAL_PAGE }));
    actors.push(...page.items);
    from = page.next;
  } while (from !== undefined);
  return { height, root, actors };
};

const collectionsOf = (kind: ActorKind): readonly Collection<unknown>[] =>
  COLLECTIONS.filter((each) => each.kind === kind).toSorted((a, b) => a.code - b.code);

/** As the runtime's: over the record, then over each entry in the order of the state's keys. */
const hashOf = async (node: Node, actor: ActorId, record: ActorView): Promise<string> => {
  const { state, balanceNlux: balance, wakeAt, context } = record;
  const { record: schema } = preparedKind(REGISTRY, actor);
  const bytes = encode(schema, { state, balance, wakeAt, context });
  let hash = hashBytes(TAG, varying(fromHex(actorKey(actor))), varying(bytes));
  for (const collection of collectionsOf(actor.slice(0, actor.indexOf(':')) as ActorKind)) {
    let from: string | undefined;
    do {
      const query = { from, limit: NODE_PAGE };
      const page = orStop(await node.client.entries(actor, collection, query));
      for (const { key, value } of page.items) {
        const place = fromHex(entryKey(collection, actor, key));
        hash = hashBytes(TAG, hash, varying(place), varying(encode(collection.value, value)));
      }
      from = page.next;
    } while (from !== undefined);
  }
  return toHex(hash);
};

const kindHashes = async (node: Node, kind: ActorKind): Promise<readonly ActorHash[]> => {
  const hashes: ActorHash[] = [];
  let from: string | undefined;
  do {
    const page = orStop(await node.client.list(kind, { from, limit: NODE_PAGE }));
    for (const { actor, record } of page.items) {
      hashes.push({ actor, hash: await hashOf(node, actor, record) });
    }
    from = page.next;
  } while (from !== undefined);
  return hashes;
};

/**
 * From a running node, page by page. The state must be the same at the end as at the beginning, or
 * the hashes would be of no state that ever was; blocks without transactions do not change it.
 */
export const nodeStateHashes = async (node: Node): Promise<StateHashes> => {
  const before = orStop(await node.client.block());
  const actors: ActorHash[] = [];
  for (const kind of Object.keys(ACTOR_KINDS) as ActorKind[]) {
    actors.push(...(await kindHashes(node, kind)));
  }
  const after = orStop(await node.client.block());
  if (after.root === before.root) return { height: after.height, root: after.root, actors };
  return stop('cli/state-moved', { from: before.root, to: after.root });
};
