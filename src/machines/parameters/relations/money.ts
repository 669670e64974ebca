import { seatsOf } from '../ladder.ts';
import type { DisputeTerms } from '../record.ts';
import type { Relation } from './relation.ts';

/** PROTOCOL §6.3: a seat's penalty is above the rerun fee. */
const LEAST_PENALTY_FEES = 2;

/** Seats that a bond may have to pay; an audit's bond is twice that of a pair. */
const seatsToPay = ({ pairPanels, auditPanels }: DisputeTerms): number =>
  Math.max(seatsOf(pairPanels), (seatsOf(auditPanels) + 1) >> 1);

/** PROTOCOL §6, 6: an appeal takes a deposit of twice the next panel's cost. */
const LEAST_APPEAL_PANELS = 2;

/**
 * What must be able to pay for what (PROTOCOL §6.3, §9). Multiples of the rerun fee are asked for
 * rather than amounts at the highest fee: profiles keep their fee when the highest is lowered.
 */
export const moneyRelations: readonly Relation[] = [
  {
    name: 'bond-covers-ladder',
    path: 'dispute.bondRerunFees',
    holds: ({ dispute }) => dispute.bondRerunFees >= seatsToPay(dispute),
    explain: ({ dispute }) =>
      `must be at least the seats that a bond may have to pay, ${seatsToPay(dispute)}`,
  },
  {
    name: 'appeal-exceeds-panel',
    path: 'dispute.appealPanels',
    holds: ({ dispute }) => dispute.appealPanels >= LEAST_APPEAL_PANELS,
    explain: () =>
      `must be at least ${LEAST_APPEAL_PANELS}, so that an appeal without cause loses more than ` +
      'the panel that it asks for',
  },
  {
    name: 'seat-penalty-deters',
    path: 'dispute.seatPenaltyRerunFees',
    holds: ({ dispute }) => dispute.seatPenaltyRerunFees >= LEAST_PENALTY_FEES,
    explain: () => `must be at least ${LEAST_PENALTY_FEES}, so that an idle seat loses`,
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
  {
    name: 'equivocation-reward-fits',
    path: 'dispute.equivocationRewardBps',
    holds: ({ dispute }) => dispute.equivocationRewardBps <= dispute.challengerShareBps,
    explain: ({ dispute }) =>
      `must be at most challengerShareBps = ${dispute.challengerShareBps}, or who reports its ` +
      'own two answers takes more stake out than who challenges itself',
  },
];
