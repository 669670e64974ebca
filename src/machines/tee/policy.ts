import { bool, fromHex, hex, list, literalEnum, record, text, toHex } from '../../codec/index.ts';
import { u32, type Infer } from '../../codec/index.ts';
import type { TeePolicy } from '../../tee/policy/types.ts';
import type { QuoteStatus } from '../../tee/verify/facts.ts';

export const TEES = ['SGX', 'TDX'] as const;

/** Statuses that a policy can accept; `Revoked` is none of them. Their order is consensus. */
export const QUOTE_STATUSES = [
  'UpToDate',
  'SWHardeningNeeded',
  'ConfigurationNeeded',
  'ConfigurationAndSWHardeningNeeded',
  'OutOfDate',
  'OutOfDateConfigurationNeeded',
  'TDRelaunchAdvised',
  'TDRelaunchAdvisedConfigurationNeeded',
] as const satisfies readonly QuoteStatus[];

/** Platforms on one list of the parameters, and on one of a profile. */
export const MAX_LISTED_PLATFORMS = 128;
export const MAX_PROFILE_PLATFORMS = 16;
const MAX_SERVICE_TDS = 8;
const MAX_TDX_MODULES = 8;
const MAX_DENIED_ADVISORIES = 32;
const ADVISORY_BYTES = 32;

/** `TeePolicy` of the TEE library without measurements, which are a profile's alone. */
const policyRecord = (platforms: number) =>
  record({
    tees: list(literalEnum(TEES), TEES.length),
    statuses: list(literalEnum(QUOTE_STATUSES), QUOTE_STATUSES.length),
    allowDebug: bool,
    /** As TDATTRIBUTES: bits that may be set, and bits that must be. */
    tdAttributesAllowed: hex(8),
    tdAttributesRequired: hex(8),
    /** MRSERVICETD values accepted beside zero. */
    serviceTds: list(hex(48), MAX_SERVICE_TDS),
    /** MRSEAM values accepted; empty for every module of the vendor. */
    tdxModules: list(hex(48), MAX_TDX_MODULES),
    minEvaluationNumber: u32,
    /** From the date of the TCB level; 0 for no limit. */
    maxTcbAgeSeconds: u32,
    deniedAdvisories: list(text(ADVISORY_BYTES), MAX_DENIED_ADVISORIES),
    /** Hashes of a PPID or of a PCK serial number (`ppidHash`, `pckSerialHash`). */
    deniedPlatforms: list(hex(32), platforms),
    /** Empty to allow all that are not denied. */
    allowedPlatforms: list(hex(32), platforms),
    allowSmt: bool,
    allowDynamicPlatform: bool,
    requireZeroQeReportDataTail: bool,
  });

/** The policy of the chain, a parameter (PROTOCOL §8). */
export const chainPolicy = policyRecord(MAX_LISTED_PLATFORMS);
/** The policy of a profile: never laxer than the chain's. */
export const profilePolicy = policyRecord(MAX_PROFILE_PLATFORMS);
export type PolicyRecord = Infer<typeof chainPolicy>;

/** A policy of the library as a record of the chain; measurements are a profile's. */
export const policyRecordOf = ({
  measurements: _measurements,
  ...policy
}: TeePolicy): PolicyRecord => ({
  ...policy,
  tdAttributesAllowed: toHex(policy.tdAttributesAllowed),
  tdAttributesRequired: toHex(policy.tdAttributesRequired),
  serviceTds: policy.serviceTds.map(toHex),
  tdxModules: policy.tdxModules.map(toHex),
  deniedPlatforms: policy.deniedPlatforms.map(toHex),
  allowedPlatforms: policy.allowedPlatforms.map(toHex),
});

const known = new WeakMap<PolicyRecord, TeePolicy>();

/** The policy in the library's form, any measurement accepted; remembered by record. */
export const libraryPolicy = (of: PolicyRecord): TeePolicy => {
  const remembered = known.get(of);
  if (remembered !== undefined) return remembered;
  const policy: TeePolicy = {
    ...of,
    tdAttributesAllowed: fromHex(of.tdAttributesAllowed),
    tdAttributesRequired: fromHex(of.tdAttributesRequired),
    serviceTds: of.serviceTds.map(fromHex),
    tdxModules: of.tdxModules.map(fromHex),
    deniedPlatforms: of.deniedPlatforms.map(fromHex),
    allowedPlatforms: of.allowedPlatforms.map(fromHex),
    measurements: [],
  };
  known.set(of, policy);
  return policy;
};

/**
 * A profile's policy as it works: what the chain denies is denied too, so that a profile need not
 * repeat lists that change.
 */
export const profilePolicyWithin = (own: PolicyRecord, chain: PolicyRecord): TeePolicy => {
  const [inner, outer] = [libraryPolicy(own), libraryPolicy(chain)];
  return {
    ...inner,
    deniedAdvisories: [...outer.deniedAdvisories, ...inner.deniedAdvisories],
    deniedPlatforms: [...outer.deniedPlatforms, ...inner.deniedPlatforms],
  };
};
