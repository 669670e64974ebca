import { describe, expect, test } from 'vitest';
import { challengeAnnouncement, fromHex, modelId } from '../../../../src/codec/index.ts';
import { account } from '../../../../src/machines/account/machine.ts';
import { announcement } from '../../../../src/machines/announcement/machine.ts';
import { beacon } from '../../../../src/machines/beacon/machine.ts';
import { initialBeacon } from '../../../../src/machines/beacon/record.ts';
import { devRandomness } from '../../../../src/machines/beacon/rounds.ts';
import { actorId, BEACON } from '../../../../src/machines/kit/index.ts';
import { model } from '../../../../src/machines/model/machine.ts';
import { SHORT } from '../../../support/parameters.ts';
import { Lone } from '../support/lone.ts';

const ALICE = '11'.repeat(20);
const BOB = '22'.repeat(20);
const alice = actorId('account', ALICE);
const bob = actorId('account', BOB);

describe('an account tells what it gets', () => {
  const lone = () => new Lone(account, bob);

  test('from whom, and refuses a transfer of nothing', () => {
    const to = lone();
    expect(to.send(alice, { type: 'transfer' })).toBe('value-missing');
    expect(to.send(alice, { type: 'transfer' }, 1n)).toBeUndefined();
    expect(to.events).toEqual([['transferred', { from: alice, to: bob, amountNlux: '1' }]]);
  });

  test('and for what, if an actor pays it', () => {
    const to = lone();
    const from = actorId('request', '33'.repeat(32));
    expect(to.send(from, { type: 'credit', purpose: 'refund' }, 5n)).toBeUndefined();
    expect(to.events).toEqual([
      ['credited', { from, to: bob, amountNlux: '5', purpose: 'refund' }],
    ]);
  });
});

test('an announcement tells who withdraws it', () => {
  const about = { challengeId: 'c1'.repeat(32), challenger: ALICE, salt: '5a'.repeat(32) };
  const lone = new Lone(announcement, actorId('announcement', challengeAnnouncement(about)));
  expect(lone.send(alice, { type: 'announce' })).toBeUndefined();
  expect(lone.send(alice, { type: 'withdraw' })).toBeUndefined();
  expect(lone.events).toEqual([['announcementWithdrawn', { announcer: alice }]]);
});

test('the beacon tells the value of a round', () => {
  const lone = new Lone(beacon, BEACON);
  const source = { type: 'dev', genesisTime: lone.time, periodSeconds: 3n } as const;
  lone.context = { ...initialBeacon, source };
  const randomness = devRandomness(lone.network.chainId, 1n);
  const message = { type: 'submitRound', round: 1n, proof: fromHex(randomness) } as const;
  expect(lone.send(alice, message)).toBeUndefined();
  expect(lone.events).toEqual([['roundSubmitted', { round: '1', randomness }]]);
});

describe('a model', () => {
  const weights = { weightHash: 'ab'.repeat(32), teeRequired: false };
  const metadata = { name: 'm', version: 1n, architecture: 'bert', paramCount: 7n, license: 'MIT' };
  const depositNlux = SHORT.modelDepositNlux;

  const registered = () => {
    const lone = new Lone(model, actorId('model', modelId(weights)));
    const message = { type: 'register', ...weights, ...metadata } as const;
    expect(lone.send(alice, message, depositNlux)).toBeUndefined();
    return lone;
  };

  test('is offered to nobody at first, and says so', () => {
    expect(registered().context).toStrictEqual({
      ...weights,
      ...metadata,
      owner: ALICE,
      registeredAt: 100n,
      profileCount: 0,
      offeredTo: undefined,
      depositNlux,
    });
  });

  test('tells each step of its life', () => {
    const lone = registered();
    const deposit = `${depositNlux}`;
    expect(lone.events).toEqual([
      ['registered', { owner: alice, name: 'm', depositNlux: deposit }],
    ]);
    lone.send(alice, { type: 'update', ...metadata, name: 'n', version: 2n });
    expect(lone.events).toEqual([['updated', { name: 'n', version: '2' }]]);
    lone.send(alice, { type: 'transfer', owner: BOB });
    expect(lone.events).toEqual([['offered', { from: alice, to: bob }]]);
    lone.send(bob, { type: 'accept' });
    expect(lone.events).toEqual([['transferred', { from: alice, to: bob }]]);
    lone.send(bob, { type: 'deprecate' });
    expect(lone.events).toEqual([['deprecated', {}]]);
    lone.send(bob, { type: 'remove' });
    expect(lone.events).toEqual([['removed', { depositNlux: deposit }]]);
  });
});
