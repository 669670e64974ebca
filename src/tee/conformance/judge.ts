import { ingestTrustAnchor } from '../collateral/certificates.ts';
import { ingestCollateral } from '../collateral/ingest.ts';
import type { RawCollateral } from '../collateral/types.ts';
import type { JsonObject } from '../json/fields.ts';
import { defaultEngine } from '../p256/default.ts';
import { ok, type Rejection, reject, type Result } from '../result.ts';
import type { QuoteFacts } from '../verify/facts.ts';
import { verifyQuote } from '../verify/verify.ts';
import type { ConformanceOptions, Disagreement } from './types.ts';

/** Case files are test data of known origin: larger than any document, still bounded. */
export const MAX_CASES_BYTES = 67_108_864;

export const unusable = (what: string) => reject('collateral', 'tee/json-field', { field: what });

export interface Inputs {
  readonly quote: Uint8Array;
  readonly root: Uint8Array;
  readonly collateral: Result<RawCollateral>;
  readonly now: number;
}

/** Ingest and verification in one: what a case is about may be refused by either. */
export const judge = (inputs: Inputs, options: ConformanceOptions): Result<QuoteFacts> => {
  const engine = options.engine ?? defaultEngine();
  const anchor = ingestTrustAnchor(inputs.root, engine);
  if (!anchor.ok) return anchor;
  if (!inputs.collateral.ok) return inputs.collateral;
  const collateral = ingestCollateral(inputs.collateral.value, anchor.value, inputs.now, {
    engine,
  });
  if (!collateral.ok) return collateral;
  const cache = options.cache === undefined ? {} : { cache: options.cache };
  return verifyQuote(inputs.quote, collateral.value, inputs.now, { engine, ...cache });
};

export const tell = (result: Result<QuoteFacts>): string =>
  result.ok ? result.value.status : tellRejection(result.failure);

const tellRejection = (failure: Rejection): string => `${failure.stage}: ${failure.code}`;

/** A case that cannot be read agrees with nothing; the others still count. */
export const unreadable = (
  suite: Disagreement['suite'],
  index: number,
  failure: Rejection,
): Disagreement => ({
  suite,
  kind: 'unreadable',
  id: `case ${String(index + 1)}`,
  expected: 'a readable case',
  found: `${tellRejection(failure)} ${Object.values(failure.details).join(' ')}`,
});

export const numberOf = (object: JsonObject, field: string): Result<number> => {
  const value = object.members.get(field);
  return value?.kind === 'integer' && value.value >= 0 ? ok(value.value) : unusable(field);
};
