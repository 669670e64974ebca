import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_TOKENS, tokenize } from '../../demo/model/index.ts';
import { evaluate } from '../../tools/calibrate/evaluate.ts';
import { honestOnly, meetingsOf, type Recorded } from '../../tools/calibrate/meetings.ts';
import { readResults } from '../../tools/calibrate/results.ts';
import { makeSentences } from '../../tools/calibrate/sentences.ts';
import { summarise } from '../../tools/calibrate/summary.ts';
import { toleranceTables } from '../../tools/calibrate/tables.ts';
import { ENGINES, WEIGHTS, whyAbsent } from './index.ts';

const ELEMENTS = 512;
const SENTENCES = 24;
const results = readResults(resolve(import.meta.dirname, '../..'));

const bytesOf = (values: readonly number[]): Uint8Array => {
  const view = new DataView(new ArrayBuffer(4 * values.length));
  for (const [index, value] of values.entries()) view.setFloat32(4 * index, value, true);
  return new Uint8Array(view.buffer);
};

/** Embeddings that are a wave of their sentence, and a small one on top of the author's own. */
const synthetic = (own: number, amplitude: number): readonly Uint8Array[] =>
  Array.from({ length: SENTENCES }, (_, sentence) =>
    bytesOf(
      Array.from({ length: ELEMENTS }, (__, at) => {
        const common = Math.sin(1 + at * (1 + sentence / SENTENCES));
        return 0.05 * (common + amplitude * Math.sin(at * (own + 2)));
      }),
    ),
  );

const recorded: readonly Recorded[] = [
  { engine: 'own', weights: 'honest', outputs: synthetic(1, 2e-6) },
  { engine: 'tfjs-cpu', weights: 'honest', outputs: synthetic(2, 2e-6) },
  { engine: 'tfjs-wasm', weights: 'honest', outputs: synthetic(3, 2e-6) },
  { engine: 'tfjs-wasm', weights: '8bit', outputs: synthetic(4, 1e-1) },
];

describe('a summary', () => {
  const distances = fc.array(fc.bigInt({ min: 0n, max: 2n ** 70n }), {
    minLength: 1,
    maxLength: 300,
  });

  test('has quantiles that were measured, in order, and every distance in a bin', () => {
    fc.assert(
      fc.property(distances, (measured) => {
        const { samples, quantiles, bins } = summarise(measured);
        const { min, p50, p90, p99, p999, max } = quantiles;
        const ascending = [min, p50, p90, p99, p999, max].map(BigInt);
        expect(ascending.every((value) => measured.includes(value))).toBe(true);
        expect(ascending.every((value, at) => value >= (ascending[at - 1] ?? 0n))).toBe(true);
        expect(measured.every((value) => value >= BigInt(min) && value <= BigInt(max))).toBe(true);
        expect(bins.reduce((total, part) => total + part, 0)).toBe(samples);
        expect(measured.filter((value) => value <= BigInt(p50)).length * 2).toBeGreaterThanOrEqual(
          samples,
        );
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  test('counts by length in bits', () => {
    expect(summarise([0n, 0n, 1n, 2n, 3n, 4n, 255n]).bins).toEqual([2, 1, 2, 1, 0, 0, 0, 0, 1]);
  });

  test('of nothing is refused', () => {
    expect(() => summarise([])).toThrow(/no distance/);
  });
});

describe('an evaluation', () => {
  const { differences, outcomes } = evaluate(recorded, 12);
  const outcome = (setting: string) => outcomes.find((each) => each.setting === setting);

  test('compares each pair of honest engines once, and changed weights with each of them', () => {
    const meetings = meetingsOf(recorded);
    expect(honestOnly(meetings)).toHaveLength(3);
    expect(meetings).toHaveLength(6);
    for (const { measured } of outcomes) expect(measured).toHaveLength(6);
    expect(differences.map(({ distances }) => distances.samples)).toEqual(Array(6).fill(12 * 8));
  });

  test('rejects honest engines by exact, supports them by cosine, and finds the 8 bits', () => {
    const verdicts = (setting: string, weights: string) =>
      (outcome(setting)?.judged ?? []).filter((each) => each.weights === weights);
    for (const { rejects } of verdicts('exact', 'honest')) expect(rejects).toBe(12);
    for (const setting of ['cosine, 1 chunk', 'cosine, 8 chunks', 'ulp, 8 chunks']) {
      const [honest, changed] = [verdicts(setting, 'honest'), verdicts(setting, '8bit')];
      expect(
        honest.map(({ supports }) => supports),
        setting,
      ).toEqual([12, 12, 12]);
      expect(
        changed.map(({ rejects }) => rejects),
        setting,
      ).toEqual([12, 12, 12]);
    }
  });

  test('becomes tables', () => {
    const tables = toleranceTables({ ...results, differences, outcomes });
    for (const { setting } of outcomes) expect(tables).toContain(`### ${setting}`);
    expect(tables).toContain('| **8bit** on `tfjs-wasm` |');
    expect(tables).not.toMatch(/NaN|undefined/);
  });

  test('of engines that answered different numbers of sentences is refused', () => {
    const [first, ...rest] = recorded;
    const short = rest.map((each) => ({ ...each, outputs: each.outputs.slice(1) }));
    expect(() => evaluate(first === undefined ? [] : [first, ...short], 12)).toThrow(/too little/);
  });
});

describe('the results that are kept', () => {
  test('cover every engine and all weights, over at least a thousand sentences', () => {
    expect(results.sentences.calibrating).toBeGreaterThanOrEqual(1000);
    expect(Object.keys(results.engines)).toEqual([...ENGINES]);
    for (const { measured } of results.outcomes) {
      expect(new Set(measured.map(({ weights }) => weights))).toEqual(new Set(WEIGHTS));
    }
  });

  test('have thresholds that follow from the tails of honest pairs', () => {
    const bounds = { atto: 'loAtto', ulps: 'loUlps', ppm: 'loPpm' } as const;
    const calibrated = results.outcomes.filter(
      ({ unit, refusal }) => unit in bounds && refusal === undefined,
    );
    expect(calibrated.length).toBeGreaterThanOrEqual(3);
    for (const { setting, unit, comparator, measured } of calibrated) {
      const tails = honestOnly(measured).map(({ distances }) => Number(distances.quantiles.p999));
      const lo = Number(comparator[bounds[unit as keyof typeof bounds]]);
      expect(lo, setting).toBeGreaterThanOrEqual(1.5 * Math.max(...tails));
    }
  });

  test('become tables without gaps', () => {
    const tables = toleranceTables(results);
    expect(tables).not.toMatch(/NaN|undefined|Infinity/);
    for (const { setting } of results.outcomes) expect(tables).toContain(`### ${setting}`);
  });
});

const absent = whyAbsent();

describe.skipIf(absent !== '')(`${absent}the generated sentences`, () => {
  test('are different, fit the model, and are the same at every call', () => {
    const sentences = makeSentences(300);
    expect(new Set(sentences).size).toBe(300);
    expect(makeSentences(300)).toEqual(sentences);
    const lengths = sentences.map((sentence) => tokenize(sentence).length);
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(MAX_TOKENS);
    expect(new Set(lengths).size).toBeGreaterThan(30);
  });
});
