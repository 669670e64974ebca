import { describe, expect, test } from 'vitest';
import { judge } from '../../../../src/machines/challenge/verdict.ts';
import { exact } from '../../../../src/simulation/closed-forms/index.ts';
import {
  caseSource,
  equalCrowd,
  playCase,
  relationsOf,
  seatPanel,
  unboundedCrowd,
  type Court,
} from '../../../../src/simulation/panels/index.ts';
import { runSource } from '../../../../src/simulation/random/index.ts';

const NONE = exact(0);
const ALL = exact(1);
const court = (of: Partial<Court> = {}): Court => ({
  crowd: unboundedCrowd({ colluding: NONE }),
  panels: [7],
  form: 'audit',
  silent: NONE,
  replacements: 2,
  ...of,
});
const source = (run = 0) => caseSource(runSource('1', 'play', run));
const RUNS = Array.from({ length: 50 }, (_, run) => run);

describe('a panel', () => {
  test('has as many answers as seats, of different owners each', () => {
    for (const run of RUNS) {
      const of = court({ crowd: equalCrowd(30, 10), silent: exact(0.4) });
      const { answers, drawn } = seatPanel(of, { seats: 7, round: 1 }, [], source(run));
      expect(answers).toHaveLength(7);
      expect(new Set(drawn).size).toBe(drawn.length);
    }
  });

  test('nobody sits on two panels of a ladder', () => {
    const of = court({ crowd: equalCrowd(10, 5) });
    const first = seatPanel(of, { seats: 3, round: 1 }, [], source());
    const second = seatPanel(of, { seats: 7, round: 2 }, first.drawn, source(1));
    expect(new Set(second.drawn).size).toBe(10);
  });

  test('where everybody is silent every seat is drawn anew as often as may be', () => {
    const of = court({ silent: ALL });
    const { answers, drawn } = seatPanel(of, { seats: 5, round: 1 }, [], source());
    expect(answers).toEqual(Array(5).fill('empty'));
    expect(drawn).toHaveLength(15);
  });

  test('a seat for whom nobody is left stays empty', () => {
    const of = court({ crowd: equalCrowd(4, 0), silent: ALL });
    const { answers, drawn } = seatPanel(of, { seats: 3, round: 1 }, [], source());
    expect(answers).toEqual(Array(3).fill('empty'));
    expect(drawn).toHaveLength(4);
  });

  test('who is mute is replaced like who is silent', () => {
    const of = court({ crowd: unboundedCrowd({ colluding: NONE, mute: ALL }) });
    expect(seatPanel(of, { seats: 1, round: 1 }, [], source()).drawn).toHaveLength(3);
  });

  test('more seats than members is a programmer’s error', () => {
    const of = court({ crowd: equalCrowd(2, 0) });
    expect(() => seatPanel(of, { seats: 3, round: 1 }, [], source())).toThrow('as many members');
  });
});

describe('stances', () => {
  test('seats support who reported what they found', () => {
    const { stances } = relationsOf(['honest', 'colluding', 'empty'], ['lie', 'truth']);
    expect(stances).toEqual([
      ['rejects', 'supports', 'empty'],
      ['supports', 'rejects', 'empty'],
    ]);
  });

  test('one seat alone convicts beside another defendant only', () => {
    expect(judge(relationsOf(['honest'], ['lie']), 0)).toBe('undecided');
    expect(judge(relationsOf(['honest'], ['lie', 'truth']), 0)).toBe('faulty');
  });

  test('empty seats are near nobody, and convict nobody', () => {
    const relations = relationsOf(['empty', 'empty', 'empty'], ['lie', 'truth']);
    expect(relations.isNearDefendant(0, 0)).toBe(false);
    expect(judge(relations, 0)).toBe('undecided');
  });
});

describe('a challenge', () => {
  test('honest seats convict the liar and uphold the honest', () => {
    for (const panels of [[7], [3, 7], [1, 3, 7]]) {
      const of = court({ panels, form: 'pair' });
      expect(playCase(of, 'cheating', source())).toBe('faulty');
      expect(playCase(of, 'honest', source())).toBe('valid');
    }
  });

  test('a crowd that colludes does the opposite', () => {
    const of = court({ crowd: unboundedCrowd({ colluding: ALL }) });
    expect(playCase(of, 'cheating', source())).toBe('valid');
    expect(playCase(of, 'honest', source())).toBe('faulty');
  });

  test('without an answer it is void after the last panel', () => {
    expect(playCase(court({ panels: [3, 7], silent: ALL }), 'cheating', source())).toBe('void');
  });

  test('an audit by a single seat never convicts: it has no centre', () => {
    expect(playCase(court({ panels: [1] }), 'cheating', source())).toBe('void');
    expect(playCase(court({ panels: [1], form: 'pair' }), 'cheating', source())).toBe('faulty');
  });
});
