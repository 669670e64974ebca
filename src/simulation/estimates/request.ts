import type { Estimate, ParameterValue } from '../result.ts';
import { runSources } from '../random/index.ts';
import { toNumber } from '../closed-forms/exact.ts';
import { rational } from '../../machines/parameters/rational.ts';
import { Counter, EMPTY_TALLY, exactMean, halfWidth, variance } from '../statistics/index.ts';
import { wilson, zOfMean, zOfShare, type Interval } from '../statistics/index.ts';
import type { Tallies, Tally } from '../tally.ts';
import type { Work } from '../work.ts';
import { assert } from '../../codec/failure.ts';
import type { EstimateDefinition } from './definition.ts';
import { definitionOf } from './registry.ts';
import { Settings } from './settings.ts';

/** An estimate that was asked for, checked, with its defaults. */
export interface EstimateRequest {
  readonly estimate: string;
  /** By canonical names, in the order of the table of the estimate. */
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly runs: number;
  /** How many times the same was asked for before: each of them is played anew. */
  readonly repeated: number;
}

/** Of every request: what its runs have observed. */
const OBSERVED = 'observed';
/** Unless told, an estimate takes about this long on one core, */
const DEFAULT_MICROS = 3_000_000;
/** and no more runs than this. */
export const MOST_DEFAULT_RUNS = 200_000;
/** A shard takes about a second. */
const SHARD_MICROS = 1_000_000;

const definition = (name: string): EstimateDefinition => {
  const found = definitionOf(name);
  assert(found !== undefined, `${name} is an estimate`);
  return found;
};

const runsWithin = (micros: number, of: EstimateDefinition, settings: Settings): number =>
  Math.max(1, Math.floor(micros / Math.max(1, of.runMicros(settings))));

/** How many runs are played where nobody says how many. */
export const defaultRuns = (of: EstimateDefinition, settings: Settings): number => {
  if (of.isCertain?.(settings) === true) return 1;
  return Math.min(MOST_DEFAULT_RUNS, Math.max(2, runsWithin(DEFAULT_MICROS, of, settings)));
};

/** The same asked for so many times, but for what every run brings again. */
export const withRuns = (request: EstimateRequest, runs: number): EstimateRequest => {
  const isCertain = definition(request.estimate).isCertain?.(new Settings(request.parameters));
  return isCertain === true ? request : { ...request, runs };
};

/** Everything that decides, with seed and index, what a run of it brings. */
export const keyOf = ({ estimate, parameters, repeated }: EstimateRequest): string => {
  const said = `${estimate} ${JSON.stringify(parameters)}`;
  return repeated === 0 ? said : `${said} #${repeated + 1}`;
};

/** The work of an estimate: its runs, each on randomness of its own. */
export const workOf = (request: EstimateRequest): Work => {
  const of = definition(request.estimate);
  const settings = new Settings(request.parameters);
  const key = keyOf(request);
  return {
    key,
    runs: request.runs,
    runsPerShard: runsWithin(SHARD_MICROS, of, settings),
    play: (seed, from, to) => {
      const playRun = of.play(settings);
      const sourceOf = runSources(seed, key);
      const counter = new Counter({ isCounted: of.isCounted === true });
      for (let run = from; run < to; run++) counter.add(playRun(sourceOf(run)));
      return new Map([[OBSERVED, counter.tally]]);
    },
  };
};

const valueOf = ({ scale }: EstimateDefinition, tally: Tally): number => {
  const { num, den } = exactMean(tally);
  return toNumber(rational(num, den * scale));
};

interface Agreement {
  readonly closedForm: number | null;
  readonly z: number | null;
}

const agreementOf = (of: EstimateDefinition, settings: Settings, tally: Tally): Agreement => {
  const theory = of.theory(settings);
  if (theory === undefined) return { closedForm: null, z: null };
  const closedForm = toNumber(theory.mean);
  const estimate = valueOf(of, tally);
  if (of.kind === 'share') return { closedForm, z: zOfShare(estimate, closedForm, tally.n) };
  const unit = toNumber(rational(1n, of.scale));
  const spread =
    theory.variance === undefined ? variance(tally) * unit * unit : toNumber(theory.variance);
  return { closedForm, z: zOfMean(estimate, closedForm, spread, tally.n) };
};

const intervalOf = (of: EstimateDefinition, tally: Tally): Interval => {
  if (of.kind === 'share') return wilson(Number(tally.sum), tally.n);
  const half = halfWidth(tally) * toNumber(rational(1n, of.scale));
  const centre = valueOf(of, tally);
  return [centre - half, centre + half];
};

/** What came of it beside theory. */
export const estimateOf = (request: EstimateRequest, tallies: Tallies): Estimate => {
  const of = definition(request.estimate);
  const settings = new Settings(request.parameters);
  const tally = tallies.get(OBSERVED) ?? EMPTY_TALLY;
  return {
    name: of.name,
    parameters: request.parameters,
    n: tally.n,
    estimate: valueOf(of, tally),
    ...agreementOf(of, settings, tally),
    ci95: intervalOf(of, tally),
    unit: of.unit,
    source: of.source,
  };
};

/**
 * The closed form of an estimate with one parameter changed, for a line of theory between points
 * that were played; `null` where there is none, or where the value does not go with the others.
 */
export const theoryAt = (
  { name, parameters }: Estimate,
  parameter: string,
  value: number,
): number | null => {
  const of = definition(name);
  const is = of.parameters.find((each) => each.name === parameter)?.is;
  const isShare = is?.type === 'share';
  if (is === undefined || !Number.isFinite(value) || value < 0 || (isShare && value > 1)) {
    return null;
  }
  const settings = new Settings({ ...parameters, [parameter]: value });
  const theory = of.misfit(settings) === undefined ? of.theory(settings) : undefined;
  return theory === undefined ? null : toNumber(theory.mean);
};

/** The tally of an estimate, for who shows its distribution. */
export const observedOf = (tallies: Tallies): Tally => tallies.get(OBSERVED) ?? EMPTY_TALLY;
