import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAmount, parseAmount } from '../../../src/cli/kit/amount.ts';
import { Stop } from '../../../src/cli/kit/stop.ts';

const LUX = 10n ** 9n;

describe('amounts that people write', () => {
  it.each([
    ['100 LUX', 100n * LUX],
    ['100LUX', 100n * LUX],
    ['0.5lux', LUX / 2n],
    ['0.000000001 Lux', 1n],
    [' 7 ', 7n],
    ['7 nLUX', 7n],
    ['0', 0n],
    ['340282366920938463463374607431768211455', 2n ** 128n - 1n],
  ])('%s', (text, nlux) => {
    expect(parseAmount(text)).toBe(nlux);
  });

  it.each([
    ['', 'nothing'],
    ['1.5', 'a fraction without a unit'],
    ['1.5 nLUX', 'a fraction of the smallest unit'],
    ['0.0000000001 LUX', 'more decimals than there are'],
    ['-1', 'a sign'],
    ['1e9', 'an exponent'],
    ['1,000 LUX', 'a separator, which differs by country'],
    ['1 BTC', 'another coin'],
    ['340282366920938463463374607431768211456', '2^128'],
    ['340282366920938463463374607431.768211456 LUX', '2^128 in LUX'],
    ['9'.repeat(10_000), 'far too many digits'],
  ])('refuses %j: %s', (text) => {
    expect(() => parseAmount(text)).toThrow(Stop);
  });

  it('shows LUX with thousands apart, exactly', () => {
    expect(formatAmount(1_234_567_500_000_000n)).toBe('1,234,567.5 LUX');
    expect(formatAmount(1n)).toBe('0.000000001 LUX');
    expect(formatAmount(12n, 0)).toBe('12 LUX');
  });

  it('reads back what it shows, separators aside', () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, 2n ** 128n - 1n),
        fc.integer({ min: 0, max: 18 }),
        (nlux, decimals) => {
          const text = formatAmount(nlux, decimals).replaceAll(',', '');
          expect(parseAmount(text, decimals)).toBe(nlux);
        },
      ),
      { seed: 7, numRuns: 300 },
    );
  });
});
