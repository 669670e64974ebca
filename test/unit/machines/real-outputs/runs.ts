import { resolve } from 'node:path';
import { encodeOutput } from '../../../../src/codec/index.ts';
import type { KindOutputs } from '../../../../src/calibration/index.ts';
import type { Comparator } from '../../../../src/machines/comparators/index.ts';
import { readResults, type Fields } from '../../../../tools/calibrate/results.ts';
import { EMBEDDING_SIZE, OUTPUT_NAME } from '../../../../demo/model/index.ts';
import {
  ENGINES,
  type EngineName,
  runEngine,
  SENTENCES,
  type WeightsName,
} from '../../../engines/index.ts';

/** What a provider runs: an engine, and what it made of the weights. */
export interface Run {
  readonly engine: EngineName;
  readonly weights: WeightsName;
}

export const honestOn = (engine: EngineName): Run => ({ engine, weights: 'honest' });
/** How changed weights are run matters little beside them. */
export const changed = (weights: WeightsName): Run => ({ engine: 'tfjs-wasm', weights });
/** Weights that are wrong all over. */
export const WRONG_WEIGHTS = ['8bit', 'damaged'] as const;

/** The output of a run on a sentence by its number: 512 elements, f32, little-endian. */
export type OutputOf = (run: Run, sentence: number) => Uint8Array;

const nameOf = ({ engine, weights }: Run): string => `${engine}, ${weights}`;

/** All runs of these tests on the ten sentences, two processes at a time and the slowest first. */
export const runAll = async (): Promise<OutputOf> => {
  const runs = [...ENGINES.map(honestOn), ...WRONG_WEIGHTS.map(changed)];
  const slowest = runs.filter(({ engine }) => engine === 'tfjs-cpu');
  const waiting = [...slowest, ...runs.filter((run) => !slowest.includes(run))].values();
  const made = new Map<string, readonly Uint8Array[]>();
  const work = async (): Promise<void> => {
    for (const run of waiting) {
      made.set(nameOf(run), await runEngine({ ...run, sentences: SENTENCES }));
    }
  };
  await Promise.all([work(), work()]);
  return (run, sentence) => {
    const output = made.get(nameOf(run))?.[sentence];
    if (output === undefined) throw new RangeError(`${nameOf(run)} was not run.`);
    return output;
  };
};

/** The canonical output (PROTOCOL §2), which `exact` compares whole. */
export const canonical = (data: Uint8Array): Uint8Array =>
  encodeOutput({
    type: 'tensors',
    tensors: [{ name: OUTPUT_NAME, dtype: 'f32', shape: [EMBEDDING_SIZE], data }],
  });

/** Each pair of engines once. */
export const PAIRS = ENGINES.flatMap((one, place) =>
  ENGINES.slice(place + 1).map((other) => [one, other] as const),
);

/** Outputs of the ten sentences on each pair of honest engines. */
export const kindsOf = (outputOf: OutputOf): readonly KindOutputs[] =>
  PAIRS.map(([one, other]) => ({
    kind: `${one} and ${other}`,
    outputs: SENTENCES.map((_, at) => [outputOf(honestOn(one), at), outputOf(honestOn(other), at)]),
  }));

const BIGINT_FIELDS = ['atolPico', 'loAtto', 'hiAtto'];

const comparatorOf = (fields: Fields): Comparator =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      BIGINT_FIELDS.includes(name) ? BigInt(value) : value,
    ]),
  ) as Comparator;

const results = readResults(resolve(import.meta.dirname, '../../../..'));

/** The comparator that the kept results of docs/calibration have found. */
export const keptComparator = (setting: string): Comparator => {
  const outcome = results.outcomes.find((each) => each.setting === setting);
  if (outcome === undefined) throw new RangeError(`Nothing is kept of ${setting}.`);
  return comparatorOf(outcome.comparator);
};
