import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Member, Population } from '../../../../src/machines/selection/index.ts';
import { exact } from '../../../../src/simulation/closed-forms/index.ts';
import {
  equalCrowd,
  placeOf,
  stakedPopulation,
  unboundedCrowd,
} from '../../../../src/simulation/panels/index.ts';

/** What selection asks of a population: members side by side, found by point and by owner. */
const expectConsistent = (population: Population, point: bigint): Member => {
  const member = population.memberAt(point);
  expect(member.ownerFrom <= point && point < member.ownerFrom + member.ownerWeight).toBe(true);
  expect(population.intervalOf(member.owner)).toEqual({
    from: member.ownerFrom,
    weight: member.ownerWeight,
  });
  return member;
};

describe('virtual populations', () => {
  test('unboundedly many have a point each', () => {
    const { population } = unboundedCrowd({ colluding: exact(0.2) });
    fc.assert(
      fc.property(fc.bigInt(0n, population.total - 1n), (point) => {
        expect(expectConsistent(population, point).weight).toBe(1n);
      }),
      { seed: 31, numRuns: 200 },
    );
  });

  test('roles take their shares of the points', () => {
    const { population, roleOf } = unboundedCrowd({ colluding: exact('1/4'), mute: exact('1/4') });
    const quarter = population.total / 4n;
    const roleAt = (point: bigint) => roleOf(population.memberAt(point));
    expect(roleAt(0n)).toBe('colluding');
    expect(roleAt(quarter - 1n)).toBe('colluding');
    expect(roleAt(quarter)).toBe('mute');
    expect(roleAt(2n * quarter - 1n)).toBe('mute');
    expect(roleAt(2n * quarter)).toBe('honest');
    expect(roleAt(population.total - 1n)).toBe('honest');
  });

  test('of N equal stakes the first collude', () => {
    const { population, roleOf } = equalCrowd(10, 3);
    const roles = Array.from({ length: 10 }, (_, point) =>
      roleOf(expectConsistent(population, BigInt(point))),
    );
    expect(roles.filter((role) => role === 'colluding')).toHaveLength(3);
    expect(population.total).toBe(10n);
    expect(population.owners).toBe(10);
    expect(population.intervalOf('ff')).toBeUndefined();
  });

  test('given stakes have as many points each', () => {
    const stakes = fc.array(fc.bigInt(1n, 20n), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(stakes, (given) => {
        const population = stakedPopulation(given);
        const counts = given.map(() => 0n);
        for (let point = 0n; point < population.total; point++) {
          const place = placeOf(expectConsistent(population, point));
          counts[place] = (counts[place] ?? 0n) + 1n;
        }
        expect(counts).toEqual(given);
      }),
      { seed: 32, numRuns: 100 },
    );
    expect(stakedPopulation([5n]).intervalOf('1')).toBeUndefined();
  });

  test('who has no stake has no point', () => {
    const population = stakedPopulation([0n, 3n, 0n, 2n]);
    const places = [0n, 1n, 2n, 3n, 4n].map((point) => placeOf(population.memberAt(point)));
    expect(places).toEqual([1, 1, 1, 3, 3]);
  });
});
