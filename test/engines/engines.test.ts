import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadModel, readWeights, toTensorPreimage, weightRanges } from '../../demo/model/index.ts';
import {
  type EngineName,
  ENGINES,
  OUTPUT_BYTES,
  runEngine,
  SENTENCES,
  type WeightsName,
  whyAbsent,
} from './index.ts';
import { CHANGES } from './weights.ts';

const WEIGHT_HASH = '713639dff4b5b3cc4a1ca070077c0f1125022582dd1d2ec8961d92905c289300';
const DISHONEST: readonly WeightsName[] = ['bf16', '8bit', 'damaged'];
/** Between what engines differ by (measured: at most 4e-12) and what bf16 does (at least 2e-5). */
const BETWEEN = 1e-9;

const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const floats = (bytes: Uint8Array): readonly number[] => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.length / 4 }, (_, index) => view.getFloat32(4 * index, true));
};

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, index) => sum + value * (b[index] ?? Number.NaN), 0);

const cosineDistance = (one: Uint8Array, other: Uint8Array): number => {
  const [a, b] = [floats(one), floats(other)];
  return 1 - dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
};

const distances = (a: readonly Uint8Array[], b: readonly Uint8Array[]): readonly number[] =>
  a.map((output, index) => cosineDistance(output, b[index] ?? new Uint8Array()));

const absent = whyAbsent();

describe.skipIf(absent !== '')(`${absent}the engines`, () => {
  const honest = new Map<EngineName, readonly Uint8Array[]>();
  const outputsOf = (engine: EngineName): readonly Uint8Array[] => honest.get(engine) ?? [];

  beforeAll(async () => {
    const run = async (engine: EngineName): Promise<void> => {
      honest.set(engine, await runEngine({ engine, sentences: SENTENCES }));
    };
    await Promise.all(ENGINES.map(run));
  });

  test('give one tensor of 512 binary32 elements for each sentence', () => {
    for (const engine of ENGINES) {
      const lengths = outputsOf(engine).map(({ length }) => length);
      expect(lengths, engine).toEqual(SENTENCES.map(() => OUTPUT_BYTES));
    }
  });

  test('differ from one another in most sentences, and by rounding alone', () => {
    for (const a of ENGINES) {
      for (const b of ENGINES.filter((name) => name !== a)) {
        const pair = `${a}, ${b}`;
        const equal = outputsOf(a).filter((output, index) =>
          Buffer.from(output).equals(outputsOf(b)[index] ?? new Uint8Array()),
        );
        expect(equal.length, pair).toBeLessThan(SENTENCES.length / 2);
        const largest = Math.max(...distances(outputsOf(a), outputsOf(b)));
        expect(largest, pair).toBeLessThan(BETWEEN);
      }
    }
  });

  test('repeat their bits, alone and in another order, in another process', async () => {
    const last = SENTENCES.slice(-2).toReversed();
    for (const engine of ENGINES) {
      const again = await runEngine({ engine, sentences: last });
      expect(again.map(hash), engine).toEqual(outputsOf(engine).slice(-2).toReversed().map(hash));
    }
  });

  test('start from the tokens that the package itself makes', async () => {
    const model = await loadModel();
    const vectors = await model.embed(SENTENCES);
    const outputs = vectors.map((vector) => toTensorPreimage(vector).data);
    expect(outputs.map(hash)).toEqual(outputsOf('own').map(hash));
    model.close();
  });

  test.each(DISHONEST)('show changed weights whoever runs them: %s', async (weights) => {
    for (const engine of ['own', 'tfjs-wasm'] as const) {
      const outputs = await runEngine({ engine, weights, sentences: SENTENCES });
      for (const other of ENGINES) {
        const smallest = Math.min(...distances(outputs, outputsOf(other)));
        expect(smallest, `${engine}, ${other}`).toBeGreaterThan(BETWEEN);
      }
    }
  });

  test('show a single changed weight in most sentences, though not in each', async () => {
    const outputs = await runEngine({ engine: 'own', weights: 'one-weight', sentences: SENTENCES });
    for (const other of ENGINES) {
      const shown = distances(outputs, outputsOf(other)).filter((distance) => distance > BETWEEN);
      expect(shown.length, other).toBeGreaterThan(SENTENCES.length / 2);
    }
  });

  test('refuse a sentence that has no tokens or too many', async () => {
    const run = (sentence: string): Promise<unknown> =>
      runEngine({ engine: 'own', sentences: [sentence] });
    await expect(run('')).rejects.toThrow(/has 0/);
    await expect(run('word '.repeat(200))).rejects.toThrow(/1 to 128 tokens/);
  });

  test('reject with what the process said when it fails', async () => {
    const engine = 'tfjs-abacus' as EngineName;
    await expect(runEngine({ engine, sentences: ['hello'] })).rejects.toThrow(/abacus ended.*at/s);
  });
});

describe.skipIf(absent !== '')(`${absent}the weights`, () => {
  const changed = (name: WeightsName): Uint8Array => {
    const weights = readWeights();
    CHANGES[name](weights);
    return weights;
  };

  test('are those of the package when honest', () => {
    expect(hash(changed('honest'))).toBe(WEIGHT_HASH);
  });

  test('one-weight: one value of one layer is doubled or halved', () => {
    const [before, after] = [floats(readWeights()), floats(changed('one-weight'))];
    const places = before.flatMap((value, index) => (Object.is(value, after[index]) ? [] : index));
    expect(places).toHaveLength(1);
    const [place = 0] = places;
    expect([0.5, 2]).toContain((after[place] ?? 0) / (before[place] ?? 0));
  });

  test('bf16: every float is the nearest that its upper half can hold, ties to even', () => {
    const [before, after] = [readWeights(), changed('bf16')];
    const [from, to] = [before, after].map((bytes) => new DataView(bytes.buffer));
    for (const { dtype, start, end } of weightRanges()) {
      if (dtype !== 'float32') {
        expect(hash(after.slice(start, end))).toBe(hash(before.slice(start, end)));
        continue;
      }
      for (let at = start; at < end; at += 4096) {
        const [exact = 0, rounded = 0] = [from?.getUint32(at, true), to?.getUint32(at, true)];
        expect(rounded % 0x1_0000).toBe(0);
        const distance = Math.abs(rounded - exact);
        expect(distance).toBeLessThanOrEqual(0x8000);
        if (distance === 0x8000) expect(rounded % 0x2_0000).toBe(0);
      }
    }
  });
});
