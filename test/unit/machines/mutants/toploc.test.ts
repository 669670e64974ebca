import { describe, expect, test } from 'vitest';
import { toplocPairs, toplocProof } from '../../../../src/machines/comparators/index.ts';
import { MAX_TOP_K } from '../../../../src/machines/comparators/limits.ts';
import {
  INFINITELY_FAR,
  windowDistance,
} from '../../../../src/machines/comparators/toploc/distance.ts';
import { arePairs, proofDistance } from '../../../../src/machines/comparators/toploc/evidence.ts';
import { injectiveModulus } from '../../../../src/machines/comparators/toploc/modulus.ts';
import {
  encodePairs,
  isSorted,
  topPairs,
  type Pairs,
} from '../../../../src/machines/comparators/toploc/pairs.ts';
import {
  encodeProof,
  polynomialThrough,
} from '../../../../src/machines/comparators/toploc/polynomial.ts';

// PROTOCOL §7, pins of `toploc`: the order of pairs, the search for a modulus, bits of a bf16.

const pairs = (...all: readonly (readonly [index: number, value: number])[]): Pairs => ({
  indices: Uint32Array.from(all, ([index]) => index),
  values: Uint16Array.from(all, ([, value]) => value),
});

describe('the pairs of a window', () => {
  test('are in the order of their magnitudes, and equal ones of their indices', () => {
    expect(isSorted(pairs([5, 0x8009], [3, 8], [4, 0x8008]))).toBe(true);
    expect(isSorted(pairs([3, 8], [5, 9]))).toBe(false);
    expect(isSorted(pairs([5, 7], [3, 7]))).toBe(false);
    expect(isSorted(pairs([5, 7], [5, 7]))).toBe(false);
  });

  test('are those of the largest magnitudes, one of one as well', () => {
    expect(topPairs(Uint16Array.of(3, 9, 4), 1)).toEqual(pairs([1, 9]));
    expect(topPairs(Uint16Array.of(3, 0x8009, 9, 4), 3)).toEqual(
      pairs([1, 0x8009], [2, 9], [3, 4]),
    );
  });

  test('are as many as are asked for, of numbers that are none as well', () => {
    const activations = Uint16Array.of(0x7fff, 0x7fff, 0x7fff, 5, 4);
    expect([...topPairs(activations, 5).values]).toEqual([...activations]);
  });

  test('are sorted in every window of a chunk, and not in some', () => {
    const good = encodePairs(pairs([1, 9], [2, 8]));
    const bad = encodePairs(pairs([1, 8], [2, 9]));
    expect(arePairs(Uint8Array.of(...good, ...good), 2)).toBe(true);
    expect(arePairs(Uint8Array.of(...good, ...bad), 2)).toBe(false);
    expect(arePairs(Uint8Array.of(...bad, ...good), 2)).toBe(false);
  });
});

/** Indices that differ by every modulus from 65497 down to the last of those that are tried. */
const colliding = [
  ...Array.from({ length: 16 }, (_, at) => at),
  ...Array.from({ length: 16 }, (_, at) => 65_257 + 16 * at),
];

describe('the modulus of a proof', () => {
  test('is the 256th at the latest', () => {
    // Index 0 collides with m under m: these refuse all moduli from 65497 to 65243.
    const first = Array.from({ length: 255 }, (_, at) => 65_497 - at);
    expect(injectiveModulus(Uint32Array.of(0, ...first))).toBe(65_242);
    expect(injectiveModulus(Uint32Array.of(0, ...first, 65_242))).toBeUndefined();
  });

  test('is none where all collide, and then there is no proof', () => {
    expect(injectiveModulus(Uint32Array.from(colliding))).toBeUndefined();
    expect(polynomialThrough(pairs(...colliding.map((at) => [at, 1] as const)))).toBeUndefined();
    const activations = new Uint16Array(65_498);
    for (const at of colliding) activations[at] = 1;
    expect(toplocProof(activations, colliding.length)).toMatchObject({
      ok: false,
      failure: { code: 'comparators/no-injective-modulus' },
    });
  });
});

test('evidence is of 1 to 128 activations', () => {
  const activations = Uint16Array.from({ length: MAX_TOP_K + 1 }, (_, at) => at);
  const isMade = (topK: number) => toplocPairs(activations, topK).ok;
  expect([0, 1, 128, 129, 1.5].map(isMade)).toEqual([false, true, true, false, false]);
});

describe('a proof and what a seat found', () => {
  const claiming = (value: number) => ({ modulus: 65_497, coefficients: Uint16Array.of(value) });
  const apart = (claimed: number, found: number) =>
    windowDistance(claiming(claimed), pairs([1, found]));

  test('differ in the mantissa by its seven bits, and in the exponent by the eight above', () => {
    expect(apart(0x40, 0)).toEqual({ exponents: 0n, meanMilli: 64_000n, medianMilli: 64_000n });
    expect(apart(0x7f, 0).meanMilli).toBe(127_000n);
    expect(apart(0x80, 0)).toEqual(INFINITELY_FAR);
    expect(apart(0x4000, 0)).toEqual(INFINITELY_FAR);
    // The sign is not looked at.
    expect(apart(0x8001, 1).meanMilli).toBe(0n);
  });

  test('are infinitely far where there are more of one, or the proof is none', () => {
    const proof = encodeProof(claiming(7));
    const found = encodePairs(pairs([1, 7]));
    expect(proofDistance(1, proof, found).exponents).toBe(0n);
    expect(proofDistance(1, Uint8Array.of(...proof, ...proof), found)).toEqual(INFINITELY_FAR);
    expect(proofDistance(1, proof, Uint8Array.of(...found, ...found))).toEqual(INFINITELY_FAR);
    expect(proofDistance(1, new Uint8Array(proof.length), found)).toEqual(INFINITELY_FAR);
  });
});
