import { describe, expect, test } from 'vitest';
import { requestId } from '../../../../src/codec/index.ts';
import { auditDeposit } from '../../../../src/machines/attestation/money.ts';
import { actorId } from '../../../../src/machines/kit/index.ts';
import type { ActorId, ActorKind, View } from '../../../../src/machines/kit/index.ts';
import { initialProfile } from '../../../../src/machines/profile/record.ts';
import { initialProvider } from '../../../../src/machines/provider/record.ts';
import { request } from '../../../../src/machines/request/machine.ts';
import { LUX, SHORT } from '../../../support/parameters.ts';
import { Lone } from '../support/lone.ts';

const ALICE = '11'.repeat(20);
const alice = actorId('account', ALICE);
const PROVIDER = 'b0'.repeat(20);
const PROFILE = 'f0'.repeat(32);
const MODEL = '30'.repeat(32);
const RERUN_FEE = LUX / 100n;
const FEE = auditDeposit(SHORT, RERUN_FEE);
/** Basis points of it are no whole nLUX. */
const FREE = 1_000n * LUX + 9_999n;
const nonce = 7n;
const attestation = actorId('attestation', 'a7'.repeat(32));

const served = { profileHash: PROFILE, joinedAt: 1n, leavesAt: 0n, declinedAt: 0n };
const provider = { ...initialProvider, served: [served], freeNlux: FREE };
const specification = {
  ...initialProfile.specification,
  modelId: MODEL,
  rerunFeeNlux: RERUN_FEE,
};
const profile = { ...initialProfile, specification };

/** A request that may be opened: a provider and a profile stand, and it has the right name. */
const absent = () => {
  const network = new Lone(request, actorId('request', '00'.repeat(32))).network;
  const id = requestId({ ...network, requester: ALICE, nonce });
  const lone = new Lone(request, actorId('request', id));
  const see = (other: ActorId, state: string, context: unknown) =>
    lone.views.set(other, { state, balance: 0n, context } as View<ActorKind>);
  const message = {
    type: 'open',
    nonce,
    provider: PROVIDER,
    modelId: MODEL,
    profileHash: PROFILE,
    payloadHash: 'da'.repeat(32),
    declaredValueNlux: 3n,
    enforceable: true,
    expiresAt: lone.height + SHORT.requestExpiryMaximumBlocks,
  } as const;
  const seeProvider = (state: string, change: object = {}) =>
    see(actorId('provider', PROVIDER), state, { ...provider, ...change });
  const seeProfile = (state: string, context = profile) =>
    see(actorId('profile', PROFILE), state, context);
  seeProvider('active');
  seeProfile('active');
  const open = (change: object = {}, fee = FEE) => lone.send(alice, { ...message, ...change }, fee);
  return { lone, message, open, seeProvider, seeProfile };
};

const opened = () => {
  const made = absent();
  expect(made.open()).toBeUndefined();
  return made;
};

describe('a request that is opened', () => {
  test('keeps all that was asked, by whom and when', () => {
    const { lone, message } = opened();
    const { type: _type, nonce: _nonce, ...fields } = message;
    expect(lone.context).toEqual({
      ...fields,
      requester: ALICE,
      feeNlux: FEE,
      openedAt: lone.height,
      attestation: '00'.repeat(32),
    });
  });

  test('tells it', () => {
    const { lone, message } = opened();
    const { payloadHash, expiresAt } = message;
    const fields = { payloadHash, feeNlux: `${FEE}`, expiresAt: `${expiresAt}` };
    expect(lone.events).toEqual([
      ['requested', { requester: alice, provider: `provider:${PROVIDER}`, ...fields }],
    ]);
  });

  test('gives the fee back to who asked once it has expired, and tells it', () => {
    const { lone, message } = opened();
    const anyone = actorId('account', '22'.repeat(20));
    lone.height = message.expiresAt - 1n;
    expect(lone.send(anyone, { type: 'refund' })).toBe('not-expired');
    lone.height = message.expiresAt;
    expect(lone.send(anyone, { type: 'refund' })).toBeUndefined();
    expect([lone.state, lone.paidTo(alice), lone.balance]).toEqual(['refunded', FEE, 0n]);
    expect(lone.events).toEqual([['requestRefunded', { amountNlux: `${FEE}` }]]);
  });

  test('is fulfilled before its expiry only, by the attestation that it then names', () => {
    const { lone, message } = opened();
    lone.height = message.expiresAt;
    expect(lone.send(attestation, { type: 'fulfil' })).toBe('request-expired');
    lone.height = message.expiresAt - 1n;
    expect(lone.send(attestation, { type: 'fulfil' })).toBeUndefined();
    expect(lone.context.attestation).toBe('a7'.repeat(32));
    expect([lone.state, lone.paidTo(attestation), lone.balance]).toEqual(['fulfilled', FEE, 0n]);
    expect(lone.events).toEqual([['fulfilled', { attestation }]]);
  });
});

describe('a request is refused', () => {
  test('under a name that is not of its requester and number', () => {
    expect(absent().open({ nonce: nonce + 1n })).toBe('wrong-request-id');
  });

  test('for a provider that is unknown, not active, or does not serve the profile', () => {
    const { lone, open, seeProvider } = absent();
    seeProvider('jailed');
    expect(open()).toBe('provider-not-active');
    seeProvider('active', { served: [] });
    expect(open()).toBe('not-served');
    seeProvider('active', { served: [{ ...served, leavesAt: 500n }] });
    expect(open()).toBe('not-served');
    lone.views.delete(actorId('provider', PROVIDER));
    expect(open()).toBe('provider-unknown');
  });

  test('for a profile that is unknown, not active, or of another model', () => {
    const { lone, open, seeProfile } = absent();
    expect(open({ modelId: '31'.repeat(32) })).toBe('profile-of-other-model');
    seeProfile('retired');
    expect(open()).toBe('profile-not-active');
    lone.views.delete(actorId('profile', PROFILE));
    expect(open()).toBe('profile-unknown');
  });

  test('for a fee below what its audits cost, and not at it', () => {
    const { open } = absent();
    expect(open({}, FEE - 1n)).toBe('fee-too-low');
    expect(open({}, FEE)).toBeUndefined();
  });

  test('for an expiry that is too near or too far', () => {
    const { lone, open } = absent();
    const { requestExpiryMinimumBlocks: least, requestExpiryMaximumBlocks: most } = SHORT;
    for (const blocks of [least - 1n, most + 1n]) {
      expect(open({ expiresAt: lone.height + blocks })).toBe('expiry-out-of-range');
    }
    expect(open({ expiresAt: lone.height + least })).toBeUndefined();
  });

  test('for more than the free stake covers, rounded down', () => {
    const cap = (FREE * BigInt(SHORT.exposureBps)) / 10_000n;
    expect(cap * 10_000n).toBeLessThan(FREE * BigInt(SHORT.exposureBps));
    const { open } = absent();
    expect(open({ declaredValueNlux: cap + 1n })).toBe('exposure-cap');
    expect(open({ declaredValueNlux: cap })).toBeUndefined();
  });
});
