import { describe, expect, test } from 'vitest';
import { LOCAL } from '../../../src/genesis/presets/local.ts';
import { FILE, parse } from './support.ts';

/** PROTOCOL §2: how many nLUX a LUX is, is a constant of the genesis. */
describe('amounts in LUX', () => {
  test.each([
    [6, '250.5 LUX', 250_500_000n],
    [9, '250.5 LUX', 250_500_000_000n],
    [12, '250.5 LUX', 250_500_000_000_000n],
    [6, '250500000', 250_500_000n],
  ])(
    'with %d decimals, %s is %d nLUX, in parameters and allocations alike',
    (decimals, text, nlux) => {
      const address = `0x${'00'.repeat(19)}aa`;
      const file = {
        ...FILE,
        luxDecimals: decimals,
        allocations: { [address]: text },
        parameters: { preset: 'local', minimumStakeNlux: text },
      };
      const parsed = parse(file);
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.failure));
      expect(parsed.value.parameters.minimumStakeNlux).toBe(nlux);
      expect(parsed.value.allocations).toEqual([
        { address: '00'.repeat(19) + 'aa', amountNlux: nlux },
      ]);
      // What the file does not name is the preset's, in nLUX.
      expect(parsed.value.parameters.modelDepositNlux).toBe(LOCAL.modelDepositNlux);
    },
  );
});
