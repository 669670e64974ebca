import { describe, expect, test } from 'vitest';
import { MAINNET } from '../../../../src/genesis/presets/mainnet.ts';
import { drawHash } from '../../../../src/codec/index.ts';
import { exposureBound } from '../../../../src/machines/parameters/deterrence.ts';
import { drawPanel, drawSeat, whyNoPanel } from '../../../../src/machines/selection/index.ts';
import type { Member, Population } from '../../../../src/machines/selection/index.ts';

// PROTOCOL §6.1: draws over populations that a test can count by hand.

/** One member for each owner, side by side. */
const populationOf = (weights: readonly bigint[]): Population => {
  const members = weights.map((weight, index): Member => {
    const from = weights.slice(0, index).reduce((sum, each) => sum + each, 0n);
    return {
      owner: `o${index}`,
      provider: `p${index}`,
      weight,
      ownerFrom: from,
      ownerWeight: weight,
    };
  });
  const at = (point: bigint) =>
    members.find(({ ownerFrom, weight }) => point >= ownerFrom && point < ownerFrom + weight);
  return {
    total: weights.reduce((sum, each) => sum + each, 0n),
    owners: members.length,
    memberAt: (point) => at(point) ?? expect.fail(`no member at ${point}`),
    intervalOf: (owner) => {
      const found = members.find((member) => member.owner === owner);
      return found && { from: found.ownerFrom, weight: found.weight };
    },
  };
};

const hashed = (seed: string, counter: number): bigint =>
  BigInt(`0x${drawHash({ seed, seat: 0, attempt: 0, counter })}`);

const seeds = Array.from({ length: 40 }, (_, n) => n.toString(16).padStart(2, '0').repeat(32));

/** The point of the first draw of seat 0, over one member that has all points. */
const pointOf = (seed: string, total: bigint): bigint => {
  const drawn: bigint[] = [];
  const population = {
    ...populationOf([total]),
    memberAt: (point: bigint) => {
      drawn.push(point);
      return populationOf([total]).memberAt(point);
    },
  };
  drawSeat({ population, excludedOwners: [], seed, seat: 0, attempt: 0 });
  return drawn[0] ?? -1n;
};

describe('a uniform index below T', () => {
  test('is drawn again while the hash is at least ⌊2^256/T⌋·T', () => {
    const total = 2n ** 255n + 1n;
    let again = 0;
    for (const seed of seeds) {
      let counter = 0;
      while (hashed(seed, counter) >= total) counter += 1;
      again += counter;
      expect(pointOf(seed, total)).toBe(hashed(seed, counter));
    }
    expect(again).toBeGreaterThan(10);
  });

  test('is drawn again if the hash is just that bound', () => {
    const seed = seeds.find((each) => hashed(each, 0) > 2n ** 255n) ?? '';
    const total = hashed(seed, 0);
    let counter = 1;
    while (hashed(seed, counter) >= total) counter += 1;
    expect(pointOf(seed, total)).toBe(hashed(seed, counter));
    expect(pointOf(seed, total)).not.toBe(0n);
  });
});

describe('a draw that meets payers only', () => {
  test('asks nine of them, and no more', () => {
    const asked: string[] = [];
    const member = drawSeat({
      population: populationOf(Array.from({ length: 30 }, () => 1n)),
      excludedOwners: [],
      seed: seeds[0] ?? '',
      seat: 0,
      attempt: 0,
      isExcluded: ({ owner }) => asked.push(owner) > 0,
    });
    expect([member, asked.length]).toEqual([undefined, 9]);
  });
});

describe('a panel', () => {
  const terms = { seats: 1, ownersMultiple: 1, stakeShareBps: 5_000 };

  test('sits with half of the stake of the profile, and not with less', () => {
    const left = (weights: readonly bigint[]) => whyNoPanel(terms, populationOf(weights), ['o1']);
    expect(left([10_000n, 10_000n]).ok).toBe(true);
    expect(left([10_000n, 10_001n])).toMatchObject({
      failure: {
        code: 'panel-too-little-stake',
        details: { eligibleNlux: '10000', ofNlux: '20001' },
      },
    });
  });

  test('is refused before anybody is drawn, with what it needs', () => {
    let asked = 0;
    const refused = drawPanel({
      ...terms,
      seats: 3,
      ownersMultiple: 3,
      population: populationOf([1n]),
      excludedOwners: [],
      seed: seeds[0] ?? '',
      isExcluded: () => {
        asked += 1;
        return false;
      },
    });
    expect(refused).toMatchObject({ failure: { details: { eligible: '1', needed: '9' } } });
    expect(asked).toBe(0);
  });

  test('once it has met a payer, draws all later seats without it', () => {
    const population = populationOf([5n, 4n, 3n, 2n, 1n]);
    const isExcluded = ({ owner }: Member) => owner === 'o0';
    let met = 0;
    for (const seed of seeds) {
      const drawing = { population, seed, isExcluded };
      const asked: string[] = [];
      const first = drawSeat({
        ...drawing,
        isExcluded: (member) => {
          asked.push(member.owner);
          return isExcluded(member);
        },
        excludedOwners: [],
        seat: 0,
        attempt: 0,
      });
      if (!asked.includes('o0')) continue;
      met += 1;
      const excludedOwners = ['o0', first?.owner ?? ''];
      const second = drawSeat({ ...drawing, excludedOwners, seat: 1, attempt: 0 });
      const panel = drawPanel({ ...terms, ...drawing, seats: 2, excludedOwners: [] });
      expect(panel).toEqual({ ok: true, value: [first, second] });
    }
    expect(met).toBeGreaterThan(5);
  });
});

describe('the bound on exposure (PROTOCOL §6.3)', () => {
  test('is none where a wrong result is caught for certain, or more than that', () => {
    const bound = (auditRateBps: number) =>
      exposureBound({
        ...MAINNET,
        auditRateBps,
        dispute: { ...MAINNET.dispute, auditPanels: [1] },
      });
    // One seat convicts with 4/5: 12,500 bp of that are exactly one.
    expect([bound(12_500), bound(12_501)]).toEqual([undefined, undefined]);
    expect(bound(12_499)).toBeDefined();
  });
});
