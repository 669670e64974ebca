import { MAX_CHUNK_BYTES, splitChunks } from '../../codec/index.ts';
import { FLOAT_SHAPES } from './float.ts';
import { LOGPROB_BYTES, PAIR_BYTES, proofBytes, TOKEN_BYTES, windowsOf } from './limits.ts';
import type { Comparator, ComparatorOf } from './record.ts';

/** Who shows a chunk: teacher-forced comparators ask other evidence of each (PROTOCOL §7). */
export type Role = 'defendant' | 'seat';

/** One chunk of a party, as both of its trees hold it. */
export interface Shown {
  readonly output: Uint8Array;
  /** Empty where the evidence is the output itself (`evidenceIsOutput`). */
  readonly evidence: Uint8Array;
}

/** Of a missing chunk: a `tokens` output that ended before it. */
export const NOTHING_SHOWN: Shown = { output: new Uint8Array(), evidence: new Uint8Array() };

type TeacherForced = ComparatorOf<'logprobs' | 'toploc'>;

/** Does a seat run the model over the defendant's own tokens, and not over its own? */
export const isTeacherForced = (c: Comparator): c is TeacherForced =>
  c.type === 'logprobs' || c.type === 'toploc';

/**
 * Is the number of chunks of a defendant's output on chain before panels sit? It is text then, of a
 * length of its own. Teacher-forced seats need the whole of it, which is published (PROTOCOL §6,
 * 2); of `tokens` the shape of its tree is shown and no more, since there the output is the
 * evidence, which nobody may copy before the last commit window has ended (I32).
 */
export const hasKnownShape = (c: Comparator): c is TeacherForced | ComparatorOf<'tokens'> =>
  isTeacherForced(c) || c.type === 'tokens';

/** Is the evidence tree made of the output's own chunks? */
export const evidenceIsOutput = (c: Comparator): boolean => !isTeacherForced(c);

/** Drawn chunks beyond `hi` before a seat rejects; any one of them where outputs must be equal. */
export const minFailOf = (c: Comparator): number => (c.type === 'exact' ? 1 : c.minFail);

/** Bytes of an output element: a byte, a token id or a number of a tensor. */
export const elementBytes = (c: Comparator): number => {
  switch (c.type) {
    case 'exact':
      return 1;
    case 'tokens':
    case 'logprobs':
    case 'toploc':
      return TOKEN_BYTES;
    case 'ulp':
    case 'relative':
    case 'cosine':
      return FLOAT_SHAPES[c.format].width;
  }
};

/**
 * Bytes of every output chunk but the last. An output is the flat bytes of its elements,
 * little-endian; for `exact` the canonical encoding, which is cut without regard to what it holds.
 */
export const outputChunkBytes = (c: Comparator): number =>
  c.type === 'exact' ? MAX_CHUNK_BYTES : c.chunkElements * elementBytes(c);

/**
 * Bytes of evidence over so many tokens. `logprobs`: for each token `topK` entries of both roles.
 * `toploc`: for each 32 tokens a defendant's proof, or a seat's `topK` pairs.
 */
export const evidenceBytes = (c: TeacherForced, role: Role, tokens: number): number => {
  if (c.type === 'logprobs') return tokens * c.topK * LOGPROB_BYTES;
  return windowsOf(tokens) * (role === 'defendant' ? proofBytes(c.topK) : c.topK * PAIR_BYTES);
};

/** An output as its author cuts it; of a sound comparator. An empty one is one empty chunk. */
export const outputChunks = (c: Comparator, output: Uint8Array): Uint8Array[] =>
  splitChunks(output, outputChunkBytes(c));

/**
 * Evidence of a teacher-forced comparator, cut so that each chunk is about the tokens of the output
 * chunk of the same index.
 */
export const evidenceChunks = (c: TeacherForced, role: Role, evidence: Uint8Array): Uint8Array[] =>
  splitChunks(evidence, evidenceBytes(c, role, c.chunkElements));
