import { ladderOf, wrongResultRateBps } from '../parameters/ladder.ts';
import type { ChallengeContext, ChallengeForm } from './record.ts';

type Judged = Pick<ChallengeContext, 'form' | 'terms' | 'round'>;

/** An audit is one, whoever asked for it. */
export const ladderFormOf = (form: ChallengeForm): 'pair' | 'audit' =>
  form === 'pair' || form === 'equivocation' ? 'pair' : 'audit';

/** The seats of each panel of this challenge, in order. */
export const panelsOf = ({ form, terms }: Pick<Judged, 'form' | 'terms'>): readonly number[] =>
  ladderOf(terms, ladderFormOf(form));

/** Seats of the panel in hand. */
export const panelSize = (context: Judged): number => panelsOf(context)[context.round - 1] ?? 0;

/** Seats of the panel after it; 0 after the last. */
export const nextPanelSize = (context: Judged): number => panelsOf(context)[context.round] ?? 0;

/** Basis points of base for a result that the panel in hand finds wrong (PROTOCOL §6.3). */
export const rateOf = ({ form, terms, round }: Judged): number =>
  wrongResultRateBps(terms, ladderFormOf(form), round);
