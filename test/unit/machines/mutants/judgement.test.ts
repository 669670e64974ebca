import { describe, expect, test } from 'vitest';
import { dropChunks, judgePanel } from '../../../../src/machines/challenge/judgement.ts';
import type { ChallengeContext, Seat } from '../../../../src/machines/challenge/record.ts';
import { chunkKey } from '../../../../src/machines/challenge/wanted.ts';
import { actorId, type Call, type Effect } from '../../../../src/machines/kit/index.ts';
import { LUX } from '../../../support/parameters.ts';
import { BASE, challenge, defendant, seat } from './support.ts';

// PROTOCOL §6, 5 and 6: the end of a reveal window.

const draw = { challengeId: 'cc'.repeat(32), randomness: '77'.repeat(32) };

/** The beacon round that names the chunks is known, or it never came. */
const callWith = (isKnown: boolean): Call =>
  ({
    self: actorId('challenge', draw.challengeId),
    read: { entry: () => (isKnown ? { height: 0n, randomness: draw.randomness } : undefined) },
  }) as unknown as Call;

const [RIGHT, WRONG, OTHER] = ['0f', '1f', '2f'].map((byte) => byte.repeat(32)) as [
  string,
  string,
  string,
];
const DONE = { leaves: 1, opened: 1n };

/** Two outputs of one chunk each, which is shown; three seats of round 2 that have revealed. */
const panel = (
  outputs: readonly (string | Partial<Seat>)[],
  change: Partial<ChallengeContext> = {},
): ChallengeContext =>
  challenge({
    round: 2,
    chunkRound: 9n,
    deadline: 1_000n,
    defendants: [defendant(0, DONE), defendant(1, DONE)],
    seats: outputs.map((of, at) =>
      seat({
        round: 2,
        seat: at,
        provider: `${at}5`.repeat(20),
        state: 'revealed',
        ...DONE,
        ...(typeof of === 'string' ? { outputHash: of } : of),
      }),
    ),
    ...change,
  });

const judged = (context: ChallengeContext) => judgePanel(context, callWith(true));
const penalized = (effects: readonly Effect[]) =>
  effects.flatMap((effect) =>
    effect.type === 'send' && effect.message.type === 'penalize' ? [effect.to.slice(0, 11)] : [],
  );

describe('a panel is judged', () => {
  test('on who answered; the rate of a wrong result is that of the panel', () => {
    const { context, effects } = judged(panel([RIGHT, RIGHT, RIGHT]));
    expect(context.defendants).toMatchObject([
      { finding: 'valid', leastNlux: 0n, opened: 0n },
      { finding: 'faulty', leastNlux: BASE / 10n, opened: 0n },
    ]);
    expect(context.seats.map(({ state }) => state)).toEqual(['answered', 'answered', 'answered']);
    expect(context.seats[0]).toMatchObject({ stanceFirst: 'supports', stanceSecond: 'rejects' });
    expect(effects.filter(({ type }) => type === 'emit')).toEqual([
      {
        type: 'emit',
        name: 'panelJudged',
        fields: {
          round: '2',
          findings: `${'d0'.repeat(32)} valid, ${'d1'.repeat(32)} faulty`,
        },
      },
    ]);
    expect(penalized(effects)).toEqual([]);
  });

  test('a seat that showed less than all has withheld, and pays, as one without a reveal', () => {
    const { context, effects } = judged(
      panel([RIGHT, { opened: 0n, outputHash: RIGHT }, { state: 'committed' }]),
    );
    expect(context.seats.map(({ state }) => state)).toEqual(['answered', 'withheld', 'withheld']);
    expect(penalized(effects)).toEqual(['provider:15', 'provider:25']);
    expect(context.seats[1]).toMatchObject({ stanceFirst: 'none', stanceSecond: 'none' });
    expect(context.defendants.map(({ finding }) => finding)).toEqual(['undecided', 'undecided']);
  });

  test('a seat shows all that is asked of its own tree, not of a defendant’s', () => {
    const TOKENS = {
      type: 'tokens',
      chunkElements: 4,
      loTokens: 0,
      hiTokens: 1,
      minFail: 2,
    } as const;
    const shown = { leaves: 9, opened: 0b1111n };
    const { context } = judged(
      panel([shown, shown, { ...shown, opened: 0b111n }], {
        comparator: TOKENS,
        defendants: [
          defendant(0, { leaves: 2, opened: 0b11n }),
          defendant(1, { leaves: 3, opened: 0b111n }),
        ],
      }),
    );
    expect(context.seats.map(({ state }) => state)).toEqual(['answered', 'answered', 'withheld']);
  });

  test('a silent seat stays silent, and those of earlier rounds stay what they were', () => {
    const earlier = ['revealed', 'committed', 'withheld'] as const;
    const { context, effects } = judged(
      panel([
        RIGHT,
        RIGHT,
        { state: 'silent' },
        ...earlier.map((state, at) => ({ round: 1, seat: at, state, outputHash: WRONG })),
      ]),
    );
    expect(context.seats.map(({ state }) => state)).toEqual([
      'answered',
      'answered',
      'silent',
      ...earlier,
    ]);
    expect(context.seats.slice(3).map(({ stanceFirst }) => stanceFirst)).toEqual([
      'none',
      'none',
      'none',
    ]);
    expect(penalized(effects)).toEqual([]);
  });

  test('a defendant that has not shown all is unsubstantiated, with the slash it owes', () => {
    const hidden = panel([RIGHT, RIGHT, RIGHT], {
      defendants: [defendant(0, DONE), defendant(1, { leaves: 1, opened: 0n })],
    });
    expect(judged(hidden).context.defendants).toMatchObject([
      { finding: 'valid' },
      { finding: 'unsubstantiated', leastNlux: BASE / 10n },
    ]);
    const never = panel([RIGHT, RIGHT, RIGHT], {
      defendants: [defendant(0, { ...DONE, substantiated: false }), defendant(1, DONE)],
    });
    expect(judged(never).context.defendants[0]?.finding).toBe('unsubstantiated');
  });

  test('a seat is astray if it rejects a faulty one alone, and only where one is faulty', () => {
    const of = (outputs: readonly string[], baseNlux = BASE) =>
      judged(
        panel(
          outputs.map((outputHash) => ({ outputHash, round: 3 })),
          { round: 3, defendants: [defendant(0, DONE), defendant(1, { ...DONE, baseNlux })] },
        ),
      ).context.seats.map(({ stray }) => stray);
    expect(of([RIGHT, RIGHT, RIGHT, RIGHT, RIGHT, OTHER, OTHER])).toEqual([
      false,
      false,
      false,
      false,
      false,
      true,
      true,
    ]);
    expect(of([RIGHT, RIGHT, RIGHT, RIGHT, RIGHT, OTHER, RIGHT], 1n)[5]).toBe(true);
    expect(of([RIGHT, RIGHT, WRONG, WRONG, OTHER, OTHER, OTHER])).not.toContain(true);
  });
});

describe('where the round that names the chunks never came', () => {
  const missing = (context: ChallengeContext) => judgePanel(context, callWith(false));

  test('who revealed is paid, nobody is blamed, and nothing is decided', () => {
    const { context, effects } = missing(
      panel([RIGHT, { state: 'committed' }, { state: 'silent' }, { round: 1, seat: 0 }], {
        defendants: [
          defendant(0, { ...DONE, finding: 'valid', leastNlux: 5n * LUX }),
          defendant(1, { ...DONE, substantiated: false, finding: 'faulty', leastNlux: LUX }),
        ],
      }),
    );
    expect(context.seats.map(({ state }) => state)).toEqual([
      'answered',
      'committed',
      'silent',
      'revealed',
    ]);
    expect(context.defendants).toMatchObject([
      { finding: 'undecided', leastNlux: 0n },
      { finding: 'unsubstantiated', leastNlux: 0n },
    ]);
    expect(effects).toEqual([{ type: 'emit', name: 'chunkRoundMissing', fields: { round: '2' } }]);
  });
});

describe('chunks that were kept', () => {
  const kept = (context: ChallengeContext) =>
    dropChunks(context, draw).map((effect) => (effect.type === 'put' ? effect.key : undefined));
  const ULP = {
    type: 'ulp',
    format: 'f32',
    chunkElements: 4,
    atolPico: 0n,
    loUlps: 1,
    hiUlps: 2,
    minFail: 2,
  } as const;

  test('are dropped, those that were opened and no others', () => {
    const context = panel([{ leaves: 3, opened: 0b101n }, { state: 'committed' }], {
      comparator: ULP,
      defendants: [defendant(0, { leaves: 2, opened: 0b10n }), defendant(1, { leaves: 2 })],
    });
    expect(kept(context)).toEqual([chunkKey(0, 1), chunkKey(2, 0), chunkKey(2, 2)]);
    expect(dropChunks(context, undefined)).toEqual([]);
  });

  test('are none where outputs are compared as a whole', () => {
    expect(kept(panel([RIGHT, RIGHT, RIGHT]))).toEqual([]);
  });
});
