import type { Rational } from '../closed-forms/exact.ts';
import type { RunSource } from '../random/index.ts';
import type { Estimate } from '../result.ts';
import type { Parameter } from './parameters.ts';
import type { Settings } from './settings.ts';

/** What theory says of one run, in the unit of the estimate. */
export interface Theory {
  readonly mean: Rational;
  /** Of one run. Not needed for shares; without it the sample's stands in for it. */
  readonly variance?: Rational | undefined;
}

/** Why parameters do not go together, with the name of the one that is at fault. */
export interface Misfit {
  readonly parameter: string;
  /** What it must be. */
  readonly expected: string;
  /** The other parameter, where two exclude one another. */
  readonly other?: string | undefined;
}

/** One run: brings an observation in whole `1/scale` of the unit; 0 or 1 for a share. */
export type PlayRun = (source: RunSource) => bigint;

/** An estimate that scenarios may ask for by name. */
export interface EstimateDefinition {
  readonly name: string;
  /** What is estimated, in a sentence. */
  readonly about: string;
  /** Where the closed form stands. */
  readonly source: string;
  readonly unit: Estimate['unit'];
  readonly kind: 'share' | 'mean';
  /** Observations are whole numbers of `1/scale`; 1 for shares. */
  readonly scale: bigint;
  /** Keeps how often each value was seen. */
  readonly isCounted?: boolean | undefined;
  readonly parameters: readonly Parameter[];
  readonly misfit: (settings: Settings) => Misfit | undefined;
  /** What a run takes on one core, roughly, in microseconds. */
  readonly runMicros: (settings: Settings) => number;
  /** Every run brings the same: one will do unless more are asked for. */
  readonly isCertain?: ((settings: Settings) => boolean) | undefined;
  readonly theory: (settings: Settings) => Theory | undefined;
  /** Prepares runs; what it gives plays one. */
  readonly play: (settings: Settings) => PlayRun;
}

export const noMisfit = (): undefined => undefined;

/** An observation of a share. */
export const hit = (isHit: boolean): bigint => (isHit ? 1n : 0n);
