import { describe, expect, test } from 'vitest';
import { sign } from '../../../../src/codec/index.ts';
import { identityOf } from '../../../../src/machines/attestation/identity.ts';
import { signatureFault } from '../../../../src/machines/attestation/tee.ts';
import { keyOf } from '../../../../src/machines/kit/index.ts';
import { isKeyAt, isKeyForEvidence } from '../../../../src/machines/provider/keys.ts';
import { provider } from '../../../../src/machines/provider/machine.ts';
import { MAX_PROVIDER_KEYS, NEVER } from '../../../../src/machines/provider/record.ts';
import { SHORT } from '../../../support/parameters.ts';
import { Desk, IN_STATE, keyOfName, MODEL_ID, OWNER, profileHash } from './support.ts';
import { proofBy, registered, STRANGER } from './support.ts';

const AGE = SHORT.evidenceAgeBlocks;
const address = (name: string): string => keyOfName(name).address;

/** Rotates to a key in the next block, and goes on to it. */
const rotateNow = (desk: Desk, name: string): void => {
  expect(desk.rotate(name)).toBeUndefined();
  desk.height += 1n;
};

describe('a rotation', () => {
  test('hands over at one height: the old key signs before it, the new one after (I48)', () => {
    const desk = registered();
    expect(desk.rotate('second', 110n)).toBeUndefined();
    expect(desk.events).toEqual(['keyRotated']);
    expect(desk.context.keys).toEqual([
      { address: address('first'), from: 100n, until: 110n },
      { address: address('second'), from: 110n, until: NEVER },
    ]);
    const signers = (height: bigint) =>
      ['first', 'second'].filter((name) => isKeyAt(desk.context, address(name), height));
    expect(signers(99n)).toEqual([]);
    expect(signers(100n)).toEqual(['first']);
    expect(signers(109n)).toEqual(['first']);
    expect(signers(110n)).toEqual(['second']);
    expect(signers(1_000_000n)).toEqual(['second']);
  });

  test.each([
    [99n, 'key-start-out-of-range'],
    [100n, 'key-start-out-of-range'],
    [101n, undefined],
    [100n + SHORT.windowBlocks, undefined],
    [101n + SHORT.windowBlocks, 'key-start-out-of-range'],
    [NEVER, 'key-start-out-of-range'],
  ])('at height 100 for %s: %s', (from, refusal) => {
    expect(registered().rotate('second', from)).toBe(refusal);
  });

  test('comes one at a time: the next when the last key signs', () => {
    const desk = registered();
    desk.rotate('second', 110n);
    desk.height = 109n;
    expect(desk.rotate('third')).toBe('key-rotation-pending');
    desk.height = 110n;
    expect(desk.rotate('third')).toBeUndefined();
    expect(desk.context.keys.map(({ from, until }) => [from, until])).toEqual([
      [100n, 110n],
      [110n, 111n],
      [111n, NEVER],
    ]);
  });

  test('is the owner’s, and never to a key it has', () => {
    const desk = registered();
    const key = address('second');
    const rotation = { type: 'rotateKey', key, proof: proofBy('second'), from: 101n } as const;
    expect(desk.send(STRANGER, rotation)).toBe('not-owner');
    expect(desk.rotate('first')).toBe('key-known');
    rotateNow(desk, 'second');
    expect(desk.rotate('first')).toBe('key-known');
    expect(desk.rotate('second')).toBe('key-known');
  });

  test.each([
    ['another owner', proofBy('second', 'ff'.repeat(20))],
    ['another chain', proofBy('second', undefined, { networkId: 1, chainId: 'c4'.repeat(32) })],
    ['another key', proofBy('third')],
    ['nothing', '00'.repeat(65)],
  ])('is refused with a proof for %s: nobody names a key that is not theirs', (_, proof) => {
    const desk = registered();
    const rotation = { type: 'rotateKey', key: address('second'), proof, from: 101n } as const;
    expect(desk.send(OWNER, rotation)).toBe('key-not-proven');
    expect(desk.details.signer).not.toBe(address('second'));
    expect(desk.context.keys).toHaveLength(1);
  });

  test.each([
    ['absent', 'not-accepted'],
    ['inactive', undefined],
    ['active', undefined],
    ['jailed', undefined],
    ['unbonding', undefined],
    ['exited', 'not-accepted'],
    ['tombstoned', 'not-accepted'],
  ])('of a provider that is %s: %s', (state, refusal) => {
    const desk = IN_STATE[state]?.() ?? new Desk();
    expect(desk.state).toBe(state);
    expect(desk.rotate('second')).toBe(refusal);
  });

  test('covers every state', () => {
    expect(Object.keys(IN_STATE)).toEqual(provider.compiled.states);
  });
});

describe('an attestation', () => {
  /** Signed by a key of a name, for a provider, and judged at a height. */
  const faultAt = (desk: Desk, name: string, height: bigint): string | undefined => {
    const claim = {
      type: 'attest',
      provider: keyOf(desk.id),
      modelId: MODEL_ID,
      profileHash: profileHash(1),
      payloadHash: '11'.repeat(32),
      outputHash: '22'.repeat(32),
      evidenceRoot: '33'.repeat(32),
      requestId: '00'.repeat(32),
      timestamp: 1_800_000_000n,
      teeReport: new Uint8Array(),
      signature: '',
    } as const;
    desk.height = height;
    const call = desk.call(STRANGER);
    const { attestationId } = identityOf(claim, call);
    const signature = sign(attestationId, keyOfName(name).privateKey);
    return signatureFault({ ...claim, signature }, call)?.code;
  };

  test('is signed by the key of its height, and by no other (PROTOCOL §4)', () => {
    const desk = registered();
    desk.rotate('second', 110n);
    const other = 'signature-of-other';
    const by = (name: string) =>
      [99n, 100n, 109n, 110n, 120n].map((height) => faultAt(desk, name, height));
    expect(by('first')).toEqual([other, undefined, undefined, other, other]);
    expect(by('second')).toEqual([other, other, other, undefined, undefined]);
    expect(by('third')).toEqual([other, other, other, other, other]);
  });
});

describe('evidence', () => {
  test('by a key counts from its first height until the evidence age after its last (I48)', () => {
    const desk = registered();
    desk.rotate('second', 110n);
    const counts = (name: string, height: bigint) =>
      isKeyForEvidence(desk.context, address(name), height, SHORT);
    expect([99n, 100n, 109n + AGE, 110n + AGE].map((height) => counts('first', height))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect([109n, 110n, 10_000n].map((height) => counts('second', height))).toEqual([
      false,
      true,
      true,
    ]);
    expect(counts('third', 120n)).toBe(false);
  });

  test('keeps a key in the record: it goes with the first rotation after', () => {
    const desk = registered();
    rotateNow(desk, 'second');
    desk.height = 100n + AGE;
    rotateNow(desk, 'third');
    expect(desk.context.keys.map((key) => key.address)).toContain(address('first'));
    rotateNow(desk, 'fourth');
    expect(desk.context.keys.map((key) => key.address)).toEqual(
      ['second', 'third', 'fourth'].map(address),
    );
    expect(desk.rotate('first')).toBeUndefined();
  });

  test('bounds how often one rotates: until the oldest key is no evidence any more', () => {
    const desk = registered();
    for (let at = 1; at < MAX_PROVIDER_KEYS; at++) rotateNow(desk, `key ${at}`);
    expect(desk.context.keys).toHaveLength(MAX_PROVIDER_KEYS);
    expect(desk.rotate('one more')).toBe('too-many-keys');
    const first = desk.context.keys[0];
    expect(first?.until).toBe(101n);
    desk.height = 101n + AGE - 1n;
    expect(desk.rotate('one more')).toBe('too-many-keys');
    desk.height += 1n;
    expect(desk.rotate('one more')).toBeUndefined();
    expect(desk.context.keys).toHaveLength(MAX_PROVIDER_KEYS);
    expect(desk.context.keys.map((key) => key.address)).not.toContain(address('first'));
  });

  test('the refusal names that height', () => {
    const desk = registered();
    for (let at = 1; at < MAX_PROVIDER_KEYS; at++) rotateNow(desk, `key ${at}`);
    expect(desk.rotate('one more')).toBe('too-many-keys');
    expect(desk.details).toEqual({ most: '8', at: String(101n + AGE) });
  });
});
