import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hash, u32be } from '../../../src/codec/index.ts';
import { drawPanel, drawSeat, MAX_EXCLUDED_DRAWN } from '../../../src/machines/selection/index.ts';
import { pointAt, without, type Member } from '../../../src/machines/selection/index.ts';
import { address, linesArbitrary, naiveDraw, populationOfLines, type Line } from './support.ts';

const SEED = 5_117;
const seedOf = (number: number): string => hash('aivm/test-seed/1', u32be(number));
const owners = fc.uniqueArray(fc.nat(12).map(address), { maxLength: 6 });
const line = (owner: number, provider: number, weight: bigint): Line => ({
  owner: address(owner),
  provider: address(100 + provider),
  weight,
});
const nameOf = (member: Member | Line | undefined) => member && [member.owner, member.provider];

/** Members of `count` points each at every point that is left: the exact probabilities. */
const pointsOf = (lines: readonly Line[], excluded: readonly string[] = []) => {
  const population = populationOfLines(lines);
  const left = without(population, excluded);
  const points = new Map<string, bigint>();
  for (let index = 0n; index < left.total; index++) {
    const { provider } = population.memberAt(pointAt(left, index));
    points.set(provider, (points.get(provider) ?? 0n) + 1n);
  }
  return points;
};

describe('a draw', () => {
  test('is that of a naive walk over a list (I24)', () => {
    fc.assert(
      fc.property(linesArbitrary(), owners, fc.nat(), fc.nat(255), (lines, excluded, n, seat) => {
        const draw = { seed: seedOf(n), seat, attempt: n % 3 };
        const population = populationOfLines(lines);
        const member = drawSeat({ ...draw, population, excludedOwners: excluded });
        expect(nameOf(member)).toEqual(nameOf(naiveDraw(lines, new Set(excluded), draw)));
      }),
      { seed: SEED, numRuns: 400 },
    );
  });

  test('goes on without payers, as if they had been left out from the start', () => {
    fc.assert(
      fc.property(linesArbitrary(), owners, owners, fc.nat(), (lines, excluded, payers, n) => {
        const draw = { seed: seedOf(n), seat: 1, attempt: 0 };
        const isExcluded = ({ owner }: { readonly owner: string }) => payers.includes(owner);
        const population = populationOfLines(lines);
        const member = drawSeat({ ...draw, population, excludedOwners: excluded, isExcluded });
        const naive = naiveDraw(lines, new Set(excluded), draw, isExcluded);
        expect(nameOf(member)).toEqual(nameOf(naive));
        expect(member === undefined || !payers.includes(member.owner)).toBe(true);
      }),
      { seed: SEED, numRuns: 400 },
    );
  });

  test('gives a member exactly its weight of points, with and without others', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(4), fc.bigInt(1n, 9n)), { minLength: 1, maxLength: 12 }),
        fc.subarray([0, 1, 2, 3].map(address)),
        (weights, excluded) => {
          const lines = weights.map(([owner, weight], index) => line(owner, index, weight));
          const left = lines.filter(({ owner }) => !excluded.includes(owner));
          const expected = new Map(left.map(({ provider, weight }) => [provider, weight]));
          expect(pointsOf(lines, excluded)).toEqual(expected);
        },
      ),
      { seed: SEED, numRuns: 200 },
    );
  });

  test('stops after so many payers and leaves the seat empty', () => {
    const lines = Array.from({ length: 100 }, (_, index) => line(index, index, 1n));
    const asked: string[] = [];
    const member = drawSeat({
      population: populationOfLines(lines),
      excludedOwners: [],
      seed: seedOf(1),
      seat: 0,
      attempt: 0,
      isExcluded: ({ owner }) => asked.push(owner) > 0,
    });
    expect(member).toBeUndefined();
    expect(new Set(asked).size).toBe(MAX_EXCLUDED_DRAWN + 1);
    expect(asked).toHaveLength(MAX_EXCLUDED_DRAWN + 1);
  });

  test('splitting stake over ids or owners changes no probability (I27)', () => {
    const rest = [line(1, 1, 300n), line(2, 2, 400n)];
    const part = (lines: readonly Line[]) => {
      const points = pointsOf([...rest, ...lines]);
      return lines.reduce((sum, { provider }) => sum + (points.get(provider) ?? 0n), 0n);
    };
    const split = (owner: (index: number) => number) =>
      Array.from({ length: 10 }, (_, index) => line(owner(index), 10 + index, 30n));
    expect(part([line(3, 3, 300n)])).toBe(300n);
    expect(part(split(() => 3))).toBe(300n);
    expect(part(split((index) => 30 + index))).toBe(300n);
  });

  test('frequencies match stake (I26, χ² at a fixed seed)', () => {
    const lines = Array.from({ length: 20 }, (_, index) =>
      line(index % 7, index, BigInt(10 + index * index)),
    );
    const population = populationOfLines(lines);
    const draws = 20_000;
    const counts = new Map<string, number>();
    for (let number = 0; number < draws; number++) {
      const draw = { population, excludedOwners: [], seed: seedOf(number), seat: 0, attempt: 0 };
      const provider = drawSeat(draw)?.provider ?? '';
      counts.set(provider, (counts.get(provider) ?? 0) + 1);
    }
    const total = Number(population.total);
    const chi2 = lines.reduce((sum, { provider, weight }) => {
      const expected = (draws * Number(weight)) / total;
      return sum + ((counts.get(provider) ?? 0) - expected) ** 2 / expected;
    }, 0);
    // 19 degrees of freedom: P(χ² > 64.4) = 10⁻⁶, P(χ² < 2.0) = 10⁻⁶.
    expect(chi2).toBeLessThan(64.4);
    expect(chi2).toBeGreaterThan(2.0);
  });
});

describe('a panel', () => {
  const terms = { ownersMultiple: 1, stakeShareBps: 0 };

  test('has one seat per owner, nobody excluded, and each seat as drawn alone (I22)', () => {
    fc.assert(
      fc.property(
        linesArbitrary(),
        owners,
        fc.nat(),
        fc.integer({ min: 1, max: 7 }),
        (...given) => {
          const [lines, excluded, n, seats] = given;
          const population = populationOfLines(lines);
          const seed = seedOf(n);
          const panel = drawPanel({ population, excludedOwners: excluded, seed, seats, ...terms });
          const eligible = new Set(lines.map(({ owner }) => owner)).difference(new Set(excluded));
          expect(panel.ok).toBe(eligible.size >= seats);
          if (!panel.ok) return;
          const drawn = new Set(excluded);
          panel.value.forEach((member, seat) => {
            expect(drawn.has(member.owner)).toBe(false);
            expect(nameOf(member)).toEqual(
              nameOf(naiveDraw(lines, drawn, { seed, seat, attempt: 0 })),
            );
            drawn.add(member.owner);
          });
        },
      ),
      { seed: SEED, numRuns: 300 },
    );
  });

  const nine = Array.from({ length: 9 }, (_, index) => line(index, index, 100n));
  const panelOf = (lines: readonly Line[], excluded: readonly number[], payers: number[] = []) =>
    drawPanel({
      population: populationOfLines(lines),
      excludedOwners: excluded.map(address),
      seed: seedOf(3),
      seats: 3,
      ownersMultiple: 3,
      stakeShareBps: 5_000,
      isExcluded: ({ owner }) => payers.map(address).includes(owner),
    });
  const reasonOf = (panel: ReturnType<typeof panelOf>) => (panel.ok ? undefined : panel.failure);

  test('sits only while there are three owners for each seat (I29)', () => {
    expect(panelOf(nine, []).ok).toBe(true);
    expect(reasonOf(panelOf(nine, [4]))).toMatchObject({
      code: 'panel-too-few-owners',
      details: { eligible: '8', needed: '9' },
    });
    // Owners who are not in the set, or named twice, are no loss.
    const ten = [...nine, line(9, 9, 100n)];
    expect(panelOf(ten, [4, 4, 77]).ok).toBe(true);
  });

  test('sits only while half of the stake is eligible (I29)', () => {
    const withWhale = (weight: bigint) => [...nine, line(50, 50, weight)];
    expect(panelOf(withWhale(900n), [50]).ok).toBe(true);
    expect(reasonOf(panelOf(withWhale(901n), [50]))).toMatchObject({
      code: 'panel-too-little-stake',
      details: { eligibleNlux: '900', ofNlux: '1801' },
    });
  });

  test('does not sit if the payers it finds leave too few', () => {
    const everyone = nine.map((_, index) => index);
    expect(panelOf(nine, [], everyone).ok).toBe(false);
    const whale = [...nine, line(50, 50, 10n ** 12n)];
    expect(reasonOf(panelOf(whale, [], [50]))?.code).toBe('panel-too-little-stake');
  });

  test('of an empty set does not sit', () => {
    expect(reasonOf(panelOf([], []))?.code).toBe('panel-too-few-owners');
  });
});
