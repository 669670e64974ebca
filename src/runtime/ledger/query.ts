import { listActors, listEntries, MAX_LIST_RECORDS } from '../../actors/index.ts';
import { decodeActorRecord, type Page } from '../../actors/query.ts';
import { readStored } from '../../actors/record.ts';
import { ok, type Result } from '../../codec/failure.ts';
import { fromHex } from '../../codec/index.ts';
import { ACTOR_KINDS, type ActorKind } from '../../machines/kit/index.ts';
import { runtimeFail } from '../errors.ts';
import { encodeProof } from '../proof/encode.ts';
import { proveState } from '../store/prove.ts';
import { actorOf, badOption, isCount, isHexText } from './inputs.ts';
import type { Ledger } from './ledger.ts';
import { findCollection, stateKey, type StateKey, type Subject } from './state-key.ts';

export type QueryRequest = Subject & {
  /** Height to ask at, one of those kept; the last committed one unless told. */
  readonly height?: bigint | undefined;
  /** With a proof under the root of that height. */
  readonly prove?: boolean | undefined;
};

export interface QueryAnswer {
  /** Key in the state tree, hex. */
  readonly key: string;
  /** What stands there; absent if nothing does. */
  readonly value: Uint8Array | undefined;
  /** The same decoded: an `ActorRecord`, or an entry of a collection. Not for raw keys. */
  readonly decoded: unknown;
  readonly height: bigint;
  readonly blockId: string;
  /** Root of the state tree after that block: what the proof leads to. */
  readonly root: string;
  /** `cosmos.ics23.v1.CommitmentProof` of presence or absence, protobuf bytes, if asked for. */
  readonly proof: Uint8Array | undefined;
}

export interface ListRequest {
  /** Actors of this kind … */
  readonly kind?: string | undefined;
  /** … or entries of a collection. */
  readonly owner?: string | undefined;
  readonly collection?: string | undefined;
  /** Key to begin with, hex: `next` of the page before. */
  readonly from?: string | undefined;
  readonly limit?: number | undefined;
}

/** One record of a listing: an actor under its text form, or an entry under its key. */
export interface ListItem {
  readonly id: string;
  readonly record: unknown;
}

const DEFAULT_LIST_RECORDS = 100;

const decodeValue = (ledger: Ledger, { actor, collection }: StateKey, value: Uint8Array) => {
  if (actor !== undefined) return decodeActorRecord(ledger.chain, actor, value);
  return collection === undefined ? undefined : readStored(collection.value, value);
};

/** See `AivmOperations.query`. */
export const query = (ledger: Ledger, request: QueryRequest): Result<QueryAnswer> => {
  const { store, tip } = ledger;
  const subject = stateKey(request);
  if (!subject.ok) return subject;
  const height = request.height ?? tip.height;
  if (typeof height !== 'bigint' || height < 0n) return badOption('height', 'a bigint from 0 on');
  const key = fromHex(subject.value.key);
  const read = height === tip.height ? ok(store.get(key)) : store.getAt(key, height);
  if (!read.ok) return read;
  const block = height === tip.height ? tip : store.block(height);
  if (block === undefined) return runtimeFail('runtime/height-ahead', { height: String(height) });
  const proof = request.prove === true ? proveState(store, key, height) : ok(undefined);
  if (!proof.ok) return proof;
  const { value } = read;
  return ok({
    key: subject.value.key,
    value,
    decoded: value === undefined ? undefined : decodeValue(ledger, subject.value, value),
    height,
    blockId: block.blockId,
    root: block.root,
    proof: proof.value === undefined ? undefined : encodeProof(proof.value),
  });
};

const listOfActors = (ledger: Ledger, kind: string, from: string, limit: number) => {
  if (!Object.hasOwn(ACTOR_KINDS, kind)) {
    return badOption('kind', Object.keys(ACTOR_KINDS).join(', '));
  }
  const known = kind as ActorKind;
  if (from.length > 2 * ACTOR_KINDS[known].keyBytes) {
    return runtimeFail('runtime/bad-key', { found: from });
  }
  return ok(listActors(ledger.chain, ledger.store, known, from, limit));
};

const listOfEntries = (
  ledger: Ledger,
  { owner = '', collection = '' }: ListRequest,
  from: string,
  limit: number,
): Result<Page<ListItem>> => {
  const actor = actorOf(owner);
  if (!actor.ok) return actor;
  const found = findCollection(actor.value, collection);
  if (!found.ok) return found;
  if (from.length > 2 * found.value.keyBytes) {
    return runtimeFail('runtime/bad-key', { found: from });
  }
  const page = listEntries(ledger.store, found.value, actor.value, from, limit);
  return ok({
    items: page.items.map(({ key, value }) => ({ id: key, record: value })),
    next: page.next,
  });
};

/** See `AivmOperations.list`. */
export const list = (ledger: Ledger, request: ListRequest): Result<Page<ListItem>> => {
  const { kind, from = '', limit = DEFAULT_LIST_RECORDS } = request;
  if (!isCount(limit, MAX_LIST_RECORDS)) return badOption('limit', `1 to ${MAX_LIST_RECORDS}`);
  if (!isHexText(from)) return runtimeFail('runtime/bad-key', { found: String(from) });
  return kind === undefined
    ? listOfEntries(ledger, request, from, limit)
    : listOfActors(ledger, kind, from, limit);
};
