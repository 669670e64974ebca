import { failWith, ok, type Result, type Failure } from '../../codec/index.ts';
import { REFUSAL_REASONS } from '../reasons.ts';
import { drawSeatFully, type Drawing } from './draw.ts';
import { without, type Member, type Population } from './population.ts';

/** What a panel asks of those who are eligible (PROTOCOL §6.1). */
export interface PanelTerms {
  readonly seats: number;
  /** Owners for each seat. */
  readonly ownersMultiple: number;
  /** Stake that is eligible, of the whole set's, in basis points. */
  readonly stakeShareBps: number;
}

export type PanelReason = 'panel-too-few-owners' | 'panel-too-little-stake';

const { 'panel-too-few-owners': tooFewOwners, 'panel-too-little-stake': tooLittleStake } =
  REFUSAL_REASONS;
const fail = failWith<PanelReason>({
  'panel-too-few-owners': tooFewOwners,
  'panel-too-little-stake': tooLittleStake,
});

const WHOLE_BPS = 10_000n;

/**
 * Why a panel of `seats` cannot sit without these owners, if so: it needs `ownersMultiple` times as
 * many eligible owners, with at least `stakeShareBps` of the stake of the set (PROTOCOL §6.1; I29).
 */
export const whyNoPanel = (
  { seats, ownersMultiple, stakeShareBps }: PanelTerms,
  population: Population,
  excludedOwners: readonly string[],
): Result<undefined, Failure<PanelReason>> => {
  const { owners, total } = without(population, excludedOwners);
  const needed = seats * ownersMultiple;
  if (owners < needed) {
    return fail('panel-too-few-owners', { eligible: String(owners), needed: String(needed) });
  }
  const isEnough = total * WHOLE_BPS >= population.total * BigInt(stakeShareBps);
  return isEnough
    ? ok(undefined)
    : fail('panel-too-little-stake', {
        eligibleNlux: String(total),
        ofNlux: String(population.total),
      });
};

/**
 * Draws the seats of a panel, one after another and without replacement, at most one per owner; the
 * index of a member is its seat. Refused if too few are eligible. Payers are found only when they
 * are drawn, so the condition is checked again without those that were found.
 */
export const drawPanel = (
  panel: Drawing & PanelTerms,
): Result<readonly Member[], Failure<PanelReason>> => {
  const { population, seats } = panel;
  const before = whyNoPanel(panel, population, panel.excludedOwners);
  if (!before.ok) return before;
  const members: Member[] = [];
  let excludedOwners = panel.excludedOwners;
  let ineligible = panel.excludedOwners;
  for (let seat = 0; seat < seats; seat++) {
    const { member, found } = drawSeatFully({ ...panel, excludedOwners, seat, attempt: 0 });
    ineligible = [...ineligible, ...found];
    if (member === undefined) {
      return fail('panel-too-few-owners', { eligible: String(seat), needed: String(seats) });
    }
    excludedOwners = [...excludedOwners, ...found, member.owner];
    members.push(member);
  }
  const after = whyNoPanel(panel, population, ineligible);
  return after.ok ? ok(members) : after;
};
