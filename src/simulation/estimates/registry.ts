import { cheaterEscapes } from './cheater-escapes.ts';
import { cheaterProfit } from './cheater-profit.ts';
import { correlatedSlash } from './correlated-slash.ts';
import type { EstimateDefinition } from './definition.ts';
import { honestProfit } from './honest-profit.ts';
import { lazySeatProfit } from './lazy-seat-profit.ts';
import { noAnswer } from './no-answer.ts';
import { panelMajorityError } from './panel-majority-error.ts';
import { panelSlashQuorumError } from './panel-slash-quorum-error.ts';
import { reopenBias } from './reopen-bias.ts';
import { selectionShare } from './selection-share.ts';
import { timeToFinality } from './time-to-finality.ts';
import { voluntaryCheatingRate } from './voluntary-cheating-rate.ts';

/** Everything that a scenario may ask for under `estimates`, in the order of the documentation. */
export const ESTIMATES: readonly EstimateDefinition[] = [
  panelMajorityError,
  panelSlashQuorumError,
  cheaterEscapes,
  selectionShare,
  noAnswer,
  reopenBias,
  cheaterProfit,
  honestProfit,
  lazySeatProfit,
  voluntaryCheatingRate,
  correlatedSlash,
  timeToFinality,
];

const BY_NAME: ReadonlyMap<string, EstimateDefinition> = new Map(
  ESTIMATES.map((each) => [each.name, each]),
);

export const definitionOf = (name: string): EstimateDefinition | undefined => BY_NAME.get(name);

export const ESTIMATE_NAMES: readonly string[] = ESTIMATES.map(({ name }) => name);
