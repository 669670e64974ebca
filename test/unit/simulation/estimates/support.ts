import { installNodePrimitives } from '../../../../src/codec/node.ts';
import type { Json } from '../../../../src/codec/json/index.ts';
import {
  estimateOf,
  workOf,
  type EstimateRequest,
} from '../../../../src/simulation/estimates/index.ts';
import type { Estimate } from '../../../../src/simulation/result.ts';
import { parseScenario } from '../../../../src/simulation/scenario/index.ts';

// What a Node host does at its start: the same digests in half the time.
installNodePrimitives();

/** The requests of estimates, as a scenario would ask for them. */
export const requestsOf = (estimates: readonly Json[]): readonly EstimateRequest[] => {
  const scenario = parseScenario({ name: 'test', seed: 1, estimates });
  if (!scenario.ok) throw new Error(JSON.stringify(scenario.failure));
  return scenario.value.estimates;
};

/** Plays an estimate to its end. */
export const played = (estimate: Json, seed = '1'): Estimate => {
  const [request] = requestsOf([estimate]);
  if (request === undefined) throw new Error('nothing was asked for');
  const { play, runs } = workOf(request);
  return estimateOf(request, play(seed, 0, runs));
};
