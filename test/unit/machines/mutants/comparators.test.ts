import { describe, expect, test } from 'vitest';
import {
  hasKnownShape,
  isTeacherForced,
  minFailOf,
  type Comparator,
} from '../../../../src/machines/comparators/index.ts';
import { elementBytes, outputChunkBytes } from '../../../../src/machines/comparators/shape.ts';
import {
  encodeTokens,
  hammingDistance,
  tokensIn,
} from '../../../../src/machines/comparators/tokens.ts';
import { FORCED, TOKENS, ULP } from './tolerant.ts';

// PROTOCOL §7: what each comparator reads, byte by byte.

const EXACT: Comparator = { type: 'exact' };

describe('the distance of two texts', () => {
  test('sees every byte of a token', () => {
    for (const byte of [0, 1, 2, 3]) {
      const other = Uint8Array.from([7, 7, 7, 7, 7, 7, 7, 7]);
      other[4 + byte] = 8;
      const same = Uint8Array.from([7, 7, 7, 7, 7, 7, 7, 7]);
      expect([hammingDistance(same, other), hammingDistance(other, same)]).toEqual([1, 1]);
    }
  });

  test('counts each token that only one has, whichever is longer', () => {
    const [long, short] = [encodeTokens([1, 2, 3, 4]), encodeTokens([1, 9])];
    expect([hammingDistance(long, short), hammingDistance(short, long)]).toEqual([3, 3]);
    expect([hammingDistance(long, long), hammingDistance(long, new Uint8Array())]).toEqual([0, 4]);
  });

  test('is of ids in four bytes, the lowest first', () => {
    expect([...encodeTokens([1, 0x0403_0201])]).toEqual([1, 0, 0, 0, 1, 2, 3, 4]);
    expect(tokensIn(new Uint8Array(11))).toBe(2);
  });
});

describe('the kinds of comparators', () => {
  const toploc = { ...FORCED, type: 'toploc' } as unknown as Comparator;

  test('are those that read on the text of others, and those of a length of their own', () => {
    expect([EXACT, TOKENS, ULP, FORCED, toploc].map(isTeacherForced)).toEqual([
      false,
      false,
      false,
      true,
      true,
    ]);
    expect([EXACT, TOKENS, ULP, FORCED, toploc].map(hasKnownShape)).toEqual([
      false,
      true,
      false,
      true,
      true,
    ]);
  });

  test('with equal outputs one failure is enough', () => {
    expect([EXACT, TOKENS].map(minFailOf)).toEqual([1, 2]);
  });

  test('cut outputs by their elements, and what is not read by the chunk', () => {
    const half: Comparator = { ...ULP, format: 'f16' } as Comparator;
    expect([EXACT, TOKENS, FORCED, ULP, half].map(elementBytes)).toEqual([1, 4, 4, 4, 2]);
    expect([EXACT, TOKENS, half].map(outputChunkBytes)).toEqual([16_384, 16, 8]);
  });
});
