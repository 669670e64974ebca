import type { Figure } from '../figure.ts';
import { beaconBias } from './beacon-bias.ts';
import { cheaterProfit } from './cheater-profit.ts';
import { distances } from './distances.ts';
import { feasibleSlash } from './feasible-slash.ts';
import { griefing } from './griefing.ts';
import type { FigureBuilder, FigureInput } from './input.ts';
import { otherSweeps } from './other-sweeps.ts';
import { cheaterEscapes, falseSlash, majorityError } from './panel-errors.ts';
import { selection } from './selection.ts';
import { slashedMoney } from './slashed-money.ts';
import { survival } from './survival.ts';
import { timeToFinality } from './time-to-finality.ts';
import { voluntaryChecking } from './voluntary-checking.ts';

export type { FigureBuilder, FigureInput, MarketFacts, PlayedMarket } from './input.ts';

/** Every kind of picture, in the order of a report (ECONOMICS, what people look at). */
export const FIGURES: readonly FigureBuilder[] = [
  cheaterProfit,
  feasibleSlash,
  voluntaryChecking,
  falseSlash,
  majorityError,
  cheaterEscapes,
  selection,
  beaconBias,
  timeToFinality,
  distances,
  slashedMoney,
  griefing,
  survival,
];

/**
 * All pictures that the estimates and the markets give: those of the registry (or the ones that are
 * named), then sweeps that none of them shows. Ids are unique.
 */
export const figuresOf = (input: FigureInput, names?: readonly string[]): readonly Figure[] => {
  const wanted = FIGURES.filter(({ name }) => names === undefined || names.includes(name));
  const built = wanted.map(({ estimate, build }) => ({ estimate, figures: build(input) }));
  const figures = built.flatMap((one) => one.figures);
  if (names !== undefined) return figures;
  const shown = new Set(built.filter((one) => one.figures.length > 0).map((one) => one.estimate));
  return [...figures, ...otherSweeps(input, shown)];
};
