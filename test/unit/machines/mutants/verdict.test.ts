import { describe, expect, test } from 'vitest';
import { addMark, stanceOf } from '../../../../src/machines/challenge/marks.ts';
import { relationsOf } from '../../../../src/machines/challenge/relations.ts';
import { judge, strayOf, type PanelDistances } from '../../../../src/machines/challenge/verdict.ts';
import type { Stance } from '../../../../src/machines/challenge/verdict.ts';
import { challenge, defendant, seat } from './support.ts';

// PROTOCOL §6.2 and §7: who supports, who rejects, and around which centre.

describe('the centre of those who reject', () => {
  const panel = (
    stances: readonly (readonly Stance[])[],
    near: Partial<PanelDistances> = {},
  ): PanelDistances => ({
    stances,
    isNearDefendant: () => false,
    isNearSeat: () => false,
    isFarFromSeat: () => true,
    ...near,
  });

  test('may be a seat from three seats on, and not with two', () => {
    const agreeing = { isNearSeat: () => true };
    expect(judge(panel([['rejects', 'rejects']], agreeing), 0)).toBe('undecided');
    expect(judge(panel([['rejects', 'rejects', 'rejects']], agreeing), 0)).toBe('faulty');
  });

  test('is never the defendant itself', () => {
    const isNearDefendant = (_: number, of: number) => of === 0;
    expect(judge(panel([['rejects'], ['supports']], { isNearDefendant }), 0)).toBe('undecided');
    expect(judge(panel([['supports'], ['rejects']], { isNearDefendant }), 1)).toBe('faulty');
  });

  test('has to be near q_ok of the seats that reject, itself among them', () => {
    const all: readonly Stance[] = ['rejects', 'rejects', 'rejects'];
    const pairOf = (a: number, b: number) => (seat_: number, centre: number) =>
      seat_ === centre || (seat_ === a && centre === b) || (seat_ === b && centre === a);
    expect(judge(panel([all], { isNearSeat: pairOf(0, 2) }), 0)).toBe('faulty');
    expect(judge(panel([all], { isNearSeat: (a, b) => a === b }), 0)).toBe('undecided');
  });

  test('leaves astray only who is far from every one of those that agree', () => {
    const all: readonly Stance[] = ['rejects', 'rejects', 'rejects', 'supports'];
    const isNearDefendant = (at: number, of: number) => of === 1 && at < 3;
    const far = (from: number, to: number) => from === 2 && to < 2;
    const both = panel([all, all], { isNearDefendant, isFarFromSeat: far });
    expect(strayOf(both, 0)).toEqual([]);
    const three = panel([all, all], {
      isNearDefendant,
      isFarFromSeat: (from) => from === 2,
    });
    expect(strayOf(three, 0)).toEqual([2]);
  });
});

describe('the marks of compared chunks', () => {
  const nothing = 0;
  const of = { leaves: 5, minFail: 2, isComplete: true };
  const farOf = (count: number) =>
    Array.from({ length: count }).reduce<number>((marks) => addMark(marks, 'far', false), nothing);

  test('support if all are near, and only once all are shown', () => {
    expect(stanceOf(addMark(nothing, 'near', true), of)).toBe('supports');
    expect(stanceOf(nothing, { ...of, isComplete: false })).toBe('abstains');
  });

  test('abstain from one in between on, drawn or named', () => {
    for (const isNamed of [false, true]) {
      expect(stanceOf(addMark(nothing, 'between', isNamed), of)).toBe('abstains');
    }
  });

  test('reject from minFail drawn ones on that are far', () => {
    expect([0, 1, 2, 3, 8].map((count) => stanceOf(farOf(count), of))).toEqual([
      'supports',
      'abstains',
      'rejects',
      'rejects',
      'rejects',
    ]);
    expect(stanceOf(farOf(2), { ...of, isComplete: false })).toBe('rejects');
  });

  test('reject for one named chunk that is far', () => {
    expect(stanceOf(addMark(nothing, 'far', true), of)).toBe('rejects');
    expect(stanceOf(addMark(nothing, 'far', true), { ...of, minFail: 9 })).toBe('rejects');
  });

  test('reject an output of fewer chunks than minFail if all of them are far', () => {
    const short = { ...of, leaves: 1 };
    expect([0, 1].map((count) => stanceOf(farOf(count), short))).toEqual(['supports', 'rejects']);
    expect(stanceOf(farOf(1), { ...of, leaves: 2 })).toBe('abstains');
  });

  test('never reject an output of no chunks for want of any', () => {
    expect(stanceOf(nothing, { ...of, leaves: 0, isComplete: false })).toBe('abstains');
  });

  test('add up in any order', () => {
    const chunks = [
      ['near', false],
      ['between', false],
      ['far', false],
      ['far', true],
    ] as const;
    const add = (of_: readonly (readonly ['near' | 'between' | 'far', boolean])[]) =>
      of_.reduce((marks, [nearness, isNamed]) => addMark(marks, nearness, isNamed), nothing);
    expect(add(chunks)).toBe(add(chunks.toReversed()));
    expect(add(chunks)).toBe(0b1100_0001);
  });
});

describe('the relations of a panel with equal outputs or none (PROTOCOL §7, exact)', () => {
  const [right, wrong, other] = ['0f', '1f', '2f'].map((byte) => byte.repeat(32)) as [
    string,
    string,
    string,
  ];
  const draw = { challengeId: 'cc'.repeat(32), randomness: '77'.repeat(32) };
  const context = challenge({
    round: 2,
    defendants: [defendant(0), defendant(1)],
    seats: [
      seat({ round: 1, seat: 1, outputHash: right }),
      seat({ round: 2, seat: 0, outputHash: right }),
      seat({ round: 2, seat: 1, outputHash: right, state: 'silent' }),
      seat({ round: 2, seat: 1, attempt: 1, outputHash: wrong }),
      seat({ round: 2, seat: 2, outputHash: right, state: 'withheld' }),
    ],
  });

  test('are of the seats of this round that answered, one for each place', () => {
    const { stances } = relationsOf(context, draw);
    expect(stances).toEqual([
      ['supports', 'rejects', 'empty'],
      ['rejects', 'supports', 'empty'],
    ]);
  });

  test('are near for the same output, far for another', () => {
    const of = relationsOf(context, draw);
    expect([of.isNearDefendant(0, 0), of.isNearDefendant(0, 1)]).toEqual([true, false]);
    expect([of.isNearSeat(0, 0, 0), of.isNearSeat(0, 1, 0)]).toEqual([true, false]);
    expect([of.isFarFromSeat(0, 0, 0), of.isFarFromSeat(0, 1, 0)]).toEqual([false, true]);
    const astray = { ...context, seats: [seat({ round: 2, outputHash: other })] };
    expect(relationsOf(astray, draw).stances.map(([first]) => first)).toEqual([
      'rejects',
      'rejects',
    ]);
  });
});
