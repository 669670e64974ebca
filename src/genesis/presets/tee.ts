import type { TeeTerms } from '../../machines/parameters/record.ts';

const DAY_SECONDS = 86_400n;

/**
 * PROTOCOL §8: `UpToDate` or `SWHardeningNeeded`, no debug, reserved attributes zero,
 * SEPT_VE_DISABLE, no service TD: the default policy of the TEE library.
 */
const DEFAULT_POLICY: TeeTerms['policy'] = {
  tees: ['SGX', 'TDX'],
  statuses: ['UpToDate', 'SWHardeningNeeded'],
  allowDebug: false,
  tdAttributesAllowed: '000000d000000080',
  tdAttributesRequired: '0000001000000000',
  serviceTds: [],
  tdxModules: [],
  minEvaluationNumber: 0,
  maxTcbAgeSeconds: 0,
  deniedAdvisories: [],
  deniedPlatforms: [],
  allowedPlatforms: [],
  allowSmt: true,
  allowDynamicPlatform: true,
  requireZeroQeReportDataTail: true,
};

/** PROTOCOL §8: at least seven days pass before another evaluation number applies. */
export const MAINNET_NOTICE_SECONDS: bigint = 7n * DAY_SECONDS;

/**
 * The evaluation number is one that the vendor's platforms had a year to reach. Which platform
 * families are listed for refunds is the network's to decide.
 */
export const MAINNET_TEE: TeeTerms = {
  evaluationNumber: 18,
  noticeSeconds: MAINNET_NOTICE_SECONDS,
  enclaveKeySeconds: 7n * DAY_SECONDS,
  refundedFmspcs: [],
  refundAgeSeconds: 7n * DAY_SECONDS,
  policy: DEFAULT_POLICY,
};

/** What the generator of local networks makes its documents for. */
export const LOCAL_TEE: TeeTerms = {
  ...MAINNET_TEE,
  evaluationNumber: 20,
  noticeSeconds: 60n,
  enclaveKeySeconds: 3_600n,
  refundedFmspcs: ['a17a00000000'],
};
