import { describe, expect, test } from 'vitest';
import { chunkDrawHash } from '../../../../src/codec/index.ts';
import { comparedChunks, drawnChunks } from '../../../../src/machines/challenge/chunks.ts';
import type { Comparator } from '../../../../src/machines/comparators/index.ts';
import type { ChallengeContext } from '../../../../src/machines/challenge/record.ts';
import * as wanted from '../../../../src/machines/challenge/wanted.ts';
import { seat } from './support.ts';
import { draw, FORCED, pair, TOKENS, ULP } from './tolerant.ts';

// PROTOCOL §7: which chunks each party opens, and what their marks say of seats and defendants.

const chunksOf = (context: ChallengeContext, party: number, leaves: number) =>
  wanted.wantedChunks(context, draw, party, leaves).map(({ index, place }) => [index, place]);

const silent = (context: ChallengeContext, index: number) => ({
  ...context,
  defendants: context.defendants.map((each, at) =>
    at === index ? { ...each, substantiated: false } : each,
  ),
});

describe('the chunks that are drawn', () => {
  const of = (leaves: number, count: number) => ({
    beacon: draw.randomness,
    challengeId: draw.challengeId,
    round: 1,
    leaves,
    wanted: count,
  });

  test('are looked for in 256 tries: so many indices a hash can have', () => {
    const triesOf = (round: number) =>
      Array.from({ length: 256 }, (_, index) => {
        const hash = chunkDrawHash({ ...of(300, 299), round, index, counter: 0 });
        return Number(BigInt(`0x${hash}`) % 300n);
      });
    // One in which the last try finds a chunk that no other has found.
    const rounds = Array.from({ length: 40 }, (_, at) => at + 1);
    const round = rounds.find((each) => triesOf(each).indexOf(triesOf(each).at(-1) ?? -1) === 255);
    const drawn = drawnChunks({ ...of(300, 299), round: round ?? expect.fail('no such round') });
    expect(drawn).toEqual([...new Set(triesOf(round ?? 0))]);
  });

  test('stand beside those named, as far as the output has them', () => {
    expect(comparedChunks(of(3, 8), [1, 3, 7])).toEqual([1, 0, 2]);
  });
});

describe('the chunks of a defendant', () => {
  test('stand where they are in its tree', () => {
    expect(chunksOf(pair(TOKENS), 0, 2)).toEqual([
      [0, 0],
      [1, 1],
    ]);
    expect(chunksOf(pair(ULP), 1, 3)).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
    ]);
    expect(chunksOf(pair(ULP), 1, 0)).toEqual([]);
  });

  test('of two texts that seats read on, stand one after the other', () => {
    expect(chunksOf(pair(FORCED), 0, 2)).toEqual([
      [0, 0],
      [1, 1],
    ]);
    expect(chunksOf(pair(FORCED), 1, 3)).toEqual([
      [0, 2],
      [1, 3],
      [2, 4],
    ]);
    expect(chunksOf(silent(pair(FORCED), 0), 1, 3)).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
    ]);
  });
});

describe('the chunks of a seat', () => {
  test('of a tensor are those of a tree like its own', () => {
    expect(chunksOf(pair(ULP), 2, 3)).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
    ]);
    expect(chunksOf(pair(ULP), 3, 1)).toEqual([[0, 0]]);
  });

  test('of tokens are those of each shown output, and the one after its end', () => {
    expect(chunksOf(pair(TOKENS), 2, 9)).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
    expect(chunksOf(silent(pair(TOKENS), 1), 2, 9)).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
    ]);
    expect(chunksOf(silent(pair(TOKENS), 0), 2, 9)).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
  });

  test('after the end of an output are asked for of shown tokens only', () => {
    const after = (context: ChallengeContext) => wanted.placeAfterEnd(context, 1);
    expect([after(pair(TOKENS)), after(silent(pair(TOKENS), 1))]).toEqual([3, undefined]);
    expect([after(pair(FORCED)), after(pair(ULP))]).toEqual([undefined, undefined]);
  });

  test('over the tokens of each defendant are those of both, and nothing after them', () => {
    expect(chunksOf(pair(FORCED), 2, 5)).toEqual([0, 1, 2, 3, 4].map((at) => [at, at]));
    expect(chunksOf(silent(pair(FORCED), 1), 2, 2)).toEqual([
      [0, 0],
      [1, 1],
    ]);
  });

  test('make a tree of as many leaves as the texts have together; others are free', () => {
    expect(wanted.leavesOfSeats(pair(FORCED))).toBe(5);
    expect(wanted.leavesOfSeats(silent(pair(FORCED), 0))).toBe(3);
    expect([wanted.leavesOfSeats(pair(TOKENS)), wanted.leavesOfSeats(pair(ULP))]).toEqual([
      undefined,
      undefined,
    ]);
  });
});

describe('a shorter chunk', () => {
  const ends = (comparator: Comparator, party: number, leaves: number) =>
    Array.from({ length: leaves + 1 }, (_, index) =>
      wanted.endsAnOutput(pair(comparator), party, index, leaves),
    );

  test('is the last of a tree', () => {
    expect(ends(ULP, 2, 3)).toEqual([false, false, true, true]);
    expect(ends(FORCED, 0, 2)).toEqual([false, true, true]);
    expect(ends(FORCED, 1, 3)).toEqual([false, false, true, true]);
  });

  test('is also where a seat goes from one text to the next', () => {
    expect(ends(FORCED, 2, 5)).toEqual([false, true, false, false, true, true]);
    expect(ends(TOKENS, 2, 5)).toEqual([false, false, false, false, true, true]);
  });
});

describe('parties', () => {
  const context = pair(TOKENS, {
    seats: [
      seat({ round: 1, seat: 0, state: 'revealed', provider: '01'.repeat(20) }),
      seat({ round: 2, seat: 0, state: 'revealed', provider: '02'.repeat(20) }),
      seat({ round: 2, seat: 1, state: 'committed', provider: '03'.repeat(20) }),
    ],
  });

  test('are the defendants, and then the seats of this round that have revealed', () => {
    expect(wanted.partyNumbers(context)).toEqual([0, 1, 2, 3, 4]);
    expect(wanted.partyOf(context, 0)).toBe(context.defendants[0]);
    expect(wanted.partyOf(context, 2)).toMatchObject({ provider: '02'.repeat(20) });
    expect(wanted.partyOf(context, 3)).toBeUndefined();
  });

  test('have opened everything when every wanted chunk is', () => {
    const isOpened = (opened: bigint, leaves = 2) =>
      wanted.isFullyOpened(context, draw, 0, { leaves, opened });
    expect([0b11n, 0b01n, 0b111n].map((opened) => isOpened(opened))).toEqual([true, false, false]);
    expect(isOpened(0n, 0)).toBe(false);
  });

  test('find a chunk at its first position', () => {
    const chunks = [
      { index: 4, place: 0 },
      { index: 7, place: 1 },
      { index: 7, place: 2 },
    ];
    expect([4, 7, 5].map((index) => wanted.wantedPosition(chunks, index))).toEqual([0, 1, -1]);
  });
});
