import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  AssertionError,
  type ChunkOpening,
  MAX_CHUNK_BYTES,
  MAX_PROOF_LENGTH,
  evidenceTree,
  outputTree,
  splitChunks,
  toHex,
  verifyEvidenceChunk,
  verifyOutputChunk,
} from '../../../src/codec/index.ts';

const AUTHOR = 'a1'.repeat(20);
const OTHER = 'b2'.repeat(20);
const CHUNK_BYTES = 10;

const H = (tag: string, ...parts: readonly string[]): string =>
  createHash('sha256')
    .update(Buffer.from([tag.length]))
    .update(tag)
    .update(Buffer.from(parts.join(''), 'hex'))
    .digest('hex');
const be = (value: number, width: number): string => value.toString(16).padStart(2 * width, '0');

/** An output of so many chunks, the last one shorter. */
const outputOf = (count: number): Uint8Array =>
  Uint8Array.from({ length: count * CHUNK_BYTES - 3 }, (_, i) => (i * 7 + count) % 256);

/** The top by the sentence of PROTOCOL §2, recursively over text and not level by level. */
const topOf = (level: readonly string[]): string => {
  if (level.length === 1) return level[0] as string;
  const above: string[] = [];
  for (let i = 0; i < level.length; i += 2) {
    const [left, right] = [level[i] as string, level[i + 1]];
    above.push(right === undefined ? left : H('aivm/evidence-node/1', left, right));
  }
  return topOf(above);
};

const openingsOf = (count: number) => {
  const bytes = outputOf(count);
  const chunks = splitChunks(bytes, CHUNK_BYTES);
  const output = outputTree(chunks);
  const evidence = evidenceTree(AUTHOR, chunks);
  const open = (tree: typeof output, index: number): ChunkOpening => ({
    root: tree.root,
    count,
    bytes: BigInt(bytes.length),
    index,
    chunk: chunks[index] as Uint8Array,
    proof: tree.prove(index),
  });
  return { bytes, chunks, output, evidence, open };
};

describe('chunks', () => {
  test('an output is cut into chunks, the last one shorter', () => {
    const bytes = outputOf(3);
    expect(splitChunks(bytes, 10).map((chunk) => chunk.length)).toEqual([10, 10, 7]);
    expect(splitChunks(bytes.subarray(0, 20), 10)).toHaveLength(2);
    expect(splitChunks(bytes, MAX_CHUNK_BYTES)).toEqual([bytes]);
  });

  test('an empty output is one empty chunk', () => {
    const chunks = splitChunks(new Uint8Array(0), 10);
    expect(chunks).toEqual([new Uint8Array(0)]);
    const { root } = outputTree(chunks);
    const leaf = H('aivm/output-leaf/1', '00000000', '00000000');
    expect(root).toBe(H('aivm/evidence/1', be(1, 4), be(0, 8), leaf));
    const opening = { root, count: 1, bytes: 0n, index: 0, chunk: new Uint8Array(0), proof: [] };
    expect(verifyOutputChunk(opening)).toBe(true);
  });

  test('sizes outside the limits are assertions', () => {
    for (const size of [0, -1, 1.5, MAX_CHUNK_BYTES + 1]) {
      expect(() => splitChunks(new Uint8Array(1), size)).toThrow(AssertionError);
    }
    expect(() => outputTree([])).toThrow(AssertionError);
    expect(() => outputTree([new Uint8Array(MAX_CHUNK_BYTES + 1)])).toThrow(AssertionError);
    expect(() => evidenceTree('a1', [new Uint8Array(1)])).toThrow(AssertionError);
  });
});

describe.each(Array.from({ length: 40 }, (_, i) => i + 1))('%i chunks', (count) => {
  const { bytes, chunks, output, evidence, open } = openingsOf(count);

  test('the roots follow PROTOCOL §2', () => {
    const parts = chunks.map((chunk) => be(chunk.length, 4) + toHex(chunk));
    const outputTop = topOf(parts.map((part, i) => H('aivm/output-leaf/1', be(i, 4), part)));
    const evidenceTop = topOf(
      parts.map((part, i) => H('aivm/evidence-leaf/1', AUTHOR, be(i, 4), part)),
    );
    const rootOf = (top: string): string =>
      H('aivm/evidence/1', be(count, 4), be(bytes.length, 8), top);
    expect(output).toMatchObject({ top: outputTop, root: rootOf(outputTop), count });
    expect(evidence).toMatchObject({ top: evidenceTop, root: rootOf(evidenceTop) });
    expect(output.bytes).toBe(BigInt(bytes.length));
  });

  test('every chunk proves itself and nothing else', () => {
    for (let index = 0; index < count; index++) {
      const opening = open(output, index);
      expect(opening.proof.length).toBeLessThanOrEqual(MAX_PROOF_LENGTH);
      expect(verifyOutputChunk(opening), `chunk ${index}`).toBe(true);
      const claim = { ...open(evidence, index), author: AUTHOR };
      expect(verifyEvidenceChunk(claim), `evidence ${index}`).toBe(true);
      expect(verifyEvidenceChunk({ ...claim, author: OTHER })).toBe(false);
      expect(verifyOutputChunk(claim)).toBe(false);
      expect(verifyEvidenceChunk({ ...opening, author: AUTHOR })).toBe(false);
      for (const forged of forgeries(opening)) {
        expect(verifyOutputChunk(forged), JSON.stringify(forged.proof)).toBe(false);
      }
    }
  });
});

/** Every way to say something else about a chunk with the same root. */
function forgeries(opening: ChunkOpening): readonly ChunkOpening[] {
  const { count, bytes, index, chunk, proof } = opening;
  const flipped = Uint8Array.from(chunk);
  flipped[0] = (flipped[0] ?? 0) ^ 1;
  const otherNode = H('aivm/evidence-node/1', '00');
  return [
    { ...opening, chunk: flipped },
    { ...opening, chunk: chunk.subarray(1) },
    { ...opening, chunk: Uint8Array.of(...chunk, 0) },
    { ...opening, index: index + 1 },
    { ...opening, index: index - 1 },
    { ...opening, index: index + 2 ** 32 },
    { ...opening, count: count + 1 },
    { ...opening, count: count - 1 },
    { ...opening, bytes: bytes + 1n },
    { ...opening, bytes: bytes - 1n },
    { ...opening, proof: [...proof, otherNode] },
    { ...opening, proof: [otherNode, ...proof] },
    ...(proof.length > 0 ? [{ ...opening, proof: proof.slice(1) }] : []),
    ...proof.map((_, i) => ({ ...opening, proof: proof.with(i, otherNode) })),
    ...(proof.length > 1 ? [{ ...opening, proof: proof.toReversed() }] : []),
  ];
}

test('openings that are not well formed are refused, not asserted', () => {
  const { output, open } = openingsOf(3);
  const opening = open(output, 0);
  const bad: readonly Partial<ChunkOpening>[] = [
    { count: 0 },
    { count: 0.5 },
    { count: Number.NaN },
    { count: 2 ** 32 },
    { index: -1 },
    { index: 3 },
    { index: 0.5 },
    { bytes: -1n },
    { bytes: 1n << 64n },
    { chunk: new Uint8Array(MAX_CHUNK_BYTES + 1) },
    { proof: ['xyz', 'ab'] },
    { proof: opening.proof.map((node) => node.toUpperCase()) },
    { proof: Array.from({ length: MAX_PROOF_LENGTH + 1 }, () => opening.root) },
    { root: 'no root' },
  ];
  for (const part of bad) expect(verifyOutputChunk({ ...opening, ...part })).toBe(false);
});
