// What a calibration keeps: docs/calibration/embedding.json. Integers beyond 2^53 are in decimal.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineName } from '../../test/engines/index.ts';
import type { Encounter } from './meetings.ts';
import type { Summary } from './summary.ts';

/** The file, relative to the repository root. */
export const RESULTS_FILE = 'docs/calibration/embedding.json';

/** Distances of all chunks of the sentences that thresholds come from. */
export interface Measured extends Encounter {
  readonly distances: Summary;
}

/** How many of the held-out sentences a seat supports, abstains from and rejects. */
export interface Judged extends Encounter {
  readonly supports: number;
  readonly abstains: number;
  readonly rejects: number;
  /** As many are rejected when the challenger names the chunks that lie farthest apart. */
  readonly rejectsNamed: number;
}

/** The fields of a comparator; u64 in decimal. */
export type Fields = Readonly<Record<string, string | number>>;

/** Units of distances: as the components of comparators are named, and 10^−12 for |a−b|. */
export type Unit = 'differs' | 'atto' | 'ulps' | 'ppm' | 'pico';

export interface Outcome {
  readonly setting: string;
  readonly unit: Unit;
  /** With its calibrated thresholds, when there are any. */
  readonly comparator: Fields;
  /** The code of the failure, when calibration refuses. */
  readonly refusal?: string;
  readonly measured: readonly Measured[];
  /** Empty when calibration refuses. */
  readonly judged: readonly Judged[];
}

export interface Results {
  readonly machine: Readonly<Record<'cpu' | 'platform' | 'node' | 'v8', string>>;
  readonly engines: Readonly<Record<EngineName, string>>;
  readonly weightHash: string;
  /** Sentences that thresholds come from, and others that they are tried on. */
  readonly sentences: { readonly calibrating: number; readonly heldOut: number };
  readonly tokens: number;
  /** The largest |a−b| of a chunk of 64 elements, in 10^−12. */
  readonly differences: readonly Measured[];
  readonly outcomes: readonly Outcome[];
}

export const readResults = (root: string): Results =>
  JSON.parse(readFileSync(join(root, RESULTS_FILE), 'utf8')) as Results;

/** An object of an encounter, from its brace to the one below it. */
const ENCOUNTER = /^( *)\{\n\1 {2}"provider"[\s\S]*?\n\1\}/gm;

/** Each encounter stands on a line of its own, so that a change of one shows as one. */
export const writeResults = (root: string, results: Results): void => {
  const text = JSON.stringify(results, null, 2).replaceAll(
    ENCOUNTER,
    (object, indent: string) => `${indent}${object.trim().replaceAll(/\s*\n\s*/g, ' ')}`,
  );
  writeFileSync(join(root, RESULTS_FILE), `${text}\n`);
};
