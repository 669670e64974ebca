import { describe, expect, test } from 'vitest';
import { judge } from '../../../../src/machines/challenge/verdict.ts';
import { convictionProbability } from '../../../../src/machines/parameters/deterrence.ts';
import {
  atLeast,
  chanceOf,
  choose,
  DESIGN_LADDER,
  escapeFromLadder,
  escapeFromPanel,
  exact,
  ladderVerdicts,
  majorityError,
  noAnswer,
  seatsOfLadder,
  singleRerunnerError,
  slashQuorumError,
  toNumber,
  type LadderRules,
} from '../../../../src/simulation/closed-forms/index.ts';
import {
  relationsOf,
  type Claim,
  type SeatAnswer,
} from '../../../../src/simulation/panels/index.ts';

const FIFTH = { share: exact(0.2) };
const TWENTY_OF_100 = { marked: 20, of: 100 };
const rules = (of: Partial<LadderRules>): LadderRules => ({ ...DESIGN_LADDER, ...of });

describe('examples of ECONOMICS', () => {
  test('9: one re-runner errs with f', () => {
    expect(toNumber(singleRerunnerError(exact(0.3)))).toBe(0.3);
    expect(toNumber(majorityError({ share: exact(0.3) }, 1))).toBe(0.3);
  });

  test('10: N = 100, f = 0.2, n = 7', () => {
    expect(toNumber(majorityError(TWENTY_OF_100, 7))).toBeCloseTo(0.02813, 5);
    expect(toNumber(majorityError(FIFTH, 7))).toBeCloseTo(0.03334, 5);
  });

  test('11: the slash quorum of seven', () => {
    expect(toNumber(slashQuorumError(FIFTH, 7))).toBeCloseTo(0.00467, 5);
    expect(toNumber(escapeFromPanel({ share: exact(0.8) }, 7))).toBeCloseTo(0.148032, 12);
  });

  test('12: seats of the ladder, and seats without an answer', () => {
    expect([1, 2, 3, 4].map((panels) => seatsOfLadder(panels))).toEqual([1, 4, 11, 26]);
    expect(toNumber(noAnswer(exact(0.1), 2))).toBe(0.001);
  });

  test('8: audits 3 → 7 convict with 0.839155712', () => {
    expect(toNumber(escapeFromLadder(DESIGN_LADDER))).toBeCloseTo(1 - 0.839155712, 12);
  });
});

describe('counting', () => {
  test('ways to choose', () => {
    expect([0, 1, 2, 3, 4, 5, 6].map((k) => choose(5, k))).toEqual([1n, 5n, 10n, 10n, 5n, 1n, 0n]);
    expect(choose(5, -1)).toBe(0n);
  });

  test.each([
    ['binomial', { share: exact('1/3') }, 9],
    ['hypergeometric', { marked: 7, of: 20 }, 9],
  ] as const)('%s chances add up to one', (_, crowd, seats) => {
    expect(toNumber(atLeast(crowd, seats, 0))).toBe(1);
  });

  test('hypergeometric chances are those of all subsets', () => {
    const [of, marked, seats] = [9, 4, 3];
    const counts = [0, 0, 0, 0];
    for (let subset = 0; subset < 1 << of; subset++) {
      const members = Array.from({ length: of }, (_, bit) => (subset >> bit) & 1);
      if (members.reduce((a, b) => a + b, 0) !== seats) continue;
      const hits = members.slice(0, marked).reduce((a, b) => a + b, 0);
      counts[hits] = (counts[hits] ?? 0) + 1;
    }
    for (const [hits, count] of counts.entries()) {
      expect(toNumber(chanceOf({ marked, of }, seats, hits))).toBeCloseTo(count / 84, 14);
    }
  });
});

/** Chances of all ends of a ladder, by going through every order of draws and every silence. */
const enumerate = (of: LadderRules, subject: 'cheating' | 'honest', members: readonly Claim[]) => {
  const claims: readonly Claim[] = subject === 'cheating' ? ['lie', 'truth'] : ['truth', 'lie'];
  const defendants = of.form === 'pair' ? claims : claims.slice(0, 1);
  const u = toNumber(of.silent);
  const ends = { upheld: 0, convicted: 0, voided: 0 };
  const play = (panels: readonly number[], left: readonly Claim[], chance: number): void => {
    const [seats = 0, ...later] = panels;
    const sit = (answers: readonly SeatAnswer[], rest: readonly Claim[], now: number): void => {
      if (answers.length === seats) {
        const relations = relationsOf(answers, defendants);
        const verdicts = defendants.map((_, index) => judge(relations, index));
        if (verdicts.includes('undecided') && later.length > 0) return play(later, rest, now);
        const [first] = verdicts;
        if (first === 'valid') ends.upheld += now;
        else if (first === 'faulty') ends.convicted += now;
        else ends.voided += now;
        return undefined;
      }
      const draw = (attempt: number, from: readonly Claim[], at: number): void => {
        if (attempt > of.replacements) return sit([...answers, 'empty'], from, at);
        for (const [index, claim] of from.entries()) {
          const after = from.toSpliced(index, 1);
          const share = at / from.length;
          const answer = claim === 'lie' ? 'colluding' : 'honest';
          sit([...answers, answer], after, share * (1 - u));
          if (u > 0) draw(attempt + 1, after, share * u);
        }
        return undefined;
      };
      return draw(0, rest, now);
    };
    sit([], left, chance);
  };
  play(of.panels, members, 1);
  return ends;
};

describe('a ladder is what all its games together are', () => {
  const four: readonly Claim[] = ['lie', 'lie', 'truth', 'truth'];
  const six: readonly Claim[] = [...four, 'truth', 'lie'];
  test.each([
    ['a panel of three', rules({ panels: [3], silent: exact(0) }), six],
    ['a pair before one, then three', rules({ panels: [1, 3], form: 'pair' }), four],
    ['a pair before three, then one', rules({ panels: [3, 1], form: 'pair' }), six],
    ['an audit by one, then two', rules({ panels: [1, 2], form: 'audit' }), four],
    ['silence', rules({ panels: [2], form: 'pair', silent: exact(0.3), replacements: 1 }), six],
    [
      'silence on two panels',
      rules({ panels: [1, 2], form: 'pair', silent: exact(0.4), replacements: 1 }),
      six,
    ],
  ])('%s', (_, of, members) => {
    const marked = members.filter((claim) => claim === 'lie').length;
    const crowd = { marked, of: members.length };
    for (const subject of ['cheating', 'honest'] as const) {
      const theory = ladderVerdicts({ ...of, crowd }, subject);
      const found = enumerate(of, subject, members);
      expect(toNumber(theory.upheld)).toBeCloseTo(found.upheld, 12);
      expect(toNumber(theory.convicted)).toBeCloseTo(found.convicted, 12);
      expect(toNumber(theory.voided)).toBeCloseTo(found.voided, 12);
    }
  });

  test.each([[[1]], [[3]], [[7]], [[3, 7]]])('%j as genesis computes it', (panels) => {
    for (const share of ['1/10', '1/5', '1/3', '1/2']) {
      const form = panels[0] === 1 ? 'pair' : 'audit';
      const of = rules({ panels, form, crowd: { share: exact(share) } });
      expect(toNumber(ladderVerdicts(of, 'cheating').convicted)).toBeCloseTo(
        toNumber(convictionProbability(panels, exact(share))),
        14,
      );
    }
  });

  test('without any panel everything is void', () => {
    expect(toNumber(ladderVerdicts(rules({ panels: [] }), 'honest').voided)).toBe(1);
  });
});
