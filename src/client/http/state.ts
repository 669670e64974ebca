import { ok, type Failure, type Result } from '../../codec/index.ts';
import { keyOf, kindOf, type ActorId, type ActorKind } from '../../machines/kit/address.ts';
import type { Collection } from '../../machines/kit/collection.ts';
import { clientFail } from '../errors.ts';
import {
  actorAnswer,
  actorPage,
  entryPage,
  type ActorAnswer,
  type ActorPage,
  type EntryPage,
} from '../wire/index.ts';
import type { ProvenAnswer } from '../verify.ts';
import type { Transport } from './transport.ts';

export interface ActorQuery {
  /** The last committed one unless told. */
  readonly height?: bigint;
  readonly prove?: boolean;
  /** Root that the answer must be under: without it, the proof only binds the node to its root. */
  readonly trustedRoot?: string;
}

export interface PageQuery {
  /** Key with which the page begins: `next` of the page before. */
  readonly from?: string | undefined;
  readonly limit?: number | undefined;
}

/** How an address stands in a path: a singleton, which has no key, has a dash there. */
const actorPath = (id: ActorId): string => `/v1/actors/${kindOf(id)}/${keyOf(id) || '-'}`;

/** Checks a proof, loading the machines that name the states only now. */
export const checkProof = async (
  answer: ProvenAnswer,
  trustedRoot: string | undefined,
): Promise<Result<void, Failure>> => {
  if (trustedRoot !== undefined && trustedRoot !== answer.root) {
    const cause = 'the answer is under another root than the one trusted';
    return clientFail('client/proof-invalid', { cause, expected: trustedRoot, found: answer.root });
  }
  const { verifyActor } = await import('../verify.ts');
  return verifyActor(answer);
};

export const askActor = async <K extends ActorKind>(
  transport: Transport,
  id: ActorId<K>,
  query: ActorQuery,
): Promise<Result<ActorAnswer<K>, Failure>> => {
  const { height, prove = false, trustedRoot } = query;
  const asked = {
    height: height === undefined ? undefined : String(height),
    prove: prove ? 'true' : undefined,
  };
  const schema = actorAnswer(kindOf(id) as K);
  const answer = await transport.answer(actorPath(id), schema, { query: asked });
  if (!answer.ok || !prove) return answer;
  const { record, proof, root } = answer.value;
  const checked = await checkProof({ actor: id, record, proof, root }, trustedRoot);
  return checked.ok ? ok(answer.value) : checked;
};

export const listActors = <K extends ActorKind>(
  transport: Transport,
  kind: K,
  { from, limit }: PageQuery,
): Promise<Result<ActorPage<K>, Failure>> => {
  const query = { from, limit: limit === undefined ? undefined : String(limit) };
  return transport.answer(`/v1/actors/${kind}`, actorPage(kind), { query });
};

export const listEntries = <V>(
  transport: Transport,
  owner: ActorId,
  collection: Collection<V>,
  { from, limit }: PageQuery,
): Promise<Result<EntryPage<V>, Failure>> => {
  const query = { from, limit: limit === undefined ? undefined : String(limit) };
  const path = `${actorPath(owner)}/${collection.name}`;
  return transport.answer(path, entryPage(collection), { query });
};
