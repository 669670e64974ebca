import { describe, expect, test } from 'vitest';
import { MAINNET } from '../../../../src/genesis/presets/mainnet.ts';
import { atMost, rational } from '../../../../src/machines/parameters/rational.ts';
import type { Parameters } from '../../../../src/machines/parameters/record.ts';
import { checkRelations } from '../../../../src/machines/parameters/relations.ts';

// PROTOCOL §6.3, §9: sizes of panels, rates of slashes, and what pays for seats.

const broken = (
  dispute: Partial<Parameters['dispute']>,
  rest: Partial<Parameters> = {},
): readonly string[] =>
  checkRelations({ ...MAINNET, ...rest, dispute: { ...MAINNET.dispute, ...dispute } }).map(
    ({ relation, path }) => `${relation} ${path}`,
  );

describe('the panels of a ladder', () => {
  const shape = 'panels-odd-and-rising dispute.pairPanels';

  test.each([
    ['none', []],
    ['one of even size after one of odd size', [1, 4]],
    ['two of one size', [3, 3]],
    ['one that is smaller than the one before', [7, 3]],
  ])('may not be %s', (_, pairPanels) => {
    expect(broken({ pairPanels })).toContain(shape);
  });

  test('may rise by as little as two seats', () => {
    expect(broken({ pairPanels: [1, 3, 5] })).not.toContain(shape);
  });

  test('have each at most eleven seats, the last one too', () => {
    const tooLarge = 'panel-fits-transaction dispute.pairPanels';
    expect(broken({ pairPanels: [1, 13] })).toContain(tooLarge);
    expect(broken({ pairPanels: [12] })).toContain(tooLarge);
    expect(broken({ pairPanels: [1, 11] })).not.toContain(tooLarge);
  });

  test.each([
    ['panels-odd-and-rising', [4]],
    ['panel-fits-transaction', [13]],
    ['seats-fit-challenge', [3, 11]],
  ])('of audits meet %s, too', (relation, auditPanels) => {
    expect(broken({ auditPanels })).toContain(`${relation} dispute.auditPanels`);
    expect(broken({})).not.toContain(`${relation} dispute.auditPanels`);
  });
});

describe('the rates of wrong results', () => {
  const uncovered = 'rates-cover-ladders dispute.wrongResultBps';

  test('cover the panels of pairs, where these are more', () => {
    const names = broken({ wrongResultBps: [1_000, 2_000] });
    expect(names).toContain(uncovered);
    // The sizes are compared only where both ladders have their rates.
    expect(names).not.toContain('ladders-agree dispute.auditPanels');
  });

  test('cover the panels of audits, where these are more', () => {
    expect(broken({ pairPanels: [1], wrongResultBps: [2_000] })).toContain(uncovered);
    expect(broken({ pairPanels: [1], wrongResultBps: [1_000, 2_000] })).not.toContain(uncovered);
  });

  test('start above 0, at one basis point if need be', () => {
    const rise = 'rates-rise dispute.wrongResultBps';
    expect(broken({ wrongResultBps: [0, 1_000, 2_000] })).toContain(rise);
    expect(broken({ wrongResultBps: [] })).toContain(rise);
    expect(broken({ wrongResultBps: [1, 1_000, 2_000] })).not.toContain(rise);
  });

  test('have no top where there are none: silence may cost nothing then', () => {
    const names = broken({ wrongResultBps: [], unsubstantiatedBps: 0 });
    expect(names).not.toContain('unsubstantiated-worst dispute.unsubstantiatedBps');
  });
});

describe('exposure', () => {
  const tooMuch = 'exposure-deterred exposureBps';

  test('has no bound where every wrong result would be caught', () => {
    expect(broken({}, { auditRateBps: 20_000, exposureBps: 10_000 })).toEqual([
      'share-at-most-whole auditRateBps',
    ]);
  });

  test('has one where they are caught by audits that are drawn less often', () => {
    expect(broken({}, { exposureBps: 10_000 })).toContain(tooMuch);
  });

  test('may be as high as the bound itself', () => {
    expect(atMost(rational(1n, 2n), rational(2n, 4n))).toBe(true);
    expect(atMost(rational(3n, 4n), rational(2n, 4n))).toBe(false);
    expect(atMost(rational(1n, 4n), rational(2n, 4n))).toBe(true);
  });
});

describe('a bond', () => {
  test('pays half of an odd number of audit seats, rounded up', () => {
    const unpaid = 'bond-covers-ladder dispute.bondRerunFees';
    const ladder = { pairPanels: [1], auditPanels: [7] };
    expect(broken({ ...ladder, bondRerunFees: 3 })).toContain(unpaid);
    expect(broken({ ...ladder, bondRerunFees: 4 })).not.toContain(unpaid);
  });
});

describe('the penalty of a seat that does not reveal', () => {
  test('is above 0, and may be one basis point', () => {
    const free = 'withholding-costs-more dispute.noShowBps';
    expect(broken({ noShowBps: 0 })).toContain(free);
    expect(broken({ noShowBps: 1 })).not.toContain(free);
  });
});
