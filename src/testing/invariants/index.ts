import { testingError } from '../errors.ts';
import type { ChainView } from '../view.ts';
import { challengeInvariants, challengeSteps } from './challenges.ts';
import type { StateInvariant, StepInvariant, StepView, Violation } from './invariant.ts';
import { lifeInvariants, lifeSteps } from './lives.ts';
import { moneyInvariants, moneySteps } from './money.ts';
import { seatInvariants, seatSteps } from './seats.ts';
import { stakeInvariants, stakeSteps } from './stake.ts';
import { verdictInvariants, verdictSteps } from './verdicts.ts';

export type { Fault, StateInvariant, StepInvariant, StepView, Violation } from './invariant.ts';
export { UNSEEN } from './unseen.ts';

/** What must hold in every state, by the ids of the protocol's list of invariants. */
export const STATE_INVARIANTS: readonly StateInvariant[] = [
  ...moneyInvariants,
  ...stakeInvariants,
  ...seatInvariants,
  ...challengeInvariants,
  ...verdictInvariants,
  ...lifeInvariants,
];

/** What must hold from every block to the next. */
export const STEP_INVARIANTS: readonly StepInvariant[] = [
  ...moneySteps,
  ...stakeSteps,
  ...seatSteps,
  ...challengeSteps,
  ...verdictSteps,
  ...lifeSteps,
];

/** Every invariant that a state shows not to hold; empty for a sound one. */
export const checkInvariants = (view: ChainView): readonly Violation[] =>
  STATE_INVARIANTS.flatMap(({ id, check }) => check(view).map((fault) => ({ id, ...fault })));

/** Every invariant that a block breaks, besides those of the states before and after it. */
export const checkStep = (step: StepView): readonly Violation[] =>
  STEP_INVARIANTS.flatMap(({ id, check }) => check(step).map((fault) => ({ id, ...fault })));

/** Throws `testing/unsound` with every violation, one a line; for the end of a test's step. */
export const expectNoViolations = (violations: readonly Violation[]): void => {
  if (violations.length === 0) return;
  const lines = violations.map(
    ({ id, sentence, actors }) => `${id}: ${sentence} (${actors.join(', ') || 'the chain'})`,
  );
  throw testingError('testing/unsound', { violations: lines.join('\n') });
};
