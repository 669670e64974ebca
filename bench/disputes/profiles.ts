import { encode, profileHash } from '../../src/codec/index.ts';
import { commitOutput, type CommittedOutput } from '../../src/client/output.ts';
import type { Comparator } from '../../src/machines/comparators/index.ts';
import {
  encodeLogprobs,
  encodeTokens,
  isTeacherForced,
} from '../../src/machines/comparators/index.ts';
import { profileSpecification } from '../../src/machines/profile/record.ts';
import type { ProfileSpecification } from '../../src/machines/profile/record.ts';
import { MODEL_ID } from '../chain/model.ts';

/** Chunks of an output: many more than are compared, so that few are named and drawn. */
const CHUNKS = 64;
const CHUNK_BYTES = 16_384;

/** A tensor cut into the largest chunks that there are. */
export const TENSOR: Comparator = {
  type: 'ulp',
  format: 'f32',
  chunkElements: CHUNK_BYTES / 4,
  atolPico: 0n,
  loUlps: 8,
  hiUlps: 64,
  minFail: 2,
};

const TEXT_CHUNK_TOKENS = 2;

/** Text in the smallest chunks: the most entries of the state for the gas of opening them. */
export const TEXT: Comparator = {
  type: 'logprobs',
  chunkElements: TEXT_CHUNK_TOKENS,
  topK: 1,
  loPpm: 1_000,
  hiPpm: 10_000,
  agreement: undefined,
  minFail: 2,
};

export interface Profile {
  readonly specification: ProfileSpecification;
  readonly hash: string;
}

/** Profiles of one comparator are told apart by their fee. */
export const profileOf = (comparator: Comparator, rerunFeeNlux = 1_000n): Profile => {
  const specification: ProfileSpecification = {
    modelId: MODEL_ID,
    comparator,
    precision: { engine: 'reference', dtype: 'f32', settings: '', decoding: 'none' },
    tee: { type: 'none' },
    rerunFeeNlux,
  };
  return { specification, hash: profileHash(encode(profileSpecification, specification)) };
};

/** Tokens of a defendant's answer; answers of different numbers differ in each. */
const tokensOf = (answer: number): readonly number[] =>
  Array.from({ length: TEXT_CHUNK_TOKENS * CHUNKS }, (_, at) => 1_000 * answer + at);

/** Tensors by answer: authors of the same answer share its bytes. */
const tensors = new Map<number, Uint8Array>();

const tensorOf = (answer: number): Uint8Array => {
  const known = tensors.get(answer);
  if (known !== undefined) return known;
  const numbers = new Float32Array((CHUNKS * CHUNK_BYTES) / 4).fill(1 + answer);
  const made = new Uint8Array(numbers.buffer);
  tensors.set(answer, made);
  return made;
};

/** Bytes that a defendant publishes where its output is text. */
export const textOf = (answer: number): Uint8Array => encodeTokens(tokensOf(answer));

const committed = new Map<string, CommittedOutput>();

/**
 * Both trees of an author over the answer of a number. Of a teacher-forced comparator a seat
 * answers on the tokens of several, one after the other.
 */
export const outputOf = (
  { comparator }: ProfileSpecification,
  author: string,
  answers: readonly number[],
): CommittedOutput => {
  const key = [comparator.type, author, ...answers].join(' ');
  const known = committed.get(key);
  if (known !== undefined) return known;
  const tokens = answers.flatMap(tokensOf);
  const output = isTeacherForced(comparator) ? encodeTokens(tokens) : tensorOf(answers[0] ?? 0);
  const position = (at: number) => [{ token: tokens[at] ?? 0, negativeMicros: 1 }];
  const evidence = Array.from({ length: CHUNKS * answers.length }, (_, chunk) =>
    encodeLogprobs([position(2 * chunk), position(2 * chunk + 1)]),
  );
  const made = commitOutput({
    author,
    comparator,
    output,
    chunkBytes: CHUNK_BYTES,
    ...(isTeacherForced(comparator) ? { evidence } : {}),
  });
  committed.set(key, made);
  return made;
};
