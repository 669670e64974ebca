import { checkPolicy } from '../../../tee/policy/check.ts';
import { libraryPolicy } from '../../tee/policy.ts';
import { RECENT_BLOCKS } from '../../trust-store/record.ts';
import type { Parameters } from '../record.ts';
import type { Relation } from './relation.ts';

const noticeSeconds = (p: Parameters): bigint => p.noticeBlocks * p.dispute.blockTimeSeconds;
const recentSeconds = (p: Parameters): bigint => RECENT_BLOCKS * p.dispute.blockTimeSeconds;

/** Rules of TEE reports (PROTOCOL §8). */
export const teeRelations: readonly Relation[] = [
  {
    name: 'tee-policy-well-formed',
    path: 'tee.policy',
    holds: (p) => checkPolicy(libraryPolicy(p.tee.policy)).ok,
    explain: () => 'must name at least one kind of TEE and hold only whole values',
  },
  {
    name: 'notice-covers-evaluation',
    path: 'noticeBlocks',
    holds: (p) => noticeSeconds(p) >= p.tee.noticeSeconds,
    explain: (p) =>
      `times blockTimeSeconds must be at least tee.noticeSeconds = ${p.tee.noticeSeconds}, or ` +
      'platforms fall out of date before they can be updated',
  },
  {
    name: 'enclave-key-outlives-reference',
    path: 'tee.enclaveKeySeconds',
    holds: (p) => p.tee.enclaveKeySeconds > recentSeconds(p),
    explain: (p) =>
      `must be above ${recentSeconds(p)}, the age of the oldest block that a quote may refer to`,
  },
];
