import { describe, expect, it } from 'vitest';
import { LUX } from '../../../support/parameters.ts';
import { COSINE, RELATIVE, TOPLOC, TOKENS, ULP, type Scale } from '../../../support/scales.ts';
import { flat, marketOf, THREE, type ToleranceMarket } from '../../../support/tolerance.ts';

/**
 * Scales without anything in between: one step is near, two are far. A near B and B near C do not
 * make A near C, as comparators that are no metric allow (PROTOCOL §6.2, §7).
 */
const drifting = (at: number, level: number): Uint8Array => {
  const size = 1 + level * 0.9e-3;
  return new Uint8Array(
    Float32Array.from({ length: 8 }, (_, element) => (at + element + 1) * size).buffer,
  );
};

const STRICT: readonly Scale[] = [
  { ...RELATIVE, chunk: drifting },
  { ...ULP, comparator: { ...ULP.comparator, atolPico: 1n, hiUlps: 5 } },
  {
    ...TOPLOC,
    comparator: { ...TOPLOC.comparator, hiMeanMilli: 1_001, hiMedianMilli: 1_001 },
  },
];

const scales = STRICT.map((scale) => [scale.comparator.type, scale] as const);

/** A pair at two levels, judged by three seats at others. */
const judged = (scale: Scale, pair: readonly [number, number], seats: readonly number[]) => {
  const market = marketOf(scale, THREE);
  const id = market.pairOf(flat(pair[0]), flat(pair[1]));
  market.playPanel(
    id,
    seats.map((level) => flat(level)),
  );
  if (market.stateOf(id) === 'decided') market.accept(id);
  return { market, id, verdicts: market.verdicts(id) };
};

const losses = (market: ToleranceMarket): readonly string[] =>
  market.providers.filter((name) => market.lostBy(name) > 0n);

describe.each(scales)('%s: a ring', (_, scale) => {
  it('of A near every seat, every seat near B, and A far from B: both are valid', () => {
    const { market, verdicts } = judged(scale, [0, 2], [1, 1, 1]);
    expect(verdicts).toEqual(['valid', 'valid']);
    expect(losses(market)).toEqual([]);
  });

  it('of seats along the way from A to B upholds both by the majority near each', () => {
    const { market, id, verdicts } = judged(scale, [0, 2], [0, 1, 2]);
    expect(market.stances(id, 'p0')).toEqual(['supports', 'supports', 'rejects']);
    expect(market.stances(id, 'p1')).toEqual(['rejects', 'supports', 'supports']);
    expect(verdicts).toEqual(['valid', 'valid']);
  });

  it('of seats with a centre convicts who is far from all of them', () => {
    const { market, verdicts } = judged(scale, [0, 8], [3, 4, 5]);
    expect(verdicts).toEqual(['faulty', 'faulty']);
    expect([market.lostBy('p0'), market.lostBy('p1')]).toEqual([5n * LUX, 5n * LUX]);
    expect(losses(market)).toEqual(['p0', 'p1']);
  });

  it('of two seats that agree and one far from them convicts too; that one is penalized', () => {
    const apart = judged(scale, [0, 11], [3, 4, 7]);
    expect(apart.verdicts).toEqual(['faulty', 'faulty']);
    const [, , stray = ''] = apart.market
      .seats(apart.id)
      .map(({ provider }) => apart.market.nameOf(provider));
    expect(losses(apart.market)).toEqual(['p0', 'p1', stray].toSorted());
    expect(apart.market.lostBy(stray)).toBe(2n * LUX);
  });

  it('of seats that are all far from one another has no centre: nobody is slashed', () => {
    const { market, verdicts } = judged(scale, [0, 8], [2, 4, 6]);
    expect(verdicts).toEqual(['void', 'void']);
    expect(losses(market)).toEqual([]);
  });

  it('of seats near both in part decides neither', () => {
    const { market, verdicts } = judged(scale, [0, 4], [1, 2, 3]);
    expect(verdicts).toEqual(['void', 'void']);
    expect(losses(market)).toEqual([]);
  });
});

describe('a comparator that is a metric', () => {
  it.each([TOKENS, ULP, COSINE].map((scale) => [scale.comparator.type, scale] as const))(
    '%s has no ring: near to one and near to the next is not far (hi ≥ 2·lo)',
    (_, scale) => {
      const { market, id, verdicts } = judged(scale, [0, 2], [0, 1, 2]);
      expect(market.stances(id, 'p0')).toEqual(['supports', 'supports', 'abstains']);
      expect(verdicts).toEqual(['valid', 'valid']);
    },
  );
});

describe('relative between seats (PROTOCOL §7)', () => {
  it('measures by the numbers of the centre: near from one side, far from the other', () => {
    // Half of 1.9 is more than 1.9 − 1, half of 1 is less.
    const values = [1_000, 100_000, 1.9, 1];
    const scale: Scale = {
      ...RELATIVE,
      comparator: { ...RELATIVE.comparator, rtolPico: 5n * 10n ** 11n },
      chunk: (at, level) =>
        new Uint8Array(
          Float32Array.from({ length: 8 }, () => (at + 1) * (values[level] ?? 0)).buffer,
        ),
    };
    const { market, id, verdicts } = judged(scale, [0, 1], [2, 2, 3]);
    const lastSeat = 1 << 2;
    const apart = market.seats(id).map(({ apartFirst }) => apartFirst);
    expect(apart).toEqual([lastSeat, lastSeat, 0]);
    expect(verdicts).toEqual(['faulty', 'faulty']);
  });
});
