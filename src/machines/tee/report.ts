import { fromHex } from '../../codec/index.ts';
import { applyPolicy, requireReportData } from '../../tee/policy/apply.ts';
import { matchesMeasurement } from '../../tee/policy/measurements.ts';
import type { QuoteFacts } from '../../tee/verify/facts.ts';
import { verifyParsedQuote } from '../../tee/verify/verify.ts';
import type { Call } from '../kit/call.ts';
import { because, type Reason } from '../kit/guard.ts';
import type { ProfileContext } from '../profile/record.ts';
import { collateralFor } from './collateral.ts';
import { libraryMeasurement } from './measurement.ts';
import { readNeeds } from './needs.ts';
import { libraryPolicy, profilePolicyWithin } from './policy.ts';
import { teeReason, teeTime } from './reason.ts';

/** A report that holds, with what names its platform again later. */
export interface VerifiedReport {
  readonly facts: QuoteFacts;
  readonly caKey: Uint8Array;
  readonly pckSerial: Uint8Array;
}

export type Judged =
  | { readonly ok: true; readonly report: VerifiedReport }
  | { readonly ok: false; readonly reason: Reason };

const refused = (reason: Reason): Judged => ({ ok: false, reason });

/**
 * Facts against the chain's policy, the profile's, and the profile's measurements, those appended
 * included. A profile that lists none accepts none.
 */
export const judgeFacts = (
  facts: QuoteFacts,
  { specification, measurements }: ProfileContext,
  { parameters, time }: Pick<Call, 'parameters' | 'time'>,
): Reason | undefined => {
  const { tee } = specification;
  if (tee.type === 'none') return because('report-unexpected');
  const { policy } = parameters.tee;
  const now = teeTime(time);
  const byChain = applyPolicy(facts, libraryPolicy(policy), now);
  if (!byChain.ok) return teeReason(byChain.failure, 'report-below-policy');
  if (tee.policy !== undefined) {
    const own = applyPolicy(facts, profilePolicyWithin(tee.policy, policy), now);
    if (!own.ok) return teeReason(own.failure, 'report-below-policy');
  }
  const isAccepted = measurements.some((each) =>
    matchesMeasurement(facts, libraryMeasurement(each)),
  );
  return isAccepted ? undefined : because('measurement-not-accepted');
};

/** REPORTDATA is this digest (32 bytes, hex) and zeros: the report was made for it. */
const bound = (facts: QuoteFacts, digest: string): Reason | undefined => {
  const binds = requireReportData(facts, fromHex(digest));
  return binds.ok ? undefined : because('report-not-bound', { ...binds.failure.details });
};

const judge = (bytes: Uint8Array, digest: string, profile: ProfileContext, call: Call): Judged => {
  const most = call.parameters.quoteBytes;
  if (bytes.length > most) {
    return refused(because('report-too-large', { bytes: bytes.length, most }));
  }
  const needs = readNeeds(bytes);
  if (!needs.ok) return refused(teeReason(needs.failure, 'report-refused'));
  const { quote, fmspc, caKey, pckSerial } = needs.value;
  const found = collateralFor({ tee: quote.header.tee, fmspc, caKey }, call);
  if (!found.ok) return found;
  const { engine, cache } = call.verifier.tee;
  const now = teeTime(call.time);
  const facts = verifyParsedQuote(quote, found.collateral, now, engine, cache);
  if (!facts.ok) return refused(teeReason(facts.failure, 'report-refused'));
  const reason = judgeFacts(facts.value, profile, call) ?? bound(facts.value, digest);
  if (reason !== undefined) return refused(reason);
  return { ok: true, report: { facts: facts.value, caKey, pckSerial } };
};

/** Guard and step ask the same of one delivery: it is worked out once, and forgotten with it. */
const known = new WeakMap<Call, Judged>();

/**
 * PROTOCOL §4 and §8: the report verifies at the block's time against the collateral in state, its
 * measurements are accepted, the policies hold, and its REPORTDATA is `digest`. The rule of the
 * message names the trust store.
 */
export const judgeReport = (
  bytes: Uint8Array,
  digest: string,
  profile: ProfileContext,
  call: Call,
): Judged => {
  const remembered = known.get(call);
  if (remembered !== undefined) return remembered;
  const judged = judge(bytes, digest, profile, call);
  known.set(call, judged);
  return judged;
};
