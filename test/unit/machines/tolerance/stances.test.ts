import { describe, expect, it } from 'vitest';
import { LADDER, LUX, SHORT } from '../../../support/parameters.ts';
import { SCALES } from '../../../support/scales.ts';
import { flat, marketOf } from '../../../support/tolerance.ts';

// Honest outputs differ; how far decides (PROTOCOL §6.2, §7). Levels: see `Scale`.

const scales = SCALES.map((scale) => [scale.comparator.type, scale] as const);

describe.each(scales)('%s: one seat', (_, scale) => {
  it("near both finds both valid, and takes nobody's stake (I10, I16)", () => {
    const market = marketOf(scale);
    const id = market.pairOf(flat(0), flat(2));
    market.playPanel(id, [flat(1)]);
    expect(market.verdicts(id)).toEqual(['valid', 'valid']);
    expect([market.lostBy('p0'), market.lostBy('p1')]).toEqual([0n, 0n]);
    expect(market.context(id).settlement?.burnedNlux).toBe(0n);
  });

  it('near one and far from the other finds that one faulty, who is slashed', () => {
    const market = marketOf(scale);
    const id = market.pairOf(flat(0), flat(6));
    market.playPanel(id, [flat(1)]);
    expect(market.verdicts(id)).toEqual(['valid', 'faulty']);
    expect([market.lostBy('p0'), market.lostBy('p1')]).toEqual([0n, 5n * LUX]);
  });

  it('finds the same whoever is named first (I17)', () => {
    const market = marketOf(scale);
    const id = market.pairOf(flat(6), flat(0));
    market.playPanel(id, [flat(1)]);
    expect(market.verdicts(id)).toEqual(['faulty', 'valid']);
  });

  it('far from both alone decides nothing', () => {
    const market = marketOf(scale);
    const id = market.pairOf(flat(0), flat(1));
    market.playPanel(id, [flat(7)]);
    expect(market.stances(id, 'p0')).toEqual(['rejects']);
    expect(market.verdicts(id)).toEqual(['void', 'void']);
  });

  it('between the thresholds of both abstains', () => {
    const market = marketOf(scale, SHORT);
    const id = market.pairOf(flat(0), flat(4));
    market.playPanel(id, [flat(2)]);
    expect([market.stances(id, 'p0'), market.stances(id, 'p1')]).toEqual([
      ['abstains'],
      ['abstains'],
    ]);
    expect(market.verdicts(id)).toEqual(['void', 'void']);
    expect([market.lostBy('p0'), market.lostBy('p1')]).toEqual([0n, 0n]);
  });
});

describe.each(scales)('%s: the ladder', (_, scale) => {
  it('goes on while seats abstain, and ends void (PROTOCOL §6, 7)', () => {
    const market = marketOf(scale, LADDER);
    const id = market.pairOf(flat(0), flat(4));
    for (const seats of [1, 3, 7]) {
      market.playPanel(
        id,
        Array.from({ length: seats }, () => flat(2)),
      );
    }
    expect(market.context(id).ending).toBe('lastPanel');
    expect(market.verdicts(id)).toEqual(['void', 'void']);
    for (const name of market.providers) expect(market.lostBy(name)).toBe(0n);
  });

  it('three seats near one convict the other, which one seat had left undecided', () => {
    const market = marketOf(scale, LADDER);
    const id = market.pairOf(flat(0), flat(6));
    market.playPanel(id, [flat(3)]);
    expect(market.findings(id)).toEqual(['undecided', 'undecided']);
    market.playPanel(id, [flat(0), flat(1), flat(1)]);
    market.accept(id);
    expect(market.verdicts(id)).toEqual(['valid', 'faulty']);
    expect(market.lostBy('p1')).toBe(10n * LUX);
    const inFirst = market.context(id).seats.find(({ round }) => round === 1);
    expect(inFirst?.state).toBe('answered');
  });

  it('convicts without penalizing the seat that lies in between the others (§6.3, I46b)', () => {
    const market = marketOf(scale, LADDER);
    const id = market.auditOf(flat(0));
    market.playPanel(id, [flat(5), flat(6), flat(8)]);
    market.accept(id);
    expect(market.verdicts(id)).toEqual(['faulty']);
    expect(market.providers.filter((name) => market.lostBy(name) > 0n)).toEqual(['p0']);
  });
});
