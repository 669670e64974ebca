import { byteAt, equalBytes } from '../bytes.ts';
import { ok, reject, type Result } from '../result.ts';
import type { Expected, Measurement, TeePolicy } from './types.ts';

/** Byte lengths of the fields of a policy and its measurements. */
const ATTRIBUTES_BYTES = 8;
const HASH_BYTES = 32;
const REGISTER_BYTES = 48;
const CONFIG_ID_BYTES = 64;
/** A list longer than this belongs in a collection of its own, not in a policy. */
export const MAX_POLICY_LIST = 4_096;

const invalid = (field: string) => reject('policy', 'tee/policy-invalid', { field });

const sized = (value: Expected, bytes: number): boolean =>
  value === 'any' || value.length === bytes;

const isMeasurement = (m: Measurement): boolean =>
  m.tee === 'SGX'
    ? sized(m.mrEnclave, HASH_BYTES) &&
      sized(m.mrSigner, HASH_BYTES) &&
      sized(m.configId, CONFIG_ID_BYTES) &&
      // By nothing at all would accept every enclave.
      (m.mrEnclave !== 'any' || m.mrSigner !== 'any')
    : [m.mrTd, m.rtMr0, m.rtMr1, m.rtMr2, m.rtMr3, m.mrConfigId, m.mrOwner, m.mrOwnerConfig].every(
        (value) => sized(value, REGISTER_BYTES),
      ) &&
      sized(m.xfam, ATTRIBUTES_BYTES) &&
      sized(m.tdAttributes, ATTRIBUTES_BYTES) &&
      m.mrTd !== 'any';

const allSized = (list: readonly Uint8Array[], bytes: number): boolean =>
  list.length <= MAX_POLICY_LIST && list.every((entry) => entry.length === bytes);

/** Whether a policy is well-formed: lengths of all fields, lists within their limit. */
export const checkPolicy = (policy: TeePolicy): Result<null> => {
  if (policy.tees.length === 0) return invalid('tees');
  if (policy.tdAttributesAllowed.length !== ATTRIBUTES_BYTES) return invalid('tdAttributesAllowed');
  if (policy.tdAttributesRequired.length !== ATTRIBUTES_BYTES) {
    return invalid('tdAttributesRequired');
  }
  if (!allSized(policy.serviceTds, REGISTER_BYTES)) return invalid('serviceTds');
  if (!allSized(policy.tdxModules, REGISTER_BYTES)) return invalid('tdxModules');
  if (!allSized(policy.deniedPlatforms, HASH_BYTES)) return invalid('deniedPlatforms');
  if (!allSized(policy.allowedPlatforms, HASH_BYTES)) return invalid('allowedPlatforms');
  const numbers = [policy.minEvaluationNumber, policy.maxTcbAgeSeconds];
  if (!numbers.every((n) => Number.isSafeInteger(n) && n >= 0)) return invalid('numbers');
  if (policy.deniedAdvisories.length > MAX_POLICY_LIST) return invalid('deniedAdvisories');
  const listed = policy.measurements.length <= MAX_POLICY_LIST;
  return listed && policy.measurements.every(isMeasurement) ? ok(null) : invalid('measurements');
};

const within = (inner: readonly Uint8Array[], outer: readonly Uint8Array[]): boolean =>
  inner.every((value) => outer.some((other) => equalBytes(value, other)));

/** An allow list where empty means all. */
const narrows = (inner: readonly Uint8Array[], outer: readonly Uint8Array[]): boolean =>
  outer.length === 0 || (inner.length > 0 && within(inner, outer));

const subset = (inner: Uint8Array, outer: Uint8Array): boolean =>
  inner.every((byte, index) => (byte & ~byteAt(outer, index)) === 0);

const covers = (inner: Expected, outer: Expected): boolean =>
  outer === 'any' || (inner !== 'any' && equalBytes(inner, outer));

const measurementWithin = (inner: Measurement, outer: Measurement): boolean => {
  if (inner.tee === 'SGX' && outer.tee === 'SGX') {
    return (
      covers(inner.mrEnclave, outer.mrEnclave) &&
      covers(inner.mrSigner, outer.mrSigner) &&
      covers(inner.configId, outer.configId) &&
      (outer.isvProdId === 'any' || inner.isvProdId === outer.isvProdId) &&
      inner.minIsvSvn >= outer.minIsvSvn
    );
  }
  if (inner.tee === 'SGX' || outer.tee === 'SGX') return false;
  return (
    covers(inner.mrTd, outer.mrTd) &&
    covers(inner.rtMr0, outer.rtMr0) &&
    covers(inner.rtMr1, outer.rtMr1) &&
    covers(inner.rtMr2, outer.rtMr2) &&
    covers(inner.rtMr3, outer.rtMr3) &&
    covers(inner.mrConfigId, outer.mrConfigId) &&
    covers(inner.mrOwner, outer.mrOwner) &&
    covers(inner.mrOwnerConfig, outer.mrOwnerConfig) &&
    covers(inner.xfam, outer.xfam) &&
    covers(inner.tdAttributes, outer.tdAttributes)
  );
};

const measurementsNarrow = (inner: TeePolicy, outer: TeePolicy): boolean =>
  outer.measurements.length === 0 ||
  (inner.measurements.length > 0 &&
    inner.measurements.every((m) => outer.measurements.some((o) => measurementWithin(m, o))));

const ageNarrows = (inner: number, outer: number): boolean =>
  outer === 0 || (inner !== 0 && inner <= outer);

/** One comparison a rule: each says whether `inner` accepts no more than `outer` does. */
const STRICTER: readonly (readonly [string, (inner: TeePolicy, outer: TeePolicy) => boolean])[] = [
  ['tees', (i, o) => i.tees.every((tee) => o.tees.includes(tee))],
  ['statuses', (i, o) => i.statuses.every((status) => o.statuses.includes(status))],
  ['allowDebug', (i, o) => o.allowDebug || !i.allowDebug],
  ['tdAttributesAllowed', (i, o) => subset(i.tdAttributesAllowed, o.tdAttributesAllowed)],
  ['tdAttributesRequired', (i, o) => subset(o.tdAttributesRequired, i.tdAttributesRequired)],
  ['serviceTds', (i, o) => within(i.serviceTds, o.serviceTds)],
  ['tdxModules', (i, o) => narrows(i.tdxModules, o.tdxModules)],
  ['minEvaluationNumber', (i, o) => i.minEvaluationNumber >= o.minEvaluationNumber],
  ['maxTcbAgeSeconds', (i, o) => ageNarrows(i.maxTcbAgeSeconds, o.maxTcbAgeSeconds)],
  ['deniedAdvisories', (i, o) => o.deniedAdvisories.every((id) => i.deniedAdvisories.includes(id))],
  ['deniedPlatforms', (i, o) => within(o.deniedPlatforms, i.deniedPlatforms)],
  ['allowedPlatforms', (i, o) => narrows(i.allowedPlatforms, o.allowedPlatforms)],
  ['allowSmt', (i, o) => o.allowSmt || !i.allowSmt],
  ['allowDynamicPlatform', (i, o) => o.allowDynamicPlatform || !i.allowDynamicPlatform],
  [
    'requireZeroQeReportDataTail',
    (i, o) => i.requireZeroQeReportDataTail || !o.requireZeroQeReportDataTail,
  ],
  ['measurements', measurementsNarrow],
];

/** PROTOCOL §8: a profile's policy may only be stricter than the chain's. Both are well-formed. */
export const requireStricter = (inner: TeePolicy, outer: TeePolicy): Result<null> => {
  const looser = STRICTER.find(([, holds]) => !holds(inner, outer));
  return looser === undefined
    ? ok(null)
    : reject('policy', 'tee/policy-not-stricter', { field: looser[0] });
};
