import type { Figure } from './figure.ts';

/** A parameter of an estimate as a scenario gives it. */
export type ParameterValue = number | string | boolean | readonly number[];

/** One estimate beside the theory. */
export interface Estimate {
  readonly name: string;
  /** As played, defaults included. */
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  /** Runs that were played. */
  readonly n: number;
  readonly estimate: number;
  /** What theory says, where it says something. */
  readonly closedForm: number | null;
  /** How many standard errors lie between the two, never negative. */
  readonly z: number | null;
  /** 95 % interval: Wilson's for a share, normal for a mean. */
  readonly ci95: readonly [low: number, high: number];
  /** Of `estimate`, `closedForm` and `ci95`: `share`, `LUX`, `blocks`, … */
  readonly unit: string;
  /** Where the closed form stands. */
  readonly source: string;
}

/** What a market has shown of one thing, over all of its replications. */
export interface Observation {
  /** Such as `honest/slashed`; `docs/simulation.md` lists them. */
  readonly name: string;
  readonly n: number;
  readonly mean: number;
  /** As of an estimate. */
  readonly ci95: readonly [low: number, high: number];
  readonly unit: string;
}

/** Everything that a simulation found; what the report, the tables and `--json` are made of. */
export interface SimulationResult {
  /** The name of the scenario. */
  readonly scenario: string;
  readonly about: string;
  readonly seed: string;
  /** Of this program. */
  readonly version: string;
  /** In the order in which the scenario asks for them. */
  readonly estimates: readonly Estimate[];
  /** Of the market, by name; empty where the scenario has none. */
  readonly observations: readonly Observation[];
  /** Pictures that the scenario brings, in the order of the report. */
  readonly figures: readonly Figure[];
  /** Sentences for a reader who knows none of the symbols. */
  readonly summary: readonly string[];
  /** Do agents sign what they send? Signatures may be left out in simulations only. */
  readonly signed: boolean;
}
