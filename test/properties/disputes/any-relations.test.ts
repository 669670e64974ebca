import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  judge,
  quorumToSlash,
  quorumToUphold,
  strayOf,
} from '../../../src/machines/challenge/verdict.ts';
import { asPanel, ordersOf, reordered, sevenSeats, smallPanels } from './relations.ts';
import { swapped, withSeat, type Relations } from './relations.ts';

const FIXED = { seed: 20_261_124, numRuns: 3_000 };

/**
 * Says where a rule is broken, or nothing: a quarter of a million panels are too many to expect.
 */
type Rule = (relations: Relations) => string | undefined;

/** Holds for every panel of one and three seats, and for random ones of seven. */
const holds = (rule: Rule): void => {
  let panels = 0;
  for (const relations of smallPanels()) {
    const broken = rule(relations);
    if (broken !== undefined) expect.fail(`${broken}: ${JSON.stringify(relations)}`);
    panels += 1;
  }
  expect(panels).toBe(10 + 10 ** 3 * 2 ** 6);
  fc.assert(
    fc.property(sevenSeats, (relations) => {
      expect(rule(relations)).toBeUndefined();
    }),
    FIXED,
  );
};

const seatsOf = ({ stances }: Relations): number => stances[0].length;
const verdictOf = (relations: Relations, defendant = 0) => judge(asPanel(relations), defendant);
const count = (relations: Relations, wanted: string, defendant: 0 | 1 = 0): number =>
  relations.stances[defendant].filter((stance) => stance === wanted).length;

describe('the verdict rule over any relations, metric or not (PROTOCOL §6.2)', () => {
  it('I17: naming the other defendant first swaps the verdicts', () => {
    holds((relations) => {
      const other = swapped(relations);
      return verdictOf(other, 1) === verdictOf(relations, 0) ? undefined : 'not symmetric';
    });
  });

  it('I17: the order of the seats is no matter, for verdicts and for strays', () => {
    const orders = new Map([1, 3].map((seats) => [seats, ordersOf(seats)]));
    const rotations = Array.from({ length: 7 }, (_, by) =>
      Array.from({ length: 7 }, (__, at) => (3 * at + by) % 7),
    );
    holds((relations) => {
      const strays = strayOf(asPanel(relations), 0);
      for (const order of orders.get(seatsOf(relations)) ?? rotations) {
        const moved = reordered(relations, order);
        if (verdictOf(moved) !== verdictOf(relations)) return `verdict in order ${order}`;
        const movedStrays = strayOf(asPanel(moved), 0).map((seat) => order[seat] ?? -1);
        const back = movedStrays.toSorted((a, b) => a - b);
        if (back.join() !== strays.join()) return `strays in order ${order}`;
      }
      return undefined;
    });
  });

  it('I19: emptying any seat never makes a slash', () => {
    holds((relations) => {
      if (verdictOf(relations) === 'faulty') return undefined;
      const emptied = relations.stances[0].findIndex(
        (_, seat) => verdictOf(withSeat(relations, seat, ['empty', 'empty'])) === 'faulty',
      );
      return emptied === -1 ? undefined : `seat ${emptied}`;
    });
  });

  it('I20: a seat that turns from supporting to rejecting never acquits', () => {
    holds((relations) => {
      if (verdictOf(relations) !== 'faulty') return undefined;
      for (const [seat, stance] of relations.stances[0].entries()) {
        if (stance !== 'supports') continue;
        for (const other of ['supports', 'rejects', 'abstains'] as const) {
          const turned = withSeat(relations, seat, ['rejects', other]);
          if (verdictOf(turned) !== 'faulty') return `seat ${seat}`;
        }
      }
      return undefined;
    });
  });

  it('I16: whom a quorum supports is valid, whatever the others say; else never', () => {
    holds((relations) => {
      const isUpheld = count(relations, 'supports') >= quorumToUphold(seatsOf(relations));
      return (verdictOf(relations) === 'valid') === isUpheld ? undefined : 'quorum';
    });
  });

  it('a slash needs q_slash seats that reject, q_ok of them around one centre', () => {
    holds((relations) => {
      if (verdictOf(relations) !== 'faulty') return undefined;
      const seats = seatsOf(relations);
      const [first, second] = relations.stances;
      const rejecting = [...first.keys()].filter((seat) => first[seat] === 'rejects');
      if (rejecting.length < quorumToSlash(seats)) return 'too few reject';
      const around = (isNear: (seat: number) => boolean) => rejecting.filter(isNear).length;
      const sizes = [
        around((seat) => second[seat] === 'supports'),
        ...(seats < 3 ? [] : rejecting).map((centre) =>
          around((seat) => relations.near[seat]?.[centre] === true),
        ),
      ];
      return Math.max(...sizes) >= quorumToUphold(seats) ? undefined : 'no cluster';
    });
  });

  it('with one seat: near A and far from B, near both, near neither', () => {
    const one = (first: 'supports' | 'rejects', second: 'supports' | 'rejects'): Relations => ({
      stances: [[first], [second]],
      near: [[true]],
    });
    const both = (relations: Relations) => [verdictOf(relations, 0), verdictOf(relations, 1)];
    expect(both(one('supports', 'rejects'))).toEqual(['valid', 'faulty']);
    expect(both(one('supports', 'supports'))).toEqual(['valid', 'valid']);
    expect(both(one('rejects', 'rejects'))).toEqual(['undecided', 'undecided']);
  });
});

describe('seats outside the cluster that convicted (PROTOCOL §6.3, I46b)', () => {
  it('are seats that reject, and never so many that no conviction is left', () => {
    holds((relations) => {
      const [stances] = relations.stances;
      const strays = strayOf(asPanel(relations), 0);
      if (strays.some((seat) => stances[seat] !== 'rejects')) return 'a stray that does not reject';
      if (verdictOf(relations) !== 'faulty') return undefined;
      const inside = count(relations, 'rejects') - strays.length;
      return inside >= quorumToUphold(seatsOf(relations)) ? undefined : 'the cluster strays';
    });
  });

  it('are near nobody of the cluster: who is near one that convicted is inside', () => {
    holds((relations) => {
      if (verdictOf(relations) !== 'faulty') return undefined;
      const strays = strayOf(asPanel(relations), 0);
      const [first, second] = relations.stances;
      const isOfOther = (seat: number) => first[seat] === 'rejects' && second[seat] === 'supports';
      const ofOther = [...first.keys()].filter(isOfOther);
      if (ofOther.length < quorumToUphold(seatsOf(relations))) return undefined;
      const isWrong = strays.some(
        (seat) =>
          isOfOther(seat) || ofOther.some((member) => relations.near[seat]?.[member] === true),
      );
      return isWrong ? 'near the cluster of the other defendant' : undefined;
    });
  });

  it('with one seat there is none: nobody is alone', () => {
    const ofOne = [...smallPanels()].filter((relations) => seatsOf(relations) === 1);
    const convicting = ofOne.filter((relations) => verdictOf(relations) === 'faulty');
    expect(convicting).toHaveLength(1);
    for (const relations of convicting) expect(strayOf(asPanel(relations), 0)).toEqual([]);
  });
});
