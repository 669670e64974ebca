import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  MAX_CHUNK_BYTES,
  concatBytes,
  evidenceTree,
  outputTree,
  splitChunks,
  verifyEvidenceChunk,
  verifyOutputChunk,
} from '../../../src/codec/index.ts';

const AUTHOR = '0a'.repeat(20);

test('chunks of any size prove themselves, and at no other index', () => {
  const output = fc.uint8Array({ maxLength: 300 });
  fc.assert(
    fc.property(
      output,
      fc.integer({ min: 1, max: 40 }),
      fc.nat(),
      fc.nat(),
      (bytes, size, i, j) => {
        const chunks = splitChunks(bytes, size);
        expect(concatBytes(...chunks)).toEqual(bytes);
        const count = chunks.length;
        const [index, other] = [i % count, j % count];
        const common = { count, bytes: BigInt(bytes.length), chunk: chunks[index] as Uint8Array };
        const tree = outputTree(chunks);
        const proof = tree.prove(index);
        const at = (where: number) => ({ ...common, root: tree.root, index: where, proof });
        expect(verifyOutputChunk(at(index))).toBe(true);
        expect(verifyOutputChunk(at(other))).toBe(other === index);
        const { root, prove } = evidenceTree(AUTHOR, chunks);
        const opening = { ...common, root, index, proof: prove(index), author: AUTHOR };
        expect(verifyEvidenceChunk(opening)).toBe(true);
        expect(root).not.toBe(tree.root);
      },
    ),
    { seed: 1, numRuns: 400 },
  );
});

test('two outputs have one root only if they are one output in the same chunks', () => {
  const output = fc.uint8Array({ maxLength: 60 });
  const size = fc.integer({ min: 1, max: 20 });
  fc.assert(
    fc.property(output, output, size, size, (a, b, m, n) => {
      const [left, right] = [splitChunks(a, m), splitChunks(b, n)];
      const same = JSON.stringify(left) === JSON.stringify(right);
      expect(outputTree(left).root === outputTree(right).root).toBe(same);
    }),
    { seed: 2, numRuns: 500 },
  );
});

test('the largest chunk is accepted', () => {
  const chunks = splitChunks(new Uint8Array(2 * MAX_CHUNK_BYTES + 1), MAX_CHUNK_BYTES);
  const tree = outputTree(chunks);
  const [chunk] = chunks as [Uint8Array];
  const { root, count, bytes } = tree;
  expect(verifyOutputChunk({ root, count, bytes, index: 0, chunk, proof: tree.prove(0) })).toBe(
    true,
  );
});
