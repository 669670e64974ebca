import { readActor, supplyOf } from '../../actors/index.ts';
import { actorKey, actorOfKey, ALL_ACTORS } from '../../actors/keys.ts';
import { assert, ok, type Result } from '../../codec/failure.ts';
import { fromHex, hashBytes, toHex, varying } from '../../codec/index.ts';
import { addressHex, BURN, PARAMETERS } from '../../machines/kit/index.ts';
import type { ParametersContext } from '../../machines/parameters/record.ts';
import { runtimeFail } from '../errors.ts';
import { check as checkStore, type CheckReport } from '../store/check.ts';
import { actorOf, badOption, isCount } from './inputs.ts';
import type { Ledger } from './ledger.ts';

export interface Supply {
  /** nLUX in all balances, burned ones included: constant from genesis on (PROTOCOL §3). */
  readonly totalNlux: bigint;
  /** Of these, what nobody can move any more. */
  readonly burnedNlux: bigint;
}

export interface CheckedChain extends CheckReport {
  /** nLUX in all balances, counted. */
  readonly supplyNlux: bigint;
}

export interface ActorHashesRequest {
  /** Actor to begin with, in text form: `next` of the page before. */
  readonly from?: string | undefined;
  /** At most MAX_ACTOR_HASHES. */
  readonly limit?: number | undefined;
}

export interface ActorHash {
  readonly actor: string;
  /** Hash over its record and the entries of its collections. */
  readonly hash: string;
}

export interface ActorHashesPage {
  readonly height: bigint;
  readonly root: string;
  readonly items: readonly ActorHash[];
  readonly next: string | undefined;
}

export const MAX_ACTOR_HASHES = 10_000;
const DEFAULT_ACTOR_HASHES = 1_000;
/** Space of collection entries in the state tree; see the kernel's keys. */
const ENTRY_SPACE = '01';

/** See `AivmOperations.parameters`. */
export const parameters = (ledger: Ledger): Result<ParametersContext> => {
  const record = readActor(ledger.chain, ledger.store, PARAMETERS);
  assert(record !== undefined, 'the parameters exist from genesis on');
  return ok(record.context);
};

/** See `AivmOperations.supply`. */
export const supply = (ledger: Ledger): Result<Supply> => {
  const burned = readActor(ledger.chain, ledger.store, BURN);
  return ok({ totalNlux: ledger.supplyNlux, burnedNlux: burned?.balance ?? 0n });
};

/** See `AivmOperations.check`. */
export const check = (ledger: Ledger): Result<CheckedChain> => {
  const report = checkStore(ledger.store);
  if (!report.ok) return report;
  assert(report.value !== undefined, 'an open chain has its genesis');
  const supplyNlux = supplyOf(ledger.chain, ledger.store);
  if (supplyNlux !== ledger.supplyNlux) {
    const expected = String(ledger.supplyNlux);
    return runtimeFail('runtime/wrong-supply', { expected, found: String(supplyNlux) });
  }
  return ok({ ...report.value, supplyNlux });
};

/** The first bytes behind all that begin with the prefix. */
const behind = (prefix: Uint8Array): Uint8Array => {
  const end = prefix.slice();
  for (let i = end.length - 1; i >= 0; i--) {
    end[i] = ((end[i] as number) + 1) & 255;
    if (end[i] !== 0) break;
  }
  return end;
};

/** `H("aivm/actor-state/1", key, record)`, then of each entry `H(…, previous, key, value)`. */
const actorHash = (ledger: Ledger, actorKeyBytes: Uint8Array, record: Uint8Array): string => {
  let hash = hashBytes('aivm/actor-state/1', varying(actorKeyBytes), varying(record));
  const prefix = fromHex(ENTRY_SPACE + addressHex(actorOfKey(actorKeyBytes)));
  for (const [key, value] of ledger.store.range(prefix, behind(prefix))) {
    hash = hashBytes('aivm/actor-state/1', hash, varying(key), varying(value));
  }
  return toHex(hash);
};

/** See `AivmOperations.stateHashByActor`. */
export const stateHashByActor = (
  ledger: Ledger,
  { from, limit = DEFAULT_ACTOR_HASHES }: ActorHashesRequest = {},
): Result<ActorHashesPage> => {
  if (!isCount(limit, MAX_ACTOR_HASHES)) return badOption('limit', `1 to ${MAX_ACTOR_HASHES}`);
  const first = from === undefined ? undefined : actorOf(from);
  if (first !== undefined && !first.ok) return first;
  const { height, root } = ledger.tip;
  const [begin, end] = ALL_ACTORS;
  const start = first === undefined ? begin : fromHex(actorKey(first.value));
  const items: ActorHash[] = [];
  for (const [key, record] of ledger.store.range(start, end)) {
    const actor = actorOfKey(key);
    if (items.length >= limit) return ok({ height, root, items, next: actor });
    items.push({ actor, hash: actorHash(ledger, key, record) });
  }
  return ok({ height, root, items, next: undefined });
};
