import { bpsCeil, ceilDiv, larger } from '../../kit/integer.ts';
import type { Relation } from './relation.ts';
import { seatsOf } from '../ladder.ts';
import type { Parameters } from '../record.ts';

/** Both sides grow with the fee, so the highest fee decides (PROTOCOL §6.3). */
const bond = ({ dispute, rerunFeeMaximumNlux }: Parameters): bigint =>
  larger(dispute.bondMinimumNlux, BigInt(dispute.bondRerunFees) * rerunFeeMaximumNlux);

/** Of the ladder of pairs, or of half of that of audits, whose bond is twice as high. */
const ladderCost = ({ dispute, rerunFeeMaximumNlux }: Parameters): bigint => {
  const pair = BigInt(seatsOf(dispute.pairPanels)) * rerunFeeMaximumNlux;
  const audit = BigInt(seatsOf(dispute.auditPanels)) * rerunFeeMaximumNlux;
  return larger(pair, ceilDiv(audit, 2n));
};

const seatPenalty = ({ dispute, minimumStakeNlux, rerunFeeMaximumNlux }: Parameters): bigint =>
  larger(
    bpsCeil(minimumStakeNlux, dispute.seatPenaltyBps),
    BigInt(dispute.seatPenaltyRerunFees) * rerunFeeMaximumNlux,
  );

/** What must be able to pay for what (PROTOCOL §6.3, §9). */
export const moneyRelations: readonly Relation[] = [
  {
    name: 'bond-covers-ladder',
    path: 'dispute.bondMinimumNlux',
    holds: (p) => bond(p) >= ladderCost(p),
    explain: (p) =>
      `(or bondRerunFees) must let the bond pay every seat of the ladder at the highest rerun ` +
      `fee, ${ladderCost(p)} nLUX; the bond is ${bond(p)}`,
  },
  {
    name: 'seat-penalty-deters',
    path: 'dispute.seatPenaltyBps',
    holds: (p) => seatPenalty(p) > p.rerunFeeMaximumNlux,
    explain: (p) =>
      `(or seatPenaltyRerunFees) must make the penalty of a seat, ${seatPenalty(p)} nLUX, more ` +
      `than the highest rerun fee, ${p.rerunFeeMaximumNlux}`,
  },
  {
    name: 'withholding-costs-more',
    path: 'dispute.noShowBps',
    holds: ({ dispute }) => dispute.noShowBps > 0 && dispute.noShowBps <= dispute.seatPenaltyBps,
    explain: ({ dispute }) =>
      `must be above 0 and at most seatPenaltyBps = ${dispute.seatPenaltyBps}: a seat that ` +
      'cannot reveal should not have committed',
  },
  {
    name: 'slash-shares-fit',
    path: 'dispute.challengerShareBps',
    holds: ({ dispute }) => dispute.challengerShareBps + dispute.slashBurnBps <= 10_000,
    explain: ({ dispute }) =>
      `and slashBurnBps = ${dispute.slashBurnBps} must be at most 10000 together`,
  },
];
