import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  EMBEDDING_SIZE,
  type EmbeddingModel,
  hashWeights,
  isInstalled,
  loadModel,
  MAX_TOKENS,
  OUTPUT_NAME,
  readWeights,
  roundTo8Bits,
  tokenize,
  toTensorPreimage,
  VOCABULARY_SIZE,
  weightRanges,
  weightsFiles,
  zeroMatrix,
} from '../../../demo/model/index.ts';
import { absentNodes, nodes, runOn } from '../../../tools/nodes.ts';

const WEIGHT_BYTES = 27_903_656;
const WEIGHT_HASH = '713639dff4b5b3cc4a1ca070077c0f1125022582dd1d2ec8961d92905c289300';
const SENTENCES = ['hello world', 'The cat sat on the mat.', 'A chain that attests AI compute.'];

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const sha256 = (parts: readonly Uint8Array[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};
const bits = (vectors: readonly Float32Array[]): string =>
  sha256(vectors.map((vector) => toTensorPreimage(vector).data));

const cosine = (a: Float32Array, b: Float32Array): number => {
  const dot = (x: Float32Array, y: Float32Array): number =>
    x.reduce((sum, value, index) => sum + value * (y[index] ?? Number.NaN), 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
};

test('a tensor preimage is the little-endian bits of the vector', () => {
  const tensor = toTensorPreimage(new Float32Array([1, -2, 0.5]));
  const data = Uint8Array.from(Buffer.from('0000803f000000c00000003f', 'hex'));
  expect(tensor).toEqual({ name: OUTPUT_NAME, dtype: 'f32', shape: [3], data });
});

const suite = describe.skipIf(!isInstalled());
const note = isInstalled() ? '' : 'SKIPPED, the development packages of the model are absent: ';

suite(`${note}the weights`, () => {
  test('are hashed as the concatenation of the files in manifest order', async () => {
    const heard: number[] = [];
    const { hash, bytes } = await hashWeights((soFar) => heard.push(soFar));
    expect({ hash, bytes }).toEqual({ hash: WEIGHT_HASH, bytes: WEIGHT_BYTES });
    expect(heard.at(-1)).toBe(WEIGHT_BYTES);
    expect(heard.every((soFar, index) => soFar > (heard[index - 1] ?? 0))).toBe(true);
    expect(weightsFiles()).toHaveLength(7);
  });

  test('are covered by the tensors of the manifest without a gap', () => {
    const ranges = weightRanges();
    expect(ranges.map(({ start }) => start)).toEqual([
      0,
      ...ranges.map(({ end }) => end).slice(0, -1),
    ]);
    expect(ranges.at(-1)?.end).toBe(WEIGHT_BYTES);
  });
});

suite(`${note}the model`, () => {
  let honest: EmbeddingModel;
  let expected: string;
  beforeAll(async () => {
    honest = await loadModel();
    expected = bits(await honest.embed(SENTENCES));
  });
  afterAll(() => honest.close());

  test('gives one unit vector for each sentence', async () => {
    const vectors = await honest.embed(SENTENCES);
    expect(vectors.map(({ length }) => length)).toEqual(SENTENCES.map(() => EMBEDDING_SIZE));
    for (const vector of vectors) expect(cosine(vector, vector)).toBeCloseTo(1, 6);
    expect(new Set(vectors.map((vector) => bits([vector]))).size).toBe(SENTENCES.length);
  });

  test('gives the same bits after a second load, and from the token ids alone', async () => {
    const again = await loadModel();
    const [first, fromTokens] = await Promise.all([
      again.embed(SENTENCES),
      Promise.all(SENTENCES.map((sentence) => honest.embedTokens(tokenize(sentence)))),
    ]);
    expect([bits(first), bits(fromTokens)]).toEqual([expected, expected]);
    again.close();
  });

  const others = nodes().slice(1);
  const absent = absentNodes().map(({ reason }) => reason);
  test.skipIf(others.length === 0)(
    `gives the same bits on ${others.map(({ version }) => version).join(', ') || absent.join()}`,
    () => {
      for (const node of others) {
        const output = runOn(node, 'test/unit/demo-model/print-bits.ts', SENTENCES);
        expect(output, node.version).toBe(expected);
      }
    },
  );

  test('runs beside damaged copies of itself, and the files stay as they are', async () => {
    const rounded = await loadModel({ damage: roundTo8Bits });
    const zeroed = await loadModel({ damage: zeroMatrix('tanh_layer_0') });
    for (const sentence of SENTENCES) {
      const [[a], [b], [c]] = (await Promise.all(
        [honest, rounded, zeroed].map((model) => model.embed([sentence])),
      )) as [Float32Array[], Float32Array[], Float32Array[]];
      if (a === undefined || b === undefined || c === undefined) throw new Error('no embedding');
      expect(hex(toTensorPreimage(b).data)).not.toBe(hex(toTensorPreimage(a).data));
      expect(1 - cosine(a, b)).toBeGreaterThan(1e-3);
      expect(1 - cosine(a, b)).toBeLessThan(2e-2);
      expect(1 - cosine(a, c)).toBeGreaterThan(0.5);
    }
    rounded.close();
    zeroed.close();
    expect(bits(await honest.embed(SENTENCES))).toBe(expected);
    expect(sha256([readWeights()])).toBe(WEIGHT_HASH);
  });

  test('leaves no error handler in the process', () => {
    const own = ['uncaughtException', 'unhandledRejection'].flatMap((event) =>
      process.listeners(event as 'exit').map(String),
    );
    expect(own.filter((source) => source.includes('ExitStatus'))).toEqual([]);
  });

  test('refuses an empty, a long and a foreign sequence of tokens', async () => {
    await expect(honest.embed([''])).rejects.toThrow(/has 0/);
    await expect(honest.embedTokens(Array(MAX_TOKENS + 1).fill(7))).rejects.toThrow(/has 129/);
    await expect(honest.embedTokens([VOCABULARY_SIZE])).rejects.toThrow(/not a token id/);
    await expect(honest.embedTokens([-1])).rejects.toThrow(/not a token id/);
    await expect(honest.embedTokens([1.5])).rejects.toThrow(/not a token id/);
  });

  test('refuses to damage a matrix that is not there', async () => {
    await expect(loadModel({ damage: zeroMatrix('no such layer') })).rejects.toThrow(/no matrix/);
  });
});
