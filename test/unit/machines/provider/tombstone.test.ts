import { describe, expect, test } from 'vitest';
import { BURN, GAS } from '../../../../src/machines/kit/index.ts';
import { provider } from '../../../../src/machines/provider/machine.ts';
import { providerRules } from '../../../../src/machines/provider/messages.ts';
import { SHORT } from '../../../support/parameters.ts';
import { FIRST, IN_STATE, LUX, MODEL_ID, OWNER, profileHash, PROOF } from './support.ts';
import { registered, SECOND, STAKE, STRANGER, type Desk } from './support.ts';

const A = profileHash(1);
const B = profileHash(2);
const tombstone = (desk: Desk, height: bigint, by = PROOF) =>
  desk.do(by, { type: 'tombstone', height });
const slash = (desk: Desk, by: typeof FIRST, amountNlux: bigint, lockNlux: bigint) => {
  const rest = { defendant: 0, leastNlux: 0n, height: 90n, unsubstantiated: false };
  desk.do(by, { type: 'slash', amountNlux, lockNlux, ...rest });
};

describe('a tombstone', () => {
  test('takes all that is free, and ends all service at once', () => {
    const desk = registered();
    desk.serve(A, B);
    tombstone(desk, 90n);
    expect(desk.state).toBe('tombstoned');
    expect(desk.got(PROOF)).toBe(5n * STAKE);
    expect(desk.balance).toBe(0n);
    expect(desk.context).toMatchObject({ tombstonedAt: 100n, weightNlux: 0n, served: [] });
    expect(desk.profiles.size).toBe(0);
    expect(desk.sent.map(({ message }) => message.type)).toEqual(['tombstoned', 'leave', 'leave']);
    expect(desk.events).toEqual(['tombstoned']);
  });

  test.each(Object.keys(IN_STATE))('comes in every state: %s', (state) => {
    const desk = IN_STATE[state]?.() ?? registered();
    const staked = desk.balance;
    const before = desk.got(PROOF);
    desk.height += 1n;
    tombstone(desk, 50n);
    expect(desk.state).toBe('tombstoned');
    expect(desk.got(PROOF) - before).toBe(staked);
    expect(desk.sent.map(({ to, value }) => [to, value])).toEqual([[PROOF, staked]]);
  });

  test('takes lots of its height and later, and leaves older ones to the owner (I39)', () => {
    const desk = registered();
    for (const height of [101n, 102n, 103n]) {
      desk.height = height;
      desk.unstake(height * LUX);
    }
    desk.height = 110n;
    tombstone(desk, 102n);
    expect(desk.context.lots).toEqual([{ height: 101n, amountNlux: 101n * LUX }]);
    expect(desk.got(PROOF)).toBe(5n * STAKE - 101n * LUX);
    expect(desk.send(STRANGER, { type: 'withdraw' })).toBe('nothing-matured');
    desk.height = 101n + SHORT.unbondingBlocks;
    desk.do(STRANGER, { type: 'withdraw' });
    expect(desk.got(OWNER)).toBe(101n * LUX);
    expect([desk.state, desk.balance]).toEqual(['tombstoned', 0n]);
  });

  test('again takes what the first did not reach, and keeps the first height', () => {
    const desk = registered();
    desk.unstake(STAKE);
    desk.height = 110n;
    tombstone(desk, 105n);
    desk.height = 120n;
    tombstone(desk, 100n, SECOND);
    expect(desk.got(PROOF)).toBe(4n * STAKE);
    expect(desk.got(SECOND)).toBe(STAKE);
    expect(desk.context.tombstonedAt).toBe(110n);
    tombstone(desk, 100n, SECOND);
    expect(desk.sent.map(({ value }) => value)).toEqual([0n]);
  });

  test('comes from challenges only, and is paid for by the profiles it tells', () => {
    expect(providerRules.tombstone.from).toEqual(['challenge']);
    expect(providerRules.declined.from).toEqual(['challenge']);
    const desk = registered();
    desk.serve(A, B);
    const about = { self: desk.id, from: PROOF, context: desk.context };
    const message = { type: 'tombstone', height: 1n } as const;
    expect(providerRules.tombstone.gas?.(message, about)).toBe(2 * GAS.reweigh);
  });
});

describe('what challenges have locked', () => {
  const lockedTwice = (): Desk => {
    const desk = registered();
    desk.serve(A);
    desk.lock(FIRST, STAKE);
    desk.lock(SECOND, 2n * STAKE);
    tombstone(desk, 90n);
    return desk;
  };

  test('is owed, and burned as it is released', () => {
    const desk = lockedTwice();
    expect(desk.got(PROOF)).toBe(2n * STAKE);
    expect(desk.context).toMatchObject({ lockedNlux: 3n * STAKE, debtNlux: 3n * STAKE });
    desk.do(FIRST, { type: 'unlock', amountNlux: STAKE });
    expect(desk.got(BURN)).toBe(STAKE);
    expect(desk.context).toMatchObject({ lockedNlux: 2n * STAKE, debtNlux: 2n * STAKE });
    desk.do(SECOND, { type: 'unlock', amountNlux: 2n * STAKE });
    expect(desk.got(BURN)).toBe(3n * STAKE);
    expect([desk.balance, desk.context.openChallenges]).toEqual([0n, 0]);
  });

  test('pays the slash of its own challenge first', () => {
    const desk = lockedTwice();
    slash(desk, SECOND, STAKE / 2n, 2n * STAKE);
    expect(desk.got(SECOND)).toBe(STAKE / 2n);
    expect(desk.got(BURN)).toBe(2n * STAKE - STAKE / 2n);
    expect(desk.context).toMatchObject({ lockedNlux: STAKE, debtNlux: STAKE });
    slash(desk, FIRST, 10n * STAKE, STAKE);
    expect(desk.got(FIRST)).toBe(STAKE);
    expect(desk.balance).toBe(0n);
  });

  test('was owed in part before', () => {
    const desk = registered(2n * STAKE);
    desk.lock(FIRST, STAKE);
    desk.lock(SECOND, STAKE);
    slash(desk, FIRST, STAKE + STAKE / 4n, STAKE);
    expect(desk.context).toMatchObject({ lockedNlux: STAKE, debtNlux: STAKE / 4n });
    tombstone(desk, 90n);
    expect(desk.got(PROOF)).toBe(0n);
    expect(desk.context.debtNlux).toBe(STAKE);
    desk.do(SECOND, { type: 'unlock', amountNlux: STAKE });
    expect(desk.got(BURN)).toBe(STAKE);
    expect(desk.balance).toBe(0n);
  });

  test('holds back the owner’s older lots until no challenge is open', () => {
    const desk = registered();
    desk.unstake(STAKE);
    desk.height = 110n;
    desk.lock(FIRST, STAKE);
    tombstone(desk, 105n);
    desk.height += SHORT.unbondingBlocks;
    expect(desk.send(OWNER, { type: 'withdraw' })).toBe('challenge-open');
    desk.do(FIRST, { type: 'unlock', amountNlux: STAKE });
    desk.do(OWNER, { type: 'withdraw' });
    expect(desk.got(OWNER)).toBe(STAKE);
  });
});

describe('a tombstoned provider', () => {
  const buried = (): Desk => {
    const desk = registered();
    desk.serve(A);
    desk.unstake(STAKE);
    desk.height = 110n;
    tombstone(desk, 105n);
    return desk;
  };

  test('is locked for nothing by a challenge, which gets its answer', () => {
    const desk = buried();
    desk.lock(FIRST, STAKE);
    expect(desk.sent.map(({ message }) => message)).toEqual([
      { type: 'locked', defendant: 0, lockedNlux: 0n },
    ]);
    expect(desk.context).toMatchObject({ lockedNlux: 0n, openChallenges: 1 });
    desk.do(FIRST, { type: 'unlock', amountNlux: 0n });
    expect(desk.context.openChallenges).toBe(0);
  });

  test('still answers with older lots for what it attested before', () => {
    const desk = buried();
    desk.lock(FIRST, STAKE);
    slash(desk, FIRST, STAKE / 2n, 0n);
    expect(desk.got(FIRST)).toBe(STAKE / 2n);
    const missed = { type: 'penalize', amountNlux: STAKE, noShow: true, since: 95n } as const;
    desk.do(SECOND, missed);
    desk.do(SECOND, missed);
    expect([desk.state, desk.balance]).toEqual(['tombstoned', 0n]);
  });

  test('does nothing else any more', () => {
    const desk = buried();
    for (const message of [
      { type: 'register', proof: '00'.repeat(65), endpoint: '' },
      { type: 'stake' },
      { type: 'unstake', amountNlux: 1n },
      { type: 'unjail' },
      { type: 'setEndpoint', endpoint: '' },
      { type: 'serve', profileHash: A, modelId: MODEL_ID },
      { type: 'leave', profileHash: A },
      { type: 'depart', profileHash: A },
      { type: 'rotateKey', key: '00'.repeat(20), proof: '00'.repeat(65), from: 111n },
      { type: 'dropEnclaveKey', key: '00'.repeat(20) },
    ] as const) {
      expect(desk.send(OWNER, message), message.type).toBe('not-accepted');
    }
    const edges = [...(provider.compiled.edges.get('tombstoned')?.keys() ?? [])];
    expect(edges.toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
      'declined',
      'expose',
      'lock',
      'penalize',
      'slash',
      'tombstone',
      'unlock',
      'withdraw',
    ]);
  });

  test('carries no value of attestations', () => {
    const expose = { type: 'expose', valueNlux: 1n, windowEnd: 130n } as const;
    const attestation = `attestation:${'aa'.repeat(32)}` as const;
    expect(buried().send(attestation, expose)).toBe('exposure-cap');
  });
});
