import { describe, expect, test } from 'vitest';
import { nobodyAnswered } from '../../../../src/machines/challenge/commit.ts';
import { guards, seatIn } from '../../../../src/machines/challenge/guards.ts';
import {
  isTheOutput,
  isThePayload,
  isTheShape,
} from '../../../../src/machines/challenge/publication.ts';
import { publishOutput, publishShape } from '../../../../src/machines/challenge/publication.ts';
import type { ChallengeContext, Seat } from '../../../../src/machines/challenge/record.ts';
import { outputTree, sha256Hex } from '../../../../src/codec/index.ts';
import type { Call, Reason } from '../../../../src/machines/kit/index.ts';
import { challenge, defendant, seat } from './support.ts';
import { FORCED, pair, TOKENS, ULP } from './tolerant.ts';

// PROTOCOL §6, 2 to 4: what is published, and which seats a window still waits for.

const at = (height: bigint, value = 0n): Call =>
  ({ height, value, from: `account:${'7a'.repeat(20)}` }) as unknown as Call;
const codeOf = (reason: Reason | undefined) => reason?.code;
const wake = { type: 'wake' } as never;

/** The code with which a guard refuses, or nothing. */
const why = (
  name: keyof typeof guards,
  context: ChallengeContext,
  call: Call,
  message: unknown = wake,
) => codeOf(guards[name].why(context, { message, call } as never));

describe('windows are judged by height (PROTOCOL §3)', () => {
  const context = challenge({ deadline: 100n, lapsesAt: 100n });

  test('the deadline is the first height outside', () => {
    const publish = { type: 'publish', payload: new Uint8Array() };
    expect(why('mayPublish', context, at(100n), publish)).toBe('window-closed');
    expect(why('mayPublish', context, at(99n), publish)).not.toBe('window-closed');
  });

  test.each([
    'mayTakeOver',
    'mayPublish',
    'mayPublishOutput',
    'mayPublishShape',
    'panelSits',
    'seedIsKnown',
    'mayCommit',
    'mayDecline',
    'mayReveal',
    'mayOpenChunk',
    'mayAppeal',
  ] as const)('and whoever comes then comes too late: %s', (name) => {
    expect(why(name, context, at(100n), {})).toBe('window-closed');
  });

  test.each(['panelSits', 'seedIsKnown', 'mayAppeal'] as const)(
    'what has lapsed goes on no more, though its window be open: %s',
    (name) => {
      const late = { ...context, deadline: 200n };
      expect(why(name, late, at(100n), {})).toBe('challenge-lapsed');
    },
  );

  test('a challenge has lapsed at that height, and not before', () => {
    expect([why('hasLapsed', context, at(99n)), why('hasLapsed', context, at(100n))]).toEqual([
      'not-lapsed',
      undefined,
    ]);
    const late = { ...context, deadline: 200n };
    const appeal = { type: 'appeal', named: [] };
    expect(why('mayAppeal', late, at(100n), appeal)).toBe('challenge-lapsed');
    expect(why('mayAppeal', late, at(99n), appeal)).toBe('deposit-mismatch');
  });
});

describe('the seats of a commit window', () => {
  const missing = (seats: readonly Partial<Seat>[], change: Partial<ChallengeContext> = {}) =>
    why(
      'someAreMissing',
      challenge({ round: 2, attempt: 1, seats: seats.map((each) => seat(each)), ...change }),
      at(1n),
    );

  test('are missing if nobody took them in this window of this round', () => {
    expect(missing([{ round: 2, attempt: 1, state: 'drawn' }])).toBeUndefined();
    expect(missing([{ round: 2, attempt: 1, state: 'unable' }])).toBeUndefined();
    expect(missing([{ round: 2, attempt: 1, state: 'committed' }])).toBe('seat-not-silent');
    expect(missing([{ round: 2, attempt: 0, state: 'unable' }])).toBe('seat-not-silent');
    expect(missing([{ round: 1, attempt: 1, state: 'drawn' }])).toBe('seat-not-silent');
  });

  test('are not replaced after the last window', () => {
    const seats = [{ round: 2, attempt: 2, state: 'drawn' as const }];
    expect(missing(seats, { attempt: 2 })).toBe('seat-not-silent');
  });

  test('have answered if one of this round has committed', () => {
    const committed = (round: number) =>
      why(
        'someCommitted',
        challenge({ round: 2, seats: [seat({ round, state: 'committed' })] }),
        at(1n),
      );
    expect([committed(2), committed(1)]).toEqual([undefined, 'nobody-committed']);
  });

  test('are found by round, number and state', () => {
    const seats = [
      seat({ round: 1, seat: 0, state: 'drawn' }),
      seat({ round: 2, seat: 1, state: 'drawn' }),
      seat({ round: 2, seat: 0, state: 'committed' }),
      seat({ round: 2, seat: 0, state: 'drawn' }),
    ];
    expect(seatIn(challenge({ round: 2, seats }), 0, 'drawn')).toBe(seats[3]);
    expect(seatIn(challenge({ round: 2, seats }), 2, 'drawn')).toBeUndefined();
  });

  test('that stay empty leave the panel without a finding', () => {
    const { context, effects } = nobodyAnswered(
      challenge({
        round: 2,
        defendants: [
          defendant(0, { finding: 'valid' }),
          defendant(1, { finding: 'valid', substantiated: false }),
        ],
        seats: [seat({ round: 1, state: 'drawn' }), seat({ round: 2, state: 'drawn' })],
      }),
      wake,
      at(1n),
    );
    expect(context.defendants.map(({ finding }) => finding)).toEqual([
      'undecided',
      'unsubstantiated',
    ]);
    expect(context.seats.map(({ state }) => state)).toEqual(['drawn', 'silent']);
    expect(effects).toMatchObject([
      { type: 'send', message: { type: 'penalize', noShow: true } },
      { type: 'emit', name: 'nobodyAnswered', fields: { round: '2' } },
    ]);
  });
});

describe('the payload', () => {
  const payload = new Uint8Array([1, 2, 3]);
  const context = challenge({ payloadHash: sha256Hex(payload), payloadBytes: 3 });
  const published = (change: Partial<ChallengeContext>, bytes = payload) =>
    codeOf(isThePayload({ ...context, ...change }, { type: 'publish', payload: bytes }, at(1n)));

  test('is published once, as it was hashed, up to the limit', () => {
    expect(published({})).toBeUndefined();
    expect(published({ payloadPublished: true })).toBe('payload-published');
    expect(published({ payloadBytes: 2 })).toBe('payload-too-large');
    expect(published({}, new Uint8Array([1, 2, 4]))).toBe('payload-mismatch');
  });
});

describe('the output of a defendant', () => {
  const output = new Uint8Array([1, 0, 0, 0, 2, 0, 0, 0]);
  const { root } = outputTree([output]);
  const silent = { outputHash: root, substantiated: false };
  const of = (comparator: ChallengeContext['comparator'], change: Partial<ChallengeContext> = {}) =>
    pair(comparator, {
      payloadBytes: 8,
      defendants: [defendant(0, silent), defendant(1)],
      ...change,
    });
  const shown = (context: ChallengeContext, index = 0, bytes = output) =>
    codeOf(
      isTheOutput(context, { type: 'publishOutput', defendant: index, output: bytes }, at(1n)),
    );

  test('is published where seats answer on it, once, up to the limit', () => {
    expect(shown(of(FORCED))).toBeUndefined();
    expect(shown(of(TOKENS))).toBe('output-not-asked');
    expect(shown(of(FORCED), 2)).toBe('party-unknown');
    expect(shown(of(FORCED), 1)).toBe('output-published');
    expect(shown(of(FORCED, { payloadBytes: 7 }))).toBe('payload-too-large');
    expect(shown(of(FORCED), 0, output.slice(4))).toBe('output-mismatch');
  });

  test('and is told of, with its chunks counted', () => {
    const message = { type: 'publishOutput', defendant: 0, output } as const;
    const { context, effects } = publishOutput(of(FORCED), message, at(1n));
    expect(context.defendants.map(({ leaves }) => leaves)).toEqual([1, 0]);
    expect(context.defendants[0]?.substantiated).toBe(true);
    expect(effects).toMatchObject([
      { name: 'outputPublished', fields: { defendant: '0', bytes: '8' } },
    ]);
  });

  test('has its shape shown where outputs of different lengths are compared', () => {
    const shape = (context: ChallengeContext, index = 0) =>
      codeOf(
        isTheShape(
          context,
          { type: 'publishShape', defendant: index, leaves: 1, bytes: 8n, top: '00'.repeat(32) },
          at(1n),
        ),
      );
    expect([shape(of(ULP)), shape(of(FORCED))]).toEqual(['output-not-asked', 'output-not-asked']);
    expect([shape(of(TOKENS), 1), shape(of(TOKENS), 2)]).toEqual([
      'output-published',
      'party-unknown',
    ]);
    expect(shape(of(TOKENS))).toBe('output-mismatch');
    const message = { type: 'publishShape', defendant: 0, leaves: 4, bytes: 60n, top: '' } as const;
    const { context, effects } = publishShape(of(TOKENS), message, at(1n));
    expect(context.defendants.map(({ leaves }) => leaves)).toEqual([4, 0]);
    expect(effects).toMatchObject([
      { name: 'shapePublished', fields: { defendant: '0', leaves: '4', bytes: '60' } },
    ]);
  });
});
