import type { Failure, Result } from '../../codec/failure.ts';
import { ok } from '../../codec/failure.ts';
import { estimateOf, theoryAt, withRuns, workOf } from '../estimates/index.ts';
import { FIGURES, figuresOf, type PlayedMarket } from '../figures/index.ts';
import { factsOf, type Market, observationsOf, parseMarket } from '../market/index.ts';
import { workOfMarket } from '../market/index.ts';
import { simulationFail } from '../errors.ts';
import type { SimulationResult } from '../result.ts';
import type { Scenario } from '../scenario/index.ts';
import type { Tallies } from '../tally.ts';
import type { Work } from '../work.ts';
import { shardCount } from './shards.ts';
import { summaryOf } from './summary.ts';

/** Of about a second of one core each. */
const MAX_SHARDS = 1_000_000;
const LONGEST = `${MAX_SHARDS} shards of about a second each`;

/** What is to be played for a scenario, and what to make of what it brings. */
export interface Plan {
  readonly works: readonly Work[];
  /** `tallies` are those of `works`, in their order. */
  readonly resultOf: (
    tallies: readonly Tallies[],
    about: { readonly seed: string; readonly version: string },
  ) => SimulationResult;
}

const marketOf = (
  scenario: Scenario,
  runs: number | undefined,
): Result<Market | undefined, Failure> => {
  if (scenario.market === undefined) return ok(undefined);
  const read = parseMarket(scenario.market);
  return read.ok && runs !== undefined ? ok({ ...read.value, runs }) : read;
};

/**
 * Plans a scenario: its estimates, then the points of its sweeps, then its market. `runs` takes the
 * place of whatever the scenario says. Fails where its market does not hold together.
 */
export const planOf = (scenario: Scenario, runs?: number): Result<Plan, Failure> => {
  const market = marketOf(scenario, runs);
  if (!market.ok) return market;
  const pictures = FIGURES.map(({ name }) => name);
  const unknown = (scenario.figures ?? []).findIndex((name) => !pictures.includes(name));
  if (unknown !== -1) {
    const details = { path: `figures[${unknown}]`, expected: `one of ${pictures.join(', ')}` };
    return simulationFail('simulation/out-of-range', details);
  }
  const asked = [...scenario.estimates, ...scenario.sweeps.flatMap(({ requests }) => requests)];
  const requests = asked.map((request) => (runs === undefined ? request : withRuns(request, runs)));
  const markets = market.value === undefined ? [] : [market.value];
  const works = [...requests.map(workOf), ...markets.map(workOfMarket)];
  if (shardCount(works) > MAX_SHARDS) {
    return simulationFail('simulation/too-many', { path: 'runs', limit: LONGEST });
  }
  return ok({
    works,
    resultOf: (tallies, { seed, version }) => {
      const estimates = requests.map((request, at) =>
        estimateOf(request, tallies[at] ?? new Map()),
      );
      const played = markets.map((each, at): PlayedMarket => ({
        name: scenario.name,
        tallies: tallies[requests.length + at] ?? new Map(),
        facts: factsOf(each),
      }));
      const observations = played.flatMap((each) => observationsOf(each.tallies));
      return {
        scenario: scenario.name,
        about: scenario.about,
        seed,
        version,
        estimates,
        observations,
        figures: figuresOf({ estimates, markets: played, theory: theoryAt }, scenario.figures),
        summary: summaryOf(estimates, estimates.slice(0, scenario.estimates.length), observations),
        signed: markets.every(({ signatures }) => signatures),
      };
    },
  });
};
