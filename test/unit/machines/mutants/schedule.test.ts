import { describe, expect, test } from 'vitest';
import type { BeaconSource } from '../../../../src/machines/beacon/record.ts';
import { panelSize } from '../../../../src/machines/challenge/ladder.ts';
import { chunkDrawOf } from '../../../../src/machines/challenge/randomness.ts';
import * as rounds from '../../../../src/machines/challenge/rounds.ts';
import * as schedule from '../../../../src/machines/challenge/schedule.ts';
import { actorId, BEACON, type Call } from '../../../../src/machines/kit/index.ts';
import { wrongResultRateBps } from '../../../../src/machines/parameters/ladder.ts';
import {
  longestChallengeBlocks,
  mostRounds,
} from '../../../../src/machines/parameters/schedule.ts';
import { retentionBlocks, roundBlocks } from '../../../../src/machines/parameters/schedule.ts';
import { LADDER } from '../../../support/parameters.ts';
import { challenge, defendant } from './support.ts';

// PROTOCOL §6, 1 and 3: the slots of the panels, and the beacon rounds that nobody knows before.

const HOUR = 3_600n;
const terms = {
  ...LADDER.dispute,
  blockTimeSeconds: 2n,
  beaconMarginSeconds: 60n,
  publishBlocks: 1_000n,
  seedBlocks: 10n,
  commitBlocks: 100n,
  revealBlocks: 50n,
  appealBlocks: 200n,
};
/** 2·seed + 3·commit + reveal. */
const ROUND = 370n;

/** A beacon with a round each second, so that the round of a time is the time. */
const source: BeaconSource = { type: 'dev', genesisTime: 0n, periodSeconds: 1n };
const roundAt = (time: bigint) => time + 1n;

interface Told {
  readonly height: bigint;
  readonly randomness: string;
}

const callAt = (time: bigint, height: bigint, told: Told | undefined = undefined): Call =>
  ({
    self: actorId('challenge', 'cc'.repeat(32)),
    from: actorId('account', '7a'.repeat(20)),
    value: 42n,
    time,
    height,
    read: {
      actor: (id: string) => (id === BEACON ? { context: { source } } : undefined),
      entry: () => told,
    },
  }) as unknown as Call;

const opened = (change: Parameters<typeof challenge>[0] = {}) =>
  challenge({ terms, openedAt: 500n, round: 1, seedRounds: [10n, 20n, 30n], ...change });

test('a round is twice the seed, three commit windows and the reveal window', () => {
  expect(roundBlocks(terms)).toBe(ROUND);
  expect(mostRounds({ ...terms, pairPanels: [1], auditPanels: [3, 7] })).toBe(2);
});

test('a round that no ladder has has no rate', () => {
  expect(() => wrongResultRateBps(terms, 'pair', 4)).toThrow('no rate for round 4 of a pair');
});

test('no challenge takes longer than its publish window, rounds and appeals (PROTOCOL §9)', () => {
  const longest = (pairPanels: readonly number[]) =>
    longestChallengeBlocks({ ...terms, pairPanels, auditPanels: [] });
  expect(longest([1, 3, 7])).toBe(1_000n + 3n * ROUND + 2n * 200n);
  expect([longest([1]), longest([])]).toEqual([1_000n + ROUND, 1_000n]);
  expect(retentionBlocks({ ...LADDER, evidenceAgeBlocks: 10n, epochBlocks: 3n })).toBe(13n);
});

test('after the last panel there is none, of no seats', () => {
  const seats = (round: number) => panelSize(challenge({ terms, round }));
  expect([0, 1, 2, 3, 4].map(seats)).toEqual([0, 1, 3, 7, 0]);
});

test('a challenge without panels waits for no seed', () => {
  expect(schedule.seedRoundOf(challenge({ round: 0, seedRounds: [] }))).toBe(0n);
});

describe('the seeds that are fixed at opening', () => {
  test('are due 60 s after the slot of each panel begins', () => {
    const seeds = schedule.seedRoundsOf(terms, [1, 3, 7], callAt(HOUR, 500n));
    const slot = (blocks: bigint) => roundAt(HOUR + 60n + 2n * blocks);
    expect(seeds).toEqual([
      slot(1_000n),
      slot(1_000n + ROUND + 200n),
      slot(1_000n + 2n * (ROUND + 200n)),
    ]);
  });

  test('are waited for from the slot of the panel on, or from now if that is later', () => {
    const deadline = (round: number, height: bigint) =>
      schedule.seedDeadline(opened({ round }), callAt(HOUR, height));
    expect([deadline(1, 1_499n), deadline(1, 1_501n)]).toEqual([1_510n, 1_511n]);
    expect(deadline(2, 600n)).toBe(500n + 1_000n + ROUND + 200n + 10n);
    expect(deadline(3, 600n)).toBe(500n + 1_000n + 2n * (ROUND + 200n) + 10n);
  });

  test('need a beacon, which genesis always makes', () => {
    const call = callAt(HOUR, 1n);
    const bare = { ...call, read: { ...call.read, actor: () => undefined } } as Call;
    expect(() => schedule.nextUnknownRound(terms, bare)).toThrow('genesis makes a beacon');
  });

  test('belong to the panels in order', () => {
    const seedOf = (round: number) => schedule.seedRoundOf(opened({ round }));
    expect([1, 2, 3].map(seedOf)).toEqual([10n, 20n, 30n]);
  });
});

describe('a seed that slow blocks would make known', () => {
  const now = roundAt(HOUR + 60n);

  test('of the next panel is moved to the first unknown round', () => {
    const moved = schedule.withNextSeedUnknown(opened({ round: 2 }), callAt(HOUR, 1n));
    expect(moved).toEqual([10n, 20n, now]);
  });

  test('of the panel in hand is, too, when somebody takes the challenge over', () => {
    const moved = schedule.withSeedUnknown(opened({ round: 2 }), callAt(HOUR, 1n));
    expect(moved).toEqual([10n, now, 30n]);
  });

  test('stays what it is while it is unknown', () => {
    const late = opened({ seedRounds: [now, now + 1n, now + 2n] });
    expect(schedule.withNextSeedUnknown(late, callAt(HOUR, 1n))).toEqual(late.seedRounds);
    expect(schedule.withSeedUnknown(late, callAt(HOUR, 1n))).toEqual(late.seedRounds);
  });

  test('moves once, after which it is waited for as long again', () => {
    const { context, effects } = rounds.moveSeed(
      opened({ round: 2 }),
      { type: 'wake' } as never,
      callAt(HOUR, 3_000n),
    );
    expect(context).toMatchObject({ seedRounds: [10n, now, 30n], seedMoved: true });
    expect(context.deadline).toBe(3_010n);
    expect(effects).toEqual([
      { type: 'emit', name: 'seedMoved', fields: { seedRound: `${now}` } },
      { type: 'wake', height: 3_010n },
    ]);
  });
});

describe('the windows of a round', () => {
  const wake = { type: 'wake' } as never;

  test('after the publish window nobody judges who has shown nothing', () => {
    const silent = defendant(1, { substantiated: false, finding: 'none' });
    const { context, effects } = rounds.awaitSeed(
      opened({ defendants: [defendant(0), silent] }),
      wake,
      callAt(HOUR, 1_500n),
    );
    expect(context.defendants.map(({ finding }) => finding)).toEqual(['none', 'unsubstantiated']);
    expect([context.deadline, effects]).toEqual([1_510n, [{ type: 'wake', height: 1_510n }]]);
  });

  test('the next panel begins with nothing of the one before', () => {
    const { context, effects } = rounds.nextRound(
      opened({ round: 1, seedMoved: true, beacon: 'be'.repeat(32), attempt: 2, chunkRound: 9n }),
      callAt(HOUR, 600n),
    );
    const seedRound = roundAt(HOUR + 60n);
    expect(context).toMatchObject({
      round: 2,
      seedMoved: false,
      beacon: '00'.repeat(32),
      attempt: 0,
      chunkRound: 0n,
      seedRounds: [10n, seedRound, 30n],
    });
    expect(effects).toEqual([
      { type: 'emit', name: 'nextPanel', fields: { round: '2', seedRound: `${seedRound}` } },
      { type: 'wake', height: 500n + 1_000n + ROUND + 200n + 10n },
    ]);
  });

  test('an appeal notes who asked, what was found, and which chunks it names', () => {
    const judged = opened({
      round: 2,
      named: [1],
      defendants: [defendant(0, { finding: 'valid' }), defendant(1, { finding: 'faulty' })],
    });
    const message = { type: 'appeal', named: [4, 2] } as never;
    const { context, effects } = rounds.appeal(judged, message, callAt(HOUR, 600n));
    expect(context.appeals).toEqual([
      {
        round: 2,
        appellant: '7a'.repeat(20),
        depositNlux: 42n,
        findingFirst: 'valid',
        findingSecond: 'faulty',
      },
    ]);
    expect([...context.named].toSorted((a, b) => a - b)).toEqual([1, 2, 4]);
    expect(context.seedRounds).toEqual([10n, 20n, roundAt(HOUR + 60n)]);
    expect(effects).toEqual([
      {
        type: 'emit',
        name: 'appealed',
        fields: { by: `account:${'7a'.repeat(20)}`, round: '2', depositNlux: '42' },
      },
    ]);
    const alone = rounds.appeal(opened({ defendants: [] }), message, callAt(HOUR, 600n));
    expect(alone.context.appeals).toMatchObject([{ findingFirst: 'none', findingSecond: 'none' }]);
  });

  test('an appeal may come within its window', () => {
    const { context, effects } = rounds.openAppeals(opened(), callAt(HOUR, 600n));
    expect([context.deadline, effects]).toEqual([800n, [{ type: 'wake', height: 800n }]]);
  });
});

describe('the draw of the chunks (PROTOCOL §6, 5)', () => {
  const draw = (chunkRound: bigint, height: bigint | undefined) =>
    chunkDrawOf(
      opened({ chunkRound, deadline: 1_000n }),
      callAt(HOUR, 990n, height === undefined ? undefined : { height, randomness: '77' }),
    );

  test('counts if half of the reveal window is left, and is as none later', () => {
    const found = { randomness: '77', challengeId: 'cc'.repeat(32) };
    expect([draw(9n, 974n), draw(9n, 975n), draw(9n, 976n)]).toEqual([found, found, undefined]);
    expect(draw(1n, 0n)).toEqual(found);
  });

  test('is none before its round is fixed, and before it is known', () => {
    expect([draw(0n, 900n), draw(9n, undefined)]).toEqual([undefined, undefined]);
  });
});
