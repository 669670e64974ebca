import { describe, expect, test } from 'vitest';
import {
  conclude,
  concludeVoid,
  settleMoney,
} from '../../../../src/machines/challenge/conclude.ts';
import { isOutside, outcomeOf } from '../../../../src/machines/challenge/outcome.ts';
import type { Appeal, ChallengeContext } from '../../../../src/machines/challenge/record.ts';
import type { Defendant, Seat } from '../../../../src/machines/challenge/record.ts';
import type { Effect } from '../../../../src/machines/kit/index.ts';
import { LUX } from '../../../support/parameters.ts';
import { BASE, challenge, defendant, FEE, seat } from './support.ts';

// PROTOCOL §6, 6 and 7, and §6.3: what follows from findings, for seats, appeals and defendants.

const sent = (effects: readonly Effect[], type: string) =>
  effects.flatMap((effect) =>
    effect.type === 'send' && effect.message.type === type ? [effect] : [],
  );

const verdicts = (...of: readonly Defendant['verdict'][]) =>
  of.map((verdict, index) => defendant(index, { verdict }));

describe('a seat is outside the final cluster', () => {
  const outside = (
    defendants: readonly Defendant['verdict'][],
    stances: readonly [Seat['stanceFirst'], Seat['stanceSecond']],
    change: Partial<Seat> = {},
  ) =>
    isOutside(
      challenge({ defendants: verdicts(...defendants) }),
      seat({ stanceFirst: stances[0], stanceSecond: stances[1], ...change }),
    );

  test('if it rejects what is valid, first or second', () => {
    expect(outside(['valid', 'faulty'], ['rejects', 'abstains'])).toBe(true);
    expect(outside(['faulty', 'valid'], ['rejects', 'rejects'])).toBe(true);
    expect(outside(['valid', 'valid'], ['supports', 'abstains'])).toBe(false);
    expect(outside(['valid'], ['abstains', 'none'])).toBe(false);
  });

  test('if it supports what is faulty, first or second', () => {
    expect(outside(['faulty', 'valid'], ['supports', 'supports'])).toBe(true);
    expect(outside(['void', 'faulty'], ['rejects', 'supports'])).toBe(true);
    expect(outside(['faulty', 'faulty'], ['rejects', 'abstains'])).toBe(false);
  });

  test('if it rejects what is faulty with an answer far from all others', () => {
    expect(outside(['faulty'], ['rejects', 'none'], { stray: true })).toBe(true);
    expect(outside(['faulty', 'void'], ['rejects', 'rejects'], { stray: true })).toBe(true);
  });

  test('but not for standing alone where another defendant is valid: it is the measure', () => {
    expect(outside(['faulty', 'valid'], ['rejects', 'abstains'], { stray: true })).toBe(false);
    expect(outside(['valid', 'faulty'], ['abstains', 'rejects'], { stray: true })).toBe(false);
  });

  test('never where nothing is decided, nor without an answer', () => {
    for (const verdict of ['void', 'unsubstantiated', 'none'] as const) {
      expect(outside([verdict], ['supports', 'none'], { stray: true })).toBe(false);
      expect(outside([verdict], ['rejects', 'none'], { stray: true })).toBe(false);
    }
    for (const state of ['drawn', 'withheld', 'silent', 'unable'] as const) {
      expect(outside(['valid'], ['rejects', 'none'], { state })).toBe(false);
    }
  });
});

describe('an appeal', () => {
  const appeal = (change: Partial<Appeal> = {}): Appeal => ({
    round: 1,
    appellant: '7a'.repeat(20),
    depositNlux: 6n * FEE,
    findingFirst: 'valid',
    findingSecond: 'faulty',
    ...change,
  });
  const lost = (of: Appeal, defendants: readonly Defendant['verdict'][], rounds = [1, 2]) => {
    const { lost: all, returned } = outcomeOf(
      challenge({
        appeals: [of],
        defendants: verdicts(...defendants),
        seats: rounds.map((round) => seat({ round })),
      }),
    );
    expect([...all, ...returned]).toEqual([of]);
    return all.length === 1;
  };

  test('is lost if a panel heard it and every verdict is what it was', () => {
    expect(lost(appeal(), ['valid', 'faulty'])).toBe(true);
    expect(lost(appeal({ findingFirst: 'unsubstantiated' }), ['unsubstantiated'])).toBe(true);
  });

  test('comes back if one verdict of two has changed', () => {
    expect(lost(appeal(), ['valid', 'void'])).toBe(false);
    expect(lost(appeal(), ['faulty', 'faulty'])).toBe(false);
  });

  test('comes back if no panel sat after it', () => {
    expect(lost(appeal(), ['valid', 'faulty'], [1])).toBe(false);
    expect(lost(appeal({ round: 2 }), ['valid', 'faulty'], [1, 2])).toBe(false);
    expect(lost(appeal({ round: 2 }), ['valid', 'faulty'], [1, 2, 3])).toBe(true);
  });

  test('counts those who answered, and those who were upheld', () => {
    const { paidSeats, upheld } = outcomeOf(
      challenge({
        defendants: verdicts('valid', 'void'),
        seats: [seat(), seat({ state: 'withheld' }), seat({ round: 2 })],
      }),
    );
    expect([paidSeats, upheld]).toEqual([2, 1]);
  });
});

describe('the end of a challenge', () => {
  const found = (finding: Defendant['finding'], leastNlux = 0n) => ({ finding, leastNlux });

  test('asks for the slash, and frees the lock of who owes nothing', () => {
    const { context, effects } = conclude(
      challenge({
        defendants: [defendant(0, found('valid')), defendant(1, found('faulty', 5n * LUX))],
        seats: [seat({ stanceFirst: 'supports', stanceSecond: 'rejects' })],
      }),
      'decided',
    );
    expect(context).toMatchObject({ ending: 'decided', awaiting: 1, settlement: undefined });
    expect(context.defendants.map(({ verdict }) => verdict)).toEqual(['valid', 'faulty']);
    expect(sent(effects, 'unlock')).toMatchObject([
      { to: `provider:${'b0'.repeat(20)}`, message: { amountNlux: 20n * LUX } },
    ]);
    expect(sent(effects, 'slash')).toMatchObject([
      {
        to: `provider:${'b1'.repeat(20)}`,
        message: {
          defendant: 1,
          amountNlux: 5n * LUX,
          leastNlux: 5n * LUX,
          lockNlux: 20n * LUX,
          height: 50n,
          unsubstantiated: false,
        },
      },
    ]);
    expect(sent(effects, 'penalize')).toEqual([]);
    expect(effects.at(-1)).toEqual({ type: 'wake', height: undefined });
    expect(effects).toContainEqual({
      type: 'emit',
      name: 'challengeDecided',
      fields: {
        ending: 'decided',
        verdicts: `attestation:${'d0'.repeat(32)} valid, attestation:${'d1'.repeat(32)} faulty`,
      },
    });
  });

  test('spares silence only about the least that can be at stake', () => {
    const spared = (baseNlux: bigint, finding: Defendant['finding']) => {
      const of = defendant(0, { ...found(finding, LUX), baseNlux });
      const { effects } = conclude(challenge({ defendants: [of] }), 'outputsMissing');
      return sent(effects, 'slash').map(({ message }) => message as { unsubstantiated?: boolean });
    };
    expect(spared(BASE, 'unsubstantiated')).toMatchObject([{ unsubstantiated: true }]);
    expect(spared(BASE + 1n, 'unsubstantiated')).toMatchObject([{ unsubstantiated: false }]);
    expect(spared(BASE, 'faulty')).toMatchObject([{ unsubstantiated: false }]);
  });

  test('waits for both slashes where both owe one', () => {
    const { context, effects } = conclude(
      challenge({
        defendants: [defendant(0, found('unsubstantiated')), defendant(1, found('faulty', 1n))],
      }),
      'decided',
    );
    expect(context.awaiting).toBe(2);
    expect(sent(effects, 'slash')).toHaveLength(2);
    expect(sent(effects, 'credit')).toEqual([]);
  });

  test('penalizes seats outside of the cluster, since the opening, as no no-show', () => {
    const { effects } = conclude(
      challenge({
        defendants: [defendant(0, found('valid'))],
        seats: [seat({ stanceFirst: 'rejects' }), seat({ seat: 1, stanceFirst: 'supports' })],
      }),
      'decided',
    );
    expect(sent(effects, 'penalize')).toMatchObject([
      {
        to: `provider:${'5e'.repeat(20)}`,
        message: { amountNlux: 2n * LUX, noShow: false, since: 60n },
      },
    ]);
  });

  test('pays at once where nobody owes anything', () => {
    const { context, effects } = conclude(
      challenge({ defendants: [defendant(0, found('undecided'))], seats: [seat()] }),
      'lastPanel',
    );
    expect(context).toMatchObject({ awaiting: 0, settlement: { rerunsNlux: FEE } });
    expect(sent(effects, 'credit').map(({ message, value }) => [message, value])).toEqual([
      [{ type: 'credit', purpose: 'rerun' }, FEE],
      [{ type: 'credit', purpose: 'bond' }, 10n * LUX - FEE],
    ]);
  });

  test('without a judgement keeps only what silence has earned', () => {
    const { context } = concludeVoid(
      challenge({
        defendants: [
          defendant(0, found('faulty', 5n * LUX)),
          defendant(1, { ...found('faulty', 5n * LUX), substantiated: false }),
        ],
      }),
      'seedMissing',
    );
    expect(context.ending).toBe('seedMissing');
    expect(context.defendants).toMatchObject([
      { verdict: 'void', leastNlux: 0n },
      { verdict: 'unsubstantiated', leastNlux: 0n },
    ]);
    expect(context.awaiting).toBe(1);
  });
});

describe('the money of a challenge that is over', () => {
  const paid = (change: Partial<ChallengeContext>) => {
    const { effects } = settleMoney(challenge(change));
    return effects.flatMap((effect) =>
      effect.type === 'send' ? [[effect.to.slice(0, 12), effect.value] as const] : [],
    );
  };

  test('goes to seats that answered, challenger, upheld defendants and winning appeals', () => {
    expect(
      paid({
        form: 'audit',
        bondNlux: 20n * LUX,
        defendants: verdicts('valid'),
        seats: [seat(), seat({ seat: 1, owner: '51'.repeat(20) }), seat({ state: 'silent' })],
        appeals: [
          {
            round: 1,
            appellant: '7a'.repeat(20),
            depositNlux: 6n * FEE,
            findingFirst: 'faulty',
            findingSecond: 'none',
          },
        ],
      }),
    ).toEqual([
      ['burn:', (20n * LUX - 2n * FEE) / 2n],
      ['account:5050', FEE],
      ['account:5151', FEE],
      ['account:a0a0', (20n * LUX - 2n * FEE) / 2n],
      ['account:7a7a', 6n * FEE],
    ]);
  });

  test('of an audit of the beacon goes back to the pool', () => {
    const pool = paid({ form: 'protocolAudit', bondNlux: LUX, defendants: verdicts('valid') });
    expect(pool).toEqual([['auditPool:', LUX]]);
  });

  test('is told of, the slash with it', () => {
    const { effects } = settleMoney(challenge({ slashedNlux: 10n, defendants: verdicts('void') }));
    const told = effects.find((effect) => effect.type === 'emit');
    expect(told).toMatchObject({
      name: 'challengeSettled',
      fields: { slashedNlux: '10', burnedNlux: '7', rewardNlux: '3', bondBackNlux: `${10n * LUX}` },
    });
  });
});
