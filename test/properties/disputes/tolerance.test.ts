import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expected, outcome, played, SCALES, schedule, small } from './small.ts';

const FIXED = { seed: 20_261_123, numRuns: 12 };

describe.each(SCALES)('%s', (_, scale) => {
  it('chunks opened in any order lead to the same marks, verdicts and balances (I47)', () => {
    fc.assert(
      fc.property(small, schedule, (of, opened) => {
        const inOrder = { ...opened, ranks: [] };
        expect(outcome(played(scale, of, opened))).toEqual(outcome(played(scale, of, inOrder)));
      }),
      FIXED,
    );
  });

  it('findings follow PROTOCOL §6.2 and §7 by hand, whoever gave which output (I17)', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(small, fc.boolean(), (of, isSwapped) => {
        const { first, second } = of;
        const parties = isSwapped ? { first: second, second: first } : { first, second };
        const findings = played(scale, { ...of, ...parties }).findings;
        for (const finding of findings) seen.add(finding);
        expect(isSwapped ? findings.toReversed() : findings).toEqual(expected(of));
      }),
      { ...FIXED, numRuns: 24 },
    );
    expect([...seen].toSorted()).toEqual(['faulty', 'undecided', 'valid']);
  });
});
