import { byteAt, equalBytes, isZero, toHex } from '../bytes.ts';
import type { RejectionCode } from '../errors.ts';
import { ok, reject, type Result, type Shortfall } from '../result.ts';
import { type Seconds, secondsOf } from '../time.ts';
import type { QuoteFacts } from '../verify/facts.ts';
import { matchesMeasurement } from './measurements.ts';
import type { TeePolicy } from './types.ts';

type Check = (facts: QuoteFacts, policy: TeePolicy, now: Seconds) => Result<null>;

const refuse = (code: RejectionCode, details: Readonly<Record<string, string>> = {}) =>
  reject('policy', code, details);

const lists = (list: readonly Uint8Array[], value: Uint8Array): boolean =>
  list.some((entry) => equalBytes(entry, value));

/** Facts are believed as long as what they rest on is valid, and never before they were found. */
const checkFresh: Check = (facts, _policy, now) =>
  now >= facts.verifiedAt && now <= facts.validThrough
    ? ok(null)
    : refuse('tee/policy-facts-stale', {
        verifiedAt: String(facts.verifiedAt),
        validThrough: String(facts.validThrough),
        now: String(now),
      });

const checkTee: Check = (facts, policy) =>
  policy.tees.includes(facts.tee) ? ok(null) : refuse('tee/policy-tee', { tee: facts.tee });

/** The refusal tells which components fall short, so that an operator knows what to update. */
const withShortfall = (result: Result<null>, shortfall: readonly Shortfall[]): Result<null> =>
  result.ok ? result : { ok: false, failure: { ...result.failure, shortfall } };

const checkStatus: Check = (facts, policy) => {
  if (!policy.statuses.includes(facts.status)) {
    const refused = refuse('tee/policy-status', { status: facts.status });
    return withShortfall(refused, facts.launch.shortfall);
  }
  const current = facts.current.status;
  if (policy.statuses.includes(current)) return ok(null);
  return withShortfall(
    refuse('tee/policy-current-status', { status: current }),
    facts.current.shortfall,
  );
};

const checkDebug: Check = (facts, policy) =>
  facts.debug && !policy.allowDebug ? refuse('tee/policy-debug') : ok(null);

const DEBUG_BIT = 1;
const SEPT_VE_BYTE = 3;
const SEPT_VE_BIT = 0x10;

/** TDATTRIBUTES against the two masks; the debug bit is judged by its own rule. */
const checkAttributes: Check = (facts, policy) => {
  if (facts.report.kind === 'sgx') return ok(null);
  const found = facts.report.tdAttributes;
  for (let i = 0; i < found.length; i += 1) {
    const allowed = byteAt(policy.tdAttributesAllowed, i) | (i === 0 ? DEBUG_BIT : 0);
    if ((byteAt(found, i) & ~allowed) !== 0) {
      return refuse('tee/policy-attributes', { tdAttributes: toHex(found), byte: String(i) });
    }
    const absent = byteAt(policy.tdAttributesRequired, i) & ~byteAt(found, i);
    if (absent === 0) continue;
    const septVe = i === SEPT_VE_BYTE && (absent & SEPT_VE_BIT) !== 0;
    return refuse(septVe ? 'tee/policy-sept-ve' : 'tee/policy-attributes', {
      tdAttributes: toHex(found),
    });
  }
  return ok(null);
};

/**
 * A service TD (for live migration) can read the trust domain. The extended body also reports the
 * service TDs at launch and now.
 */
const checkServiceTd: Check = (facts, policy) => {
  if (facts.report.kind === 'sgx' || facts.report.td15 === undefined) return ok(null);
  const { td15, td15ex } = facts.report;
  const bound = [
    td15.mrServiceTd,
    ...(td15ex === undefined ? [] : [td15ex.initialServiceTdHash, td15ex.currentServiceTdHash]),
  ];
  const foreign = bound.find((value) => !isZero(value) && !lists(policy.serviceTds, value));
  return foreign === undefined
    ? ok(null)
    : refuse('tee/policy-service-td', { serviceTd: toHex(foreign) });
};

const checkModule: Check = (facts, policy) => {
  if (facts.report.kind === 'sgx' || policy.tdxModules.length === 0) return ok(null);
  return lists(policy.tdxModules, facts.report.mrSeam)
    ? ok(null)
    : refuse('tee/policy-module', { mrSeam: toHex(facts.report.mrSeam) });
};

const checkEvaluation: Check = (facts, policy) =>
  facts.evaluationNumber >= policy.minEvaluationNumber
    ? ok(null)
    : refuse('tee/policy-evaluation-number', {
        found: String(facts.evaluationNumber),
        least: String(policy.minEvaluationNumber),
      });

const checkAge: Check = (facts, policy, now) =>
  policy.maxTcbAgeSeconds === 0 || now - facts.tcbDate <= policy.maxTcbAgeSeconds
    ? ok(null)
    : refuse('tee/policy-tcb-age', { tcbDate: String(facts.tcbDate), now: String(now) });

const checkAdvisories: Check = (facts, policy) => {
  const open = [...facts.advisoryIds, ...facts.current.advisoryIds];
  const denied = policy.deniedAdvisories.find((id) => open.includes(id));
  return denied === undefined ? ok(null) : refuse('tee/policy-advisory', { advisory: denied });
};

/** No signature tells that a key was extracted from its hardware: only these lists do. */
const checkPlatform: Check = (facts, policy) => {
  const { ppidHash, pckSerialHash, smtEnabled, dynamicPlatform } = facts.platform;
  const ids = [ppidHash, pckSerialHash];
  if (ids.some((id) => lists(policy.deniedPlatforms, id))) {
    return refuse('tee/policy-platform-denied', { ppidHash: toHex(ppidHash) });
  }
  const open = policy.allowedPlatforms.length === 0;
  if (!open && !ids.some((id) => lists(policy.allowedPlatforms, id))) {
    return refuse('tee/policy-platform-not-allowed', { ppidHash: toHex(ppidHash) });
  }
  // A certificate of the Processor CA does not say; not knowing is not a reason to believe.
  if (!policy.allowSmt && smtEnabled !== false) {
    return refuse('tee/policy-platform-configuration', { what: 'SMT enabled or unknown' });
  }
  return !policy.allowDynamicPlatform && dynamicPlatform !== false
    ? refuse('tee/policy-platform-configuration', { what: 'dynamic or unknown platform' })
    : ok(null);
};

const checkQeReportData: Check = (facts, policy) =>
  policy.requireZeroQeReportDataTail && !facts.qe.reportDataTailIsZero
    ? refuse('tee/policy-qe-report-data')
    : ok(null);

const checkMeasurements: Check = (facts, policy) =>
  policy.measurements.length === 0 ||
  policy.measurements.some((expected) => matchesMeasurement(facts, expected))
    ? ok(null)
    : refuse('tee/policy-measurements');

const CHECKS: readonly Check[] = [
  checkFresh,
  checkTee,
  checkDebug,
  checkStatus,
  checkAttributes,
  checkServiceTd,
  checkModule,
  checkEvaluation,
  checkAge,
  checkAdvisories,
  checkPlatform,
  checkQeReportData,
  checkMeasurements,
];

/**
 * Whether verified facts are good enough for this policy at `now` (Unix seconds): the same facts
 * back, or the first rule that refuses them. The policy must be one that `checkPolicy` accepts.
 */
export const applyPolicy = (
  facts: QuoteFacts,
  policy: TeePolicy,
  now: bigint | number,
): Result<QuoteFacts> => {
  const seconds = secondsOf(now);
  for (const check of CHECKS) {
    const result = check(facts, policy, seconds);
    if (!result.ok) return result;
  }
  return ok(facts);
};

/** REPORTDATA carries this digest of 32 bytes, and zeros after it (PROTOCOL §2 and §8). */
export const requireReportData = (facts: QuoteFacts, digest: Uint8Array): Result<null> =>
  equalBytes(facts.reportData.subarray(0, 32), digest) && isZero(facts.reportData.subarray(32))
    ? ok(null)
    : refuse('tee/policy-report-data', {
        expected: toHex(digest),
        found: toHex(facts.reportData),
      });
