import type { TeeTerms } from '../../machines/parameters/record.ts';
import { policyRecordOf } from '../../machines/tee/policy.ts';
import { DEFAULT_POLICY } from '../../tee/policy/default.ts';

const DAY_SECONDS = 86_400n;

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
  policy: policyRecordOf(DEFAULT_POLICY),
};

/** What the generator of local networks makes its documents for. */
export const LOCAL_TEE: TeeTerms = {
  ...MAINNET_TEE,
  evaluationNumber: 20,
  noticeSeconds: 60n,
  enclaveKeySeconds: 3_600n,
  refundedFmspcs: ['a17a00000000'],
};
