import { describe, expect, test } from 'vitest';
import { exact } from '../../../../src/simulation/closed-forms/index.ts';
import { runSource, runSources } from '../../../../src/simulation/random/index.ts';

const stream = (seed = '1', key = 'work', run = 0, purpose = 'test') =>
  runSource(seed, key, run).stream(purpose);
const take = (from: ReturnType<typeof stream>) => Array.from({ length: 8 }, () => from.below(1000));

/** χ² of counts that should all be the same. */
const chiSquare = (counts: readonly number[]): number => {
  const expected = counts.reduce((a, b) => a + b, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
};

describe('streams', () => {
  test('are the same for the same seed, key, run and purpose', () => {
    expect(take(stream())).toEqual(take(stream()));
    expect(take(runSources('1', 'work')(0).stream('test'))).toEqual(take(stream()));
  });

  test('differ when any of these does', () => {
    const all = [
      stream(),
      stream('2'),
      stream('1', 'other'),
      stream('1', 'work', 1),
      stream('1', 'work', 0, 'other'),
      stream('1w', 'ork'),
    ];
    expect(new Set(all.map((each) => take(each).join(' '))).size).toBe(all.length);
  });

  test('one purpose does not disturb another', () => {
    const source = runSource('1', 'work', 0);
    const [a, b] = [source.stream('a'), source.stream('b')];
    take(a);
    expect(take(b)).toEqual(take(stream('1', 'work', 0, 'b')));
  });

  test('begin as they always began', () => {
    expect(stream().bytes32()).toBe(
      '3fa99e73e914bf488123e98dc5641da6e1ce58f1707e97e63b593f78a14749e6',
    );
  });

  test('give 32 bytes of a digest of their own', () => {
    const from = stream();
    const [first, second] = [from.bytes32(), from.bytes32()];
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(second).not.toBe(first);
  });
});

describe('draws', () => {
  test.each([2, 3, 7, 10, 100])('below %i are as likely as one another', (bound) => {
    const from = stream('7', `below ${bound}`);
    const counts = Array<number>(bound).fill(0);
    for (let draw = 0; draw < 20_000; draw++) {
      const value = from.below(bound);
      counts[value] = (counts[value] ?? 0) + 1;
    }
    // χ² of ν degrees is within ν + 4√(2ν) + 4.
    const degrees = bound - 1;
    expect(chiSquare(counts)).toBeLessThan(degrees + 4 * Math.sqrt(2 * degrees) + 4);
  });

  test('below a bigint that no power of two is a multiple of', () => {
    const from = stream('8', 'big');
    const bound = 3n * 2n ** 254n;
    const counts = [0, 0, 0];
    for (let draw = 0; draw < 3_000; draw++) {
      const value = from.below(bound);
      expect(value < bound).toBe(true);
      const third = Number(value / 2n ** 254n);
      counts[third] = (counts[third] ?? 0) + 1;
    }
    expect(chiSquare(counts)).toBeLessThan(2 + 8 + 4);
  });

  test.each(['0', '1/3', '0.05', '0.333333333333333333333333', '1'])('a chance of %s', (share) => {
    const from = stream('9', share);
    const n = 20_000;
    const hits = Array.from({ length: n }, () => from.chance(exact(share))).filter(Boolean).length;
    const p = share === '1/3' ? 1 / 3 : Number(share);
    expect(Math.abs(hits / n - p)).toBeLessThanOrEqual(4 * Math.sqrt((p * (1 - p)) / n));
  });

  test('roughly a chance', () => {
    const from = stream('10', 'roughly');
    const hits = Array.from({ length: 20_000 }, () => from.roughly(0.3)).filter(Boolean).length;
    expect(Math.abs(hits / 20_000 - 0.3)).toBeLessThan(4 * Math.sqrt(0.21 / 20_000));
    expect(from.roughly(0)).toBe(false);
    expect(from.roughly(1)).toBe(true);
  });

  test('a bound that is none is a programmer’s error', () => {
    expect(() => stream().below(0)).toThrow('48 bits');
    expect(() => stream().below(2 ** 49)).toThrow('48 bits');
    expect(() => stream().below(0n)).toThrow('above 0');
  });
});
