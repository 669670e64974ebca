import { describe, expect, test } from 'vitest';
import type { Comparator } from '../../../../src/machines/comparators/index.ts';
import type { ChallengeContext } from '../../../../src/machines/challenge/record.ts';
import { relationsOf, relationsSince } from '../../../../src/machines/challenge/relations.ts';
import { challenge, defendant, seat } from './support.ts';
import { draw, FORCED, pair, TOKENS, ULP } from './tolerant.ts';

// PROTOCOL §7: what the marks of compared chunks say of seats and defendants.

describe('the relations of a panel whose chunks were compared', () => {
  const done = { round: 2, state: 'answered' as const, leaves: 3 };
  const NAMED_FAR = 0xc0;
  const seats = [
    // Near the second; apart from seat 1 on the tokens of the first, far from it on the second's.
    seat({ ...done, seat: 0, marksFirst: NAMED_FAR, apartFirst: 0b010, remoteSecond: 0b010 }),
    seat({ ...done, seat: 1, marksFirst: 0x42, marksSecond: 0x41, leaves: 4 }),
  ];
  const opened = (comparator: Comparator, change: Partial<ChallengeContext> = {}) =>
    pair(comparator, {
      seats,
      defendants: [
        defendant(0, { leaves: 3, opened: 0b111n }),
        defendant(1, { leaves: 3, opened: 0b111n }),
      ],
      ...change,
    });
  const stancesOf = (context: ChallengeContext) => relationsOf(context, draw).stances;

  test('say how each seat stands to each defendant', () => {
    expect(stancesOf(opened(TOKENS))).toEqual([
      ['rejects', 'rejects', 'empty'],
      ['supports', 'abstains', 'empty'],
    ]);
  });

  test('reject a tensor of another size, whatever its marks; text says its own size', () => {
    expect(stancesOf(opened(ULP))).toEqual([
      ['rejects', 'rejects', 'empty'],
      ['supports', 'rejects', 'empty'],
    ]);
    const empty = opened(ULP, {
      defendants: [defendant(0), defendant(1, { leaves: 3, opened: 0b111n })],
      seats: [seat({ ...done, seat: 1, leaves: 4 })],
    });
    expect(stancesOf(empty)[0]).toEqual(['empty', 'abstains', 'empty']);
  });

  test('support nobody who has not shown everything', () => {
    const half = defendant(1, { leaves: 3, opened: 0b101n });
    const context = opened(TOKENS, { defendants: [half, half] });
    expect(stancesOf(context)[1]?.[0]).toBe('abstains');
  });

  test('ask for no more failures than chunks are drawn', () => {
    const strict = { ...TOKENS, minFail: 3 };
    const one = { ...challenge().terms, drawnChunks: 2 };
    expect(stancesOf(opened(strict))[0]?.[1]).toBe('abstains');
    expect(stancesOf(opened(strict, { terms: one }))[0]?.[1]).toBe('rejects');
  });

  test('hold seats near if they are not apart, and far if some chunk is', () => {
    const { isNearSeat, isFarFromSeat, isNearDefendant } = relationsOf(opened(TOKENS), draw);
    expect([isNearDefendant(0, 0), isNearDefendant(0, 1), isNearDefendant(1, 1)]).toEqual([
      false,
      true,
      false,
    ]);
    expect([isNearSeat(0, 0, 0), isNearSeat(0, 1, 0), isNearSeat(1, 0, 0)]).toEqual([
      true,
      false,
      true,
    ]);
    expect([isFarFromSeat(0, 1, 0), isFarFromSeat(1, 0, 0)]).toEqual([false, false]);
    // Of a seat that did not answer nothing is known.
    expect([isNearSeat(0, 2, 0), isNearSeat(2, 0, 0)]).toEqual([false, false]);
    expect([isFarFromSeat(0, 2, 0), isFarFromSeat(2, 0, 0)]).toEqual([false, false]);
  });

  test('between seats are those on the tokens of the defendant where seats read them', () => {
    const forced = relationsOf(opened(FORCED), draw);
    expect([forced.isNearSeat(0, 1, 0), forced.isNearSeat(0, 1, 1)]).toEqual([false, true]);
    expect([forced.isFarFromSeat(0, 1, 0), forced.isFarFromSeat(0, 1, 1)]).toEqual([false, true]);
    const own = relationsOf(opened(TOKENS), draw);
    expect([own.isNearSeat(0, 1, 1), own.isFarFromSeat(0, 1, 1)]).toEqual([false, false]);
  });

  test('between tensors of different sizes are far', () => {
    const { isNearSeat, isFarFromSeat } = relationsOf(opened(ULP), draw);
    expect([isNearSeat(1, 0, 0), isFarFromSeat(1, 0, 0)]).toEqual([false, true]);
    expect([isNearSeat(0, 0, 0), isFarFromSeat(0, 0, 0)]).toEqual([true, false]);
  });

  test('are far where a chunk is, of tensors of one size', () => {
    const one = seat({ ...done, seat: 0, apartFirst: 0b10, remoteFirst: 0b10 });
    const two = seat({ ...done, seat: 1, apartSecond: 0b01, remoteSecond: 0b01 });
    const of = relationsOf(opened(ULP, { seats: [one, two] }), draw);
    expect([of.isNearSeat(0, 1, 1), of.isFarFromSeat(0, 1, 1)]).toEqual([false, true]);
    expect([of.isNearSeat(1, 0, 1), of.isFarFromSeat(1, 0, 1)]).toEqual([true, false]);
  });
});

describe('the relations of a panel that was judged, by what its seats keep', () => {
  const done = { round: 2, state: 'answered' as const };
  const judged = (change: Partial<ChallengeContext> = {}) =>
    pair(TOKENS, {
      round: 3,
      seats: [
        seat({ ...done, seat: 0, stanceFirst: 'supports', stanceSecond: 'rejects' }),
        seat({ ...done, seat: 1, stanceFirst: 'none', stanceSecond: 'abstains', apartFirst: 1 }),
      ],
      ...change,
    });

  test('are the stances that it took then; who took none is as one who did not answer', () => {
    expect(relationsSince(judged(), 2).stances).toEqual([
      ['supports', 'empty', 'empty'],
      ['rejects', 'abstains', 'empty'],
    ]);
  });

  test('are between the seats of that round', () => {
    const { isNearSeat, isFarFromSeat } = relationsSince(judged(), 2);
    expect([isNearSeat(0, 1, 0), isNearSeat(1, 0, 0), isFarFromSeat(1, 0, 0)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test('are those of the outputs where they are compared exactly', () => {
    const exact = judged({
      comparator: { type: 'exact' },
      seats: [seat({ ...done, seat: 1, outputHash: defendant(1).outputHash })],
    });
    expect(relationsSince(exact, 2).stances).toEqual([
      ['empty', 'rejects', 'empty'],
      ['empty', 'supports', 'empty'],
    ]);
  });
});
