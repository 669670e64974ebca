import { assert } from '../../codec/index.ts';
import type { DisputeTerms } from './record.ts';

/** Seats of all panels of a ladder together. */
export const seatsOf = (panels: readonly number[]): number =>
  panels.reduce((sum, seats) => sum + seats, 0);

/** The seats of each panel, in order, of a challenge of this form (PROTOCOL §6, 7). */
export const ladderOf = (terms: DisputeTerms, form: 'pair' | 'audit'): readonly number[] =>
  form === 'pair' ? terms.pairPanels : terms.auditPanels;

/**
 * Rates of wrong results stand in the order of the full ladder 1, 3, 7; pairs start at its first
 * panel, audits so that both ladders end with the last one (PROTOCOL §6.3, §6 panels).
 */
export const firstAuditRate = ({ wrongResultBps, auditPanels }: DisputeTerms): number =>
  wrongResultBps.length - auditPanels.length;

/** Slash of a wrong result in basis points of base, by the round (from 1) that became final. */
export const wrongResultRateBps = (
  terms: DisputeTerms,
  form: 'pair' | 'audit',
  round: number,
): number => {
  const first = form === 'pair' ? 0 : firstAuditRate(terms);
  const rate = terms.wrongResultBps[first + round - 1];
  assert(rate !== undefined, `no rate for round ${round} of a ${form}`);
  return rate;
};
