import { describe, expect, test } from 'vitest';
import { decodeTransaction } from '../../../src/actors/index.ts';
import {
  attestationActor,
  buildTransaction,
  challengeActor,
  claimOf,
  COLLECTIONS,
  commitOutput,
  CONTEXTS,
  MESSAGES,
  modelActor,
  openDrawnChunks,
  prepareAttestation,
  prepareChallenge,
  prepareRerun,
  profileActor,
  proveProviderKey,
  requestActor,
} from '../../../src/client/index.ts';
import {
  attestationSlot,
  challengeId,
  inputHash,
  keypairFromSeed,
  modelId,
  nobleSecp256k1,
  ok,
  providerKeyProof,
  recoverAddress,
  requestId,
  rerunCommit,
  taskKey,
  txId,
  verifyEvidenceChunk,
  verifyOutputChunk,
} from '../../../src/codec/index.ts';
import {
  type ActorKind,
  actorId,
  initialAttestation,
  initialChallenge,
  keyOf,
  REGISTRY,
} from '../../../src/machines/index.ts';
import type { Seat } from '../../../src/machines/challenge/record.ts';
import { FIRST_SEAT } from '../../../src/machines/challenge/wanted.ts';
import { identityOf } from '../../../src/machines/attestation/identity.ts';
import { COLLECTIONS as RUNTIME_COLLECTIONS } from '../../../src/runtime/index.ts';
import { makeSignatures } from '../../../src/runtime/services/signatures.ts';

const CHAIN = { networkId: 12_345, chainId: 'ab'.repeat(32) };
const KEY = keypairFromSeed('client test');
const verifier = makeSignatures(nobleSecp256k1);
const chain = { ...CHAIN, registry: REGISTRY, verifier };

const valueOf = <T>(result: { ok: true; value: T } | { ok: false; failure: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
};

const REQUEST = {
  ...CHAIN,
  nonce: 7n,
  expiry: 100n,
  gasLimit: 1_000n,
  gasPriceNlux: 3n,
  receiver: actorId('account', '11'.repeat(20)),
  valueNlux: 5n,
  message: { type: 'transfer' },
  privateKey: KEY.privateKey,
} as const;

describe('the tables of the client', () => {
  const kinds = Object.keys(REGISTRY) as ActorKind[];

  test('are those of the machines', () => {
    for (const kind of kinds) {
      expect(MESSAGES[kind], kind).toBe(REGISTRY[kind].messages);
      expect(CONTEXTS[kind], kind).toBe(REGISTRY[kind].context);
    }
    expect(Object.keys(MESSAGES).toSorted()).toEqual(kinds.toSorted());
  });

  test('have every collection of the runtime', () => {
    const names = (all: readonly { kind: string; name: string }[]) =>
      all.map(({ kind, name }) => `${kind} ${name}`).toSorted();
    expect(names(COLLECTIONS)).toEqual(names(RUNTIME_COLLECTIONS));
  });
});

describe('a built transaction', () => {
  test('is the one that the kernel reads', () => {
    const built = valueOf(buildTransaction(REQUEST));
    const { privateKey: _, message, ...body } = REQUEST;
    expect(decodeTransaction(built.bytes, chain)).toMatchObject({
      ok: true,
      value: {
        id: built.id,
        sender: `account:${KEY.address}`,
        body: { ...body, message: expect.any(Uint8Array) as Uint8Array },
        message,
      },
    });
    expect(built.id).toBe(txId(built.bytes));
  });

  test('is the same for the same request', () => {
    expect(buildTransaction(REQUEST)).toEqual(buildTransaction({ ...REQUEST }));
  });

  test.each([
    ['a value of 2^128', { valueNlux: 1n << 128n }],
    ['a nonce of 2^64', { nonce: 1n << 64n }],
    ['a network id of 2^32', { networkId: 2 ** 32 }],
    ['a chain id of 31 bytes', { chainId: 'ab'.repeat(31) }],
    ['a message of another kind', { message: { type: 'stake' } as never }],
  ])('is refused for %s', (_, change) => {
    const built = buildTransaction({ ...REQUEST, ...change });
    expect(built).toMatchObject({ failure: { code: 'client/not-encodable' } });
  });

  test.each(['00'.repeat(32), 'ff'.repeat(32), 'AB'.repeat(32), 'ab', ''])(
    'is refused for the key %s, which is not repeated',
    (privateKey) => {
      const built = buildTransaction({ ...REQUEST, privateKey });
      expect(built).toMatchObject({ failure: { code: 'client/bad-key', details: {} } });
    },
  );

  test('is refused when a text of its message is too long', () => {
    const built = buildTransaction({
      ...REQUEST,
      receiver: actorId('provider', KEY.address),
      message: { type: 'setEndpoint', endpoint: 'x'.repeat(300) },
    });
    expect(built).toMatchObject({
      failure: {
        code: 'client/not-encodable',
        details: { cause: expect.stringMatching(/endpoint/) as string },
      },
    });
  });
});

describe('names', () => {
  const hash = (byte: string) => byte.repeat(32);

  test('are those of PROTOCOL §2', () => {
    const weights = { weightHash: hash('01'), teeRequired: true };
    expect(modelActor(weights)).toBe(`model:${modelId(weights)}`);
    const request = { ...CHAIN, requester: KEY.address, nonce: 9n };
    expect(requestActor(request)).toBe(`request:${requestId(request)}`);
    const claim = { modelId: hash('01'), profileHash: hash('02'), payloadHash: hash('03') };
    const task = taskKey({ ...CHAIN, ...claim, inputHash: inputHash(claim) });
    expect(claimOf({ ...CHAIN, ...claim })).toBe(task);
    const [provider, noRequest] = [KEY.address, hash('00')];
    expect(attestationActor({ ...CHAIN, ...claim, provider })).toBe(
      `attestation:${attestationSlot({ provider, taskKey: task, requestId: noRequest })}`,
    );
  });

  test('of a profile change with every part of it', () => {
    const specification = {
      modelId: hash('01'),
      comparator: { type: 'exact' },
      precision: { engine: 'e', dtype: 'f32', settings: '', decoding: 'none' },
      tee: { type: 'none' },
      rerunFeeNlux: 1n,
    } as const;
    const other = { ...specification, rerunFeeNlux: 2n };
    expect(profileActor(specification)).not.toBe(profileActor(other));
    expect(profileActor(specification)).toMatch(/^profile:[0-9a-f]{64}$/);
  });

  test('of a challenge do not depend on the order', () => {
    const [a, b] = [hash('0a'), hash('0b')];
    const forward = challengeActor({ ...CHAIN, first: a, second: b });
    expect(challengeActor({ ...CHAIN, first: b, second: a })).toBe(forward);
    expect(forward).toBe(`challenge:${challengeId({ ...CHAIN, first: a, second: b })}`);
  });
});

test('the proof of a provider key recovers to the key, for this owner and chain', () => {
  const of = { ...CHAIN, owner: '22'.repeat(20) };
  const proof = valueOf(proveProviderKey({ ...of, providerKey: KEY.privateKey }));
  const signer = recoverAddress(nobleSecp256k1, providerKeyProof(of), proof);
  expect(signer).toEqual(ok(KEY.address));
  expect(proveProviderKey({ ...of, providerKey: 'ab' })).toMatchObject({
    failure: { code: 'client/bad-key' },
  });
});

const CLAIM = {
  ...CHAIN,
  provider: KEY.address,
  modelId: '01'.repeat(32),
  profileHash: '02'.repeat(32),
  payloadHash: '03'.repeat(32),
  outputHash: '04'.repeat(32),
  evidenceRoot: '05'.repeat(32),
  timestamp: 1_800_000_000n,
  providerKey: KEY.privateKey,
};

describe('a prepared attestation', () => {
  test('goes to its slot and is signed by the provider', () => {
    const { message, slot, attestationId, receiver } = valueOf(prepareAttestation(CLAIM));
    expect(identityOf(message, CHAIN)).toMatchObject({ slot, attestationId });
    expect(receiver).toBe(attestationActor(CLAIM));
    expect(keyOf(receiver)).toBe(slot);
    const signer = recoverAddress(nobleSecp256k1, attestationId, message.signature);
    expect(signer).toEqual(ok(KEY.address));
  });

  test('of another request lives elsewhere', () => {
    const asked = valueOf(prepareAttestation({ ...CLAIM, requestId: '09'.repeat(32) }));
    expect(asked.receiver).not.toBe(valueOf(prepareAttestation(CLAIM)).receiver);
  });

  test('is refused if a hash has not its length', () => {
    const short = prepareAttestation({ ...CLAIM, payloadHash: 'ab' });
    expect(short).toMatchObject({ failure: { code: 'client/not-encodable' } });
  });
});

test('a challenge names both attestations, their providers and the claim', () => {
  const context = (byte: string) => ({
    ...initialAttestation,
    attestationId: byte.repeat(32),
    provider: byte.repeat(20),
    modelId: '01'.repeat(32),
    profileHash: '02'.repeat(32),
  });
  const first = { slot: 'a1'.repeat(32), context: context('0a') };
  const second = { slot: 'b1'.repeat(32), context: context('0b') };
  const { receiver, message } = prepareChallenge(CHAIN, first, second, [0, 7]);
  expect(receiver).toBe(
    challengeActor({ ...CHAIN, first: '0a'.repeat(32), second: '0b'.repeat(32) }),
  );
  expect(message).toEqual({
    type: 'open',
    first: first.slot,
    second: second.slot,
    firstProvider: '0a'.repeat(20),
    secondProvider: '0b'.repeat(20),
    modelId: '01'.repeat(32),
    profileHash: '02'.repeat(32),
    named: [0, 7],
  });
});

describe('an output', () => {
  const bytes = Uint8Array.from({ length: 100 }, (_, i) => i);
  const output = commitOutput({ author: KEY.address, output: bytes, chunkBytes: 16 });
  const revealedSeat: Seat = {
    round: 1,
    seat: 0,
    attempt: 0,
    provider: KEY.address,
    owner: '0e'.repeat(20),
    state: 'revealed',
    commitment: '00'.repeat(32),
    outputHash: output.outputHash,
    evidenceRoot: output.evidenceRoot,
    leaves: 0,
    opened: 0n,
    marksFirst: 0,
    marksSecond: 0,
    apartFirst: 0,
    apartSecond: 0,
    remoteFirst: 0,
    remoteSecond: 0,
    stanceFirst: 'none',
    stanceSecond: 'none',
    stray: false,
  };

  test('of a seat on several texts never spans two of them in a chunk', () => {
    const texts = [bytes.subarray(0, 20), bytes.subarray(20, 30)];
    const several = commitOutput({ author: KEY.address, output: texts, chunkBytes: 16 });
    const chunks = [0, 1, 2].map((index) => several.openChunk(index, FIRST_SEAT).outputChunk);
    expect(several.leaves).toBe(3);
    expect(chunks.map(({ length }) => length)).toEqual([16, 4, 10]);
  });

  test('opens chunk by chunk under both of its roots', () => {
    expect(output.leaves).toBe(7);
    for (let index = 0; index < output.leaves; index++) {
      const message = output.openChunk(index, 2);
      const { leaves: count, bytes: total } = message;
      const common = { count, bytes: total, index };
      const chunk = { ...common, chunk: message.outputChunk, proof: message.outputProof };
      expect(verifyOutputChunk({ ...chunk, root: output.outputHash })).toBe(true);
      const evidence = { ...common, chunk: message.outputChunk, proof: message.evidenceProof };
      const { evidenceRoot: root } = output;
      expect(verifyEvidenceChunk({ ...evidence, root, author: KEY.address })).toBe(true);
      expect(verifyEvidenceChunk({ ...evidence, root, author: '00'.repeat(20) })).toBe(false);
    }
  });

  test('has a commitment that its reveal matches', () => {
    const challenge = actorId('challenge', 'cc'.repeat(32));
    const of = { challenge, round: 1, seat: 0, member: KEY.address, salt: '5a'.repeat(32) };
    const { commit, reveal } = prepareRerun({ ...of, output });
    const { outputHash, evidenceRoot, salt } = reveal;
    const { round, seat, member } = of;
    const challengeKey = keyOf(challenge);
    const shown = {
      challengeId: challengeKey,
      round,
      seat,
      member,
      outputHash,
      evidenceRoot,
      salt,
    };
    expect(commit.commitment).toBe(rerunCommit(shown));
  });

  test('opens the drawn chunks, each once', () => {
    const context = {
      ...initialChallenge,
      round: 1,
      terms: { ...initialChallenge.terms, drawnChunks: 4, pairPanels: [1] },
      seats: [revealedSeat],
    };
    const challenge = actorId('challenge', 'cc'.repeat(32));
    const opened = openDrawnChunks({ challenge, context, output, beacon: 'be'.repeat(32) });
    expect(opened).toHaveLength(4);
    expect(new Set(opened.map(({ index }) => index)).size).toBe(4);
    expect(opened.every(({ party }) => party === FIRST_SEAT)).toBe(true);
    const [{ index: done = 0 } = {}] = opened;
    const again = { ...context, seats: [{ ...revealedSeat, opened: 1n, leaves: output.leaves }] };
    const left = openDrawnChunks({ challenge, context: again, output, beacon: 'be'.repeat(32) });
    expect(left.map(({ index }) => index)).toEqual(
      opened.map(({ index }) => index).filter((index) => index !== done),
    );
    const none = { ...context, seats: [] };
    const ofNobody = openDrawnChunks({ challenge, context: none, output, beacon: 'be'.repeat(32) });
    expect(ofNobody).toEqual([]);
  });
});
