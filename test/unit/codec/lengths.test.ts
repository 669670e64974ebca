import { describe, expect, it } from 'vitest';
import {
  fromHex,
  MAX_CHUNK_BYTES,
  outputTree,
  utf8,
  verifyOutputChunk,
  verifyTreeShape,
} from '../../../src/codec/index.ts';
import { treeRoot } from '../../../src/codec/tree.ts';

/** A root binds a length, and its author could have bound a wrong one (PROTOCOL §2, §7). */

const chunk = utf8('all there is');
const { top } = outputTree([chunk]);
const claiming = (count: number, bytes: bigint) => ({
  root: treeRoot(count, bytes, fromHex(top)),
  count,
  bytes,
});

describe('the length that an output claims', () => {
  it('is that of its chunk where there is one', () => {
    const opened = (bytes: bigint) =>
      verifyOutputChunk({ ...claiming(1, bytes), index: 0, chunk, proof: [] });
    const length = BigInt(chunk.length);
    expect(opened(length)).toBe(true);
    for (const wrong of [length - 1n, length + 1n, BigInt(MAX_CHUNK_BYTES)]) {
      expect(opened(wrong)).toBe(false);
    }
  });

  it('is no more than its chunks can hold, however it is shown', () => {
    for (const count of [1, 2, 65_536]) {
      const most = BigInt(count) * BigInt(MAX_CHUNK_BYTES);
      expect(verifyTreeShape({ ...claiming(count, most), top })).toBe(true);
      expect(verifyTreeShape({ ...claiming(count, most + 1n), top })).toBe(false);
    }
  });
});
