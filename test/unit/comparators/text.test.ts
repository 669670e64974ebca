import { describe, expect, test } from 'vitest';
import {
  compareSeats,
  compareWithSeat,
  distanceToSeat,
} from '../../../src/machines/comparators/index.ts';
import { encodeLogprobs, encodeTokens } from '../../../src/machines/comparators/index.ts';
import { isWellFormed, NOTHING_SHOWN } from '../../../src/machines/comparators/index.ts';
import { AGREEMENT, LOGPROBS, shown, TOKENS } from './support.ts';

const text = (...tokens: readonly number[]) => shown(encodeTokens(tokens));

describe('exact', () => {
  const c = { type: 'exact' } as const;
  test('equal bytes are near, all others far', () => {
    const a = shown(Uint8Array.of(1, 2));
    expect(compareWithSeat(c, a, shown(Uint8Array.of(1, 2)))).toBe('near');
    expect(compareWithSeat(c, a, shown(Uint8Array.of(1, 3)))).toBe('far');
    expect(compareSeats(c, a, shown(Uint8Array.of(1)))).toBe('far');
  });
});

describe('tokens', () => {
  const a = text(1, 2, 3, 4);

  test.each([
    [text(1, 2, 3, 4), 0n, 'near'],
    [text(1, 2, 9, 4), 1n, 'near'],
    [text(1, 2, 3), 1n, 'near'],
    [text(1, 2, 3, 4, 5, 6), 2n, 'between'],
    [text(9, 9, 9, 4), 3n, 'between'],
    [text(4, 1, 2, 3), 4n, 'far'],
    [text(1, 2, 3, 4 + 2 ** 24), 1n, 'near'],
  ] as const)(
    'Hamming distance of aligned ids, length difference counted: case %#',
    (b, d, near) => {
      expect(distanceToSeat(TOKENS, a, b)).toEqual([d]);
      expect(compareWithSeat(TOKENS, a, b)).toBe(near);
      expect(compareSeats(TOKENS, b, a)).toBe(near);
    },
  );

  test('a missing chunk differs in every token', () => {
    expect(distanceToSeat(TOKENS, NOTHING_SHOWN, a)).toEqual([4n]);
    expect(compareWithSeat(TOKENS, a, NOTHING_SHOWN)).toBe('far');
    expect(compareWithSeat(TOKENS, NOTHING_SHOWN, NOTHING_SHOWN)).toBe('near');
  });

  test('a chunk is whole tokens, at most chunkElements of them', () => {
    expect(isWellFormed(TOKENS, 'seat', text(1, 2, 3, 4, 5, 6, 7, 8))).toBe(true);
    expect(isWellFormed(TOKENS, 'seat', text(1, 2, 3, 4, 5, 6, 7, 8, 9))).toBe(false);
    expect(isWellFormed(TOKENS, 'defendant', shown(new Uint8Array(6)))).toBe(false);
    expect(isWellFormed(TOKENS, 'defendant', NOTHING_SHOWN)).toBe(true);
  });
});

describe('logprobs', () => {
  const entry = (token: number, negativeMicros: number) => ({ token, negativeMicros });
  const listed = (tokens: readonly number[], ...positions: Parameters<typeof encodeLogprobs>[0]) =>
    shown(encodeTokens(tokens), encodeLogprobs(positions));
  const a = listed([7, 8], [entry(7, 100), entry(8, 300)], [entry(8, 0), entry(1, 5_000_000)]);

  test('the mean of |a−b| ÷ (a+b) over the ids of both lists, 1 where only one names it', () => {
    const b = listed([7, 8], [entry(8, 300), entry(7, 300)], [entry(8, 0), entry(2, 1)]);
    // Position 1: 200/400 and 0; position 2: 0/0, and two ids that stand alone.
    expect(distanceToSeat(LOGPROBS, a, b)).toEqual([500_000n, 0n]);
    const c = listed([7, 8], [entry(7, 101), entry(8, 300)], [entry(8, 0), entry(1, 5_000_000)]);
    // 1/201 over four terms is 1243.78… ppm.
    expect(distanceToSeat(LOGPROBS, a, c)).toEqual([1_244n, 0n]);
  });

  test('compares exactly with a threshold on the boundary', () => {
    const on = listed([7, 8], [entry(7, 100), entry(8, 300)], [entry(8, 0), entry(1, 5_204_082)]);
    // 204082 / 10204082 = 0.0200000…: over four terms 5000.0… ppm.
    const [ppm] = distanceToSeat(LOGPROBS, a, on) as [bigint, bigint];
    expect(ppm).toBe(5_001n);
    const within = (loPpm: number) => compareWithSeat({ ...LOGPROBS, loPpm }, a, on);
    expect([within(5_000), within(5_001)]).toEqual(['between', 'near']);
  });

  test('tokens that the seat would not have chosen count by themselves', () => {
    const { evidence } = a;
    const seat = (...tokens: readonly number[]) => ({ output: encodeTokens(tokens), evidence });
    expect(distanceToSeat(LOGPROBS, a, seat(7, 9))).toEqual([0n, 1n]);
    expect(compareWithSeat(LOGPROBS, a, seat(7, 9))).toBe('near');
    expect(compareWithSeat(LOGPROBS, a, seat(9, 9))).toBe('between');
    const strict = { ...LOGPROBS, agreement: { ...AGREEMENT, hiTokens: 1 } };
    expect(compareWithSeat(strict, a, seat(9, 9))).toBe('far');
    const none = { ...LOGPROBS, agreement: undefined };
    expect(compareWithSeat(none, a, seat(9, 9))).toBe('near');
    expect(compareSeats(LOGPROBS, seat(9, 9), a)).toBe('between');
  });

  test('evidence about another number of tokens is far', () => {
    const shorter = listed([7], [entry(7, 100), entry(8, 300)]);
    expect(compareWithSeat(LOGPROBS, a, shorter)).toBe('far');
  });

  test('evidence has topK entries for each token, with distinct ids', () => {
    expect(isWellFormed(LOGPROBS, 'defendant', a)).toBe(true);
    expect(isWellFormed(LOGPROBS, 'seat', NOTHING_SHOWN)).toBe(true);
    const { output, evidence } = a;
    expect(isWellFormed(LOGPROBS, 'seat', { output, evidence: evidence.subarray(8) })).toBe(false);
    const twice = listed([7], [entry(7, 1), entry(7, 2)]);
    expect(isWellFormed(LOGPROBS, 'seat', twice)).toBe(false);
    const apart = listed([7, 8], [entry(7, 1), entry(8, 2)], [entry(7, 1), entry(8, 2)]);
    expect(isWellFormed(LOGPROBS, 'seat', apart)).toBe(true);
  });
});
