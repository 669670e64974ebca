import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { toHex } from '../../../src/codec/index.ts';
import {
  compareSeats,
  compareWithSeat,
  distanceOfSeats,
} from '../../../src/machines/comparators/index.ts';
import {
  distanceToSeat,
  encodeTokens,
  isWellFormed,
} from '../../../src/machines/comparators/index.ts';
import { toplocPairs, toplocProof } from '../../../src/machines/comparators/index.ts';
import { injectiveModulus } from '../../../src/machines/comparators/toploc/modulus.ts';
import { topPairs } from '../../../src/machines/comparators/toploc/pairs.ts';
import { polynomialThrough } from '../../../src/machines/comparators/toploc/polynomial.ts';
import { concat, shown, TOPLOC } from './support.ts';

const FAR = 2n ** 32n;
const TOKENS_OF_WINDOW = encodeTokens(Array.from({ length: 32 }, (_, at) => at));

const made = (result: ReturnType<typeof toplocProof>): Uint8Array => {
  if (!result.ok) throw new Error(result.failure.code);
  return result.value;
};
/** Chunks of one window over these activations, as a defendant and as a seat shows them. */
const proofOf = (activations: readonly number[], topK = 4) =>
  shown(TOKENS_OF_WINDOW, made(toplocProof(Uint16Array.from(activations), topK)));
const pairsOf = (activations: readonly number[], topK = 4) =>
  shown(TOKENS_OF_WINDOW, made(toplocPairs(Uint16Array.from(activations), topK)));

const VECTORS = new URL('../../../../shared/vectors/toploc.json', import.meta.url);

interface Case {
  readonly activation_bf16_hex: string;
  readonly topk: number;
  readonly modulus: number;
  readonly indices: readonly number[];
  readonly values_bf16: readonly number[];
  readonly coeffs: readonly number[];
  readonly proof_hex: string;
  readonly jitter_1_01: {
    readonly activation_bf16_hex: string;
    readonly exp_mismatches: number;
    readonly mant_err_mean: number;
    readonly mant_err_median_true: number;
  };
}

const hasVectors = existsSync(VECTORS);
const cases: readonly Case[] = hasVectors
  ? (JSON.parse(readFileSync(VECTORS, 'utf8')) as { cases: readonly Case[] }).cases
  : [];
/** Two bytes an element, big-endian, as the file writes them. */
const bf16 = (hex: string): number[] =>
  Array.from({ length: hex.length / 4 }, (_, at) => parseInt(hex.slice(4 * at, 4 * at + 4), 16));

describe.skipIf(!hasVectors)('the reference vectors (skipped without ../shared/vectors)', () => {
  test('are there', () => {
    expect(cases.length).toBeGreaterThan(4);
  });

  test.each(cases)('proof $proof_hex byte for byte', (vector) => {
    const activations = Uint16Array.from(bf16(vector.activation_bf16_hex));
    const pairs = topPairs(activations, vector.topk);
    expect([...pairs.indices]).toEqual(vector.indices);
    expect([...pairs.values]).toEqual(vector.values_bf16);
    const polynomial = polynomialThrough(pairs);
    expect(polynomial?.modulus).toBe(vector.modulus);
    expect([...(polynomial?.coefficients ?? [])]).toEqual(vector.coeffs);
    expect(toHex(made(toplocProof(activations, vector.topk)))).toBe(vector.proof_hex);
  });

  test.each(cases)('proof $proof_hex against activations jittered by 1.01', (vector) => {
    const c = { ...TOPLOC, topK: vector.topk, loMeanMilli: 2_000 };
    const proof = proofOf(bf16(vector.activation_bf16_hex), vector.topk);
    const { exp_mismatches, mant_err_mean, mant_err_median_true, activation_bf16_hex } =
      vector.jitter_1_01;
    const seat = pairsOf(bf16(activation_bf16_hex), vector.topk);
    const distance = [exp_mismatches, mant_err_mean * 1_000, mant_err_median_true * 1_000];
    expect(distanceToSeat(c, proof, seat)).toEqual(distance.map(BigInt));
    // A centre that had the original activations would have given the same proof.
    const centre = pairsOf(bf16(vector.activation_bf16_hex), vector.topk);
    expect(distanceOfSeats(c, seat, centre)).toEqual(distance.map(BigInt));
    expect(compareWithSeat(c, proof, seat)).toBe('near');
  });
});

describe('top activations', () => {
  test('are sorted by |v| descending, ties by index ascending, NaN above all', () => {
    const pairs = topPairs(Uint16Array.of(0x3f80, 0xc000, 0x4000, 0x7fc0, 0xbf80, 0), 5);
    expect([...pairs.indices]).toEqual([3, 1, 2, 0, 4]);
    expect([...topPairs(new Uint16Array(100), 3).indices]).toEqual([0, 1, 2]);
  });

  test('are refused where there are too few, or too many are asked for', () => {
    const code = (length: number, topK: number) => {
      const result = toplocProof(new Uint16Array(length), topK);
      return result.ok ? 'ok' : result.failure.code;
    };
    expect(code(3, 4)).toBe('comparators/too-few-activations');
    expect(code(4, 4)).toBe('ok');
    for (const topK of [0, 129, 1.5, -1]) expect(code(999, topK)).toBe('comparators/top-k-range');
    expect(toplocPairs(new Uint16Array(3), 4).ok).toBe(false);
  });
});

describe('the modulus', () => {
  test('is the largest up to 65497 under which indices stay distinct', () => {
    expect(injectiveModulus(Uint32Array.of(0, 1, 65_496))).toBe(65_497);
    expect(injectiveModulus(Uint32Array.of(0, 65_497))).toBe(65_496);
    expect(injectiveModulus(Uint32Array.of(0, 65_497, 65_496))).toBe(65_495);
  });

  test('is given up after a bounded number of tries: equal indices have none', () => {
    expect(injectiveModulus(Uint32Array.of(5, 5))).toBeUndefined();
  });

  test('keeps proofs of windows larger than the field verifiable', () => {
    const activations = Array<number>(70_000).fill(0);
    [3, 3 + 65_497, 60_000, 69_999].forEach((index, at) => {
      activations[index] = 0x4100 + at;
    });
    const proof = proofOf(activations);
    expect(new DataView(proof.evidence.buffer).getUint16(0)).toBe(65_496);
    expect(distanceToSeat(TOPLOC, proof, pairsOf(activations))).toEqual([0n, 0n, 0n]);
  });
});

describe('toploc', () => {
  const base = [0x4000, 0x4010, 0x4020, 0x4030, 0, 0];
  const proof = proofOf(base);

  test('counts exponents that differ and the mantissas of the others', () => {
    // Differences 1, 2 and 6; the fourth has another exponent.
    const seat = pairsOf([0x4001, 0x4012, 0x4026, 0x40b0, 0, 0]);
    expect(distanceToSeat(TOPLOC, proof, seat)).toEqual([1n, 3_000n, 2_000n]);
    expect(compareWithSeat(TOPLOC, proof, seat)).toBe('between');
  });

  test('rounds a mean up and states the median of an even count', () => {
    const seat = pairsOf([0x4001, 0x4012, 0x4020, 0x40b0, 0, 0]);
    expect(distanceToSeat(TOPLOC, proof, seat)).toEqual([1n, 1_000n, 1_000n]);
    const even = pairsOf([0x4000, 0x4010, 0x4021, 0x4031, 0, 0]);
    expect(distanceToSeat(TOPLOC, proof, even)).toEqual([0n, 500n, 500n]);
    const third = pairsOf([0x4000, 0x4010, 0x4021, 0x40b0, 0, 0]);
    expect(distanceToSeat(TOPLOC, proof, third)).toEqual([1n, 334n, 0n]);
  });

  test('no exponent in common is infinitely far', () => {
    const seat = pairsOf([0x4300, 0x4310, 0x4320, 0x4330, 0, 0]);
    expect(distanceToSeat(TOPLOC, proof, seat)).toEqual([FAR, FAR, FAR]);
    expect(compareWithSeat(TOPLOC, proof, seat)).toBe('far');
  });

  test('the farthest window of a chunk counts', () => {
    const output = encodeTokens(Array.from({ length: 40 }, () => 1));
    const both = { output, evidence: concat([proof.evidence, proof.evidence]) };
    const seat = pairsOf(base).evidence;
    const far = pairsOf([0x4300, 0x4310, 0x4320, 0x4330, 0, 0]).evidence;
    expect(isWellFormed(TOPLOC, 'defendant', both)).toBe(true);
    const at = (...windows: readonly Uint8Array[]) =>
      compareWithSeat(TOPLOC, both, { output, evidence: concat(windows) });
    expect(at(seat, seat)).toBe('near');
    expect(at(seat, far)).toBe('far');
    expect(at(far, seat)).toBe('far');
  });

  test('evidence on another number of tokens is far, even in as many windows', () => {
    const seat = { ...pairsOf(base), output: encodeTokens([1]) };
    expect(isWellFormed(TOPLOC, 'seat', seat)).toBe(true);
    expect(compareWithSeat(TOPLOC, proof, seat)).toBe('far');
    expect(compareSeats(TOPLOC, seat, pairsOf(base))).toBe('far');
  });

  test('token agreement counts beside it', () => {
    const c = { ...TOPLOC, agreement: { loTokens: 0, hiTokens: 1 } };
    const seat = { ...pairsOf(base), output: TOKENS_OF_WINDOW.with(0, 9).with(4, 9) };
    expect(distanceToSeat(c, proof, seat)).toEqual([0n, 0n, 0n, 2n]);
    expect(compareWithSeat(c, proof, seat)).toBe('far');
    expect(compareWithSeat(TOPLOC, proof, seat)).toBe('near');
  });
});

describe('what cannot be compared is refused', () => {
  const base = [0x4000, 0x4010, 0x4020, 0x4030, 0, 0];
  const { evidence: proof } = proofOf(base);
  const { evidence: pairs } = pairsOf(base);
  const word = (at: number, value: number) => {
    const changed = proof.slice();
    new DataView(changed.buffer).setUint16(at, value);
    return shown(TOKENS_OF_WINDOW, changed);
  };
  const defendant = (of: ReturnType<typeof shown>) => isWellFormed(TOPLOC, 'defendant', of);
  const seat = (of: ReturnType<typeof shown>) => isWellFormed(TOPLOC, 'seat', of);

  test('a modulus of 0, or one that no search gives', () => {
    expect(defendant(word(0, 65_497))).toBe(true);
    expect(defendant(word(0, 32_769))).toBe(true);
    for (const modulus of [0, 1, 32_768, 65_498, 65_535]) {
      expect(defendant(word(0, modulus)), String(modulus)).toBe(false);
    }
  });

  test('a coefficient outside of the field', () => {
    for (const at of [2, 4, 6, 8]) {
      expect(defendant(word(at, 65_496))).toBe(true);
      expect(defendant(word(at, 65_497))).toBe(false);
    }
  });

  test('pairs out of order, or of one index', () => {
    expect(seat(shown(TOKENS_OF_WINDOW, pairs))).toBe(true);
    const swapped = concat([pairs.subarray(6, 12), pairs.subarray(0, 6), pairs.subarray(12)]);
    expect(seat(shown(TOKENS_OF_WINDOW, swapped))).toBe(false);
    const repeated = pairs.slice();
    repeated.set(pairs.subarray(0, 4), 6);
    expect(seat(shown(TOKENS_OF_WINDOW, repeated))).toBe(false);
  });

  test('another number of windows than the tokens have', () => {
    expect(defendant(shown(encodeTokens([1]), proof))).toBe(true);
    expect(defendant(shown(new Uint8Array(), proof))).toBe(false);
    expect(defendant(shown(new Uint8Array(), new Uint8Array()))).toBe(true);
    expect(defendant(shown(new Uint8Array(132), proof))).toBe(false);
    expect(defendant(shown(TOKENS_OF_WINDOW, pairs))).toBe(false);
    expect(seat(shown(TOKENS_OF_WINDOW, proof))).toBe(false);
  });
});
