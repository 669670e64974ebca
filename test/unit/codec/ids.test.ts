import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import * as codec from '../../../src/codec/index.ts';

/** The rule of PROTOCOL §2, written again over Node's own hash and hex text. */
const H = (tag: string, ...parts: readonly string[]): string =>
  createHash('sha256')
    .update(Buffer.from([tag.length]))
    .update(tag, 'latin1')
    .update(Buffer.from(parts.join(''), 'hex'))
    .digest('hex');

const bytes32 = (name: string): string => createHash('sha256').update(name).digest('hex');
const bytes20 = (name: string): string => bytes32(name).slice(0, 40);
const be = (value: number | bigint, width: number): string =>
  value.toString(16).padStart(2 * width, '0');
const withLength = (hexText: string): string => be(hexText.length / 2, 4) + hexText;

const networkId = 12_345;
const chainId = bytes32('chain');
const chain = { networkId, chainId };
const chainPart = `00003039${chainId}`;
const blob = Uint8Array.of(1, 2, 3, 4, 5);

describe('digests of PROTOCOL §2', () => {
  const modelId = bytes32('model');
  const inputHash = bytes32('input');
  const provider = bytes20('provider');

  test('modelId', () => {
    const weightHash = bytes32('weights');
    expect(codec.modelId({ weightHash, teeRequired: false })).toBe(
      H('aivm/model/1', weightHash, '00'),
    );
    expect(codec.modelId({ weightHash, teeRequired: true })).toBe(
      H('aivm/model/1', weightHash, '01'),
    );
  });

  test('profileHash, inputHash, taskKey', () => {
    expect(codec.profileHash(blob)).toBe(H('aivm/profile/1', '00000005', '0102030405'));
    const of = { profileHash: bytes32('profile'), payloadHash: bytes32('payload') };
    expect(codec.inputHash(of)).toBe(H('aivm/input/1', of.profileHash, of.payloadHash));
    expect(codec.taskKey({ ...chain, modelId, inputHash })).toBe(
      H('aivm/task/1', chainPart, modelId, inputHash),
    );
  });

  test('bindingDigest and attestationId', () => {
    const of = {
      ...chain,
      modelId,
      inputHash,
      outputHash: bytes32('output'),
      evidenceRoot: bytes32('evidence'),
      requestId: codec.ZERO_HASH,
      provider,
      timestamp: 1_700_000_000n,
    };
    const bindingDigest = codec.bindingDigest(of);
    expect(bindingDigest).toBe(
      H(
        'aivm/attestation-binding/1',
        chainPart,
        modelId,
        inputHash,
        of.outputHash,
        of.evidenceRoot,
        '00'.repeat(32),
        provider,
        be(of.timestamp, 8),
      ),
    );
    expect(codec.attestationId({ bindingDigest, teeReport: blob })).toBe(
      H('aivm/attestation/1', bindingDigest, createHash('sha256').update(blob).digest('hex')),
    );
  });

  test('attestationSlot, requestId, providerKeyProof', () => {
    const of = { provider, taskKey: bytes32('task'), requestId: bytes32('request') };
    expect(codec.attestationSlot(of)).toBe(
      H('aivm/attestation-slot/1', provider, of.taskKey, of.requestId),
    );
    const requester = bytes20('requester');
    expect(codec.requestId({ ...chain, requester, nonce: 7n })).toBe(
      H('aivm/request/1', chainPart, requester, be(7, 8)),
    );
    expect(codec.providerKeyProof({ ...chain, owner: requester })).toBe(
      H('aivm/provider-key/1', chainPart, requester),
    );
  });

  test('txDigest, txId, blockId, genesisChainId', () => {
    const body = withLength('0102030405');
    expect(codec.txDigest({ ...chain, body: blob })).toBe(H('aivm/tx/1', chainPart, body));
    expect(codec.txId(blob)).toBe(H('aivm/tx-id/1', body));
    expect(codec.blockId(blob)).toBe(H('aivm/block/1', body));
    expect(codec.genesisChainId(blob)).toBe(H('aivm/genesis/1', body));
  });

  test('transactionsRoot of none, one and three', () => {
    const ids = ['a', 'b', 'c'].map(bytes32);
    const [a, b, c] = ids.map((id, index) => H('aivm/tx-leaf/1', be(index, 4), id));
    const node = H('aivm/evidence-node/1', a as string, b as string);
    const top = H('aivm/evidence-node/1', node, c as string);
    const root = (count: number, over: string): string =>
      H('aivm/evidence/1', be(count, 4), be(32 * count, 8), over);
    expect(codec.transactionsRoot([])).toBe(root(0, '00'.repeat(32)));
    expect(codec.transactionsRoot(ids.slice(0, 1))).toBe(root(1, a as string));
    expect(codec.transactionsRoot(ids)).toBe(root(3, top));
  });
});

describe('digests of PROTOCOL §6', () => {
  const challengeId = bytes32('challenge');
  const beacon = bytes32('beacon');

  test('challengeId sorts the two attestations', () => {
    const [low, high] = ['10'.repeat(32), 'f0'.repeat(32)];
    const expected = H('aivm/challenge/1', chainPart, low as string, high as string);
    const first = low as string;
    const second = high as string;
    expect(codec.challengeId({ ...chain, first, second })).toBe(expected);
    expect(codec.challengeId({ ...chain, first: second, second: first })).toBe(expected);
  });

  test('challengeId of a lone attestation ends in zeros', () => {
    const first = bytes32('attestation');
    const expected = H('aivm/challenge/1', chainPart, first, '00'.repeat(32));
    expect(codec.challengeId({ ...chain, first })).toBe(expected);
    expect(codec.challengeId({ ...chain, first, second: codec.ZERO_HASH })).toBe(expected);
  });

  test('rerunCommit', () => {
    const of = {
      challengeId,
      round: 2,
      seat: 6,
      member: bytes20('member'),
      outputHash: bytes32('output'),
      evidenceRoot: bytes32('evidence'),
      salt: bytes32('salt'),
    };
    const { member, outputHash, evidenceRoot, salt } = of;
    expect(codec.rerunCommit(of)).toBe(
      H('aivm/rerun-commit/1', challengeId, '02', '06', member, outputHash, evidenceRoot, salt),
    );
  });

  test('challengeAnnouncement', () => {
    const of = { challengeId, challenger: bytes20('challenger'), salt: bytes32('salt') };
    expect(codec.challengeAnnouncement(of)).toBe(
      H('aivm/challenge-announcement/1', challengeId, of.challenger, of.salt),
    );
  });

  test('panelSeed, drawHash, chunkDrawHash, auditHash', () => {
    expect(codec.panelSeed({ beacon, challengeId, round: 3 })).toBe(
      H('aivm/panel/1', beacon, challengeId, '03'),
    );
    const seed = bytes32('seed');
    expect(codec.drawHash({ seed, seat: 1, attempt: 2, counter: 258 })).toBe(
      H('aivm/draw/1', seed, '01', '02', '00000102'),
    );
    expect(codec.chunkDrawHash({ beacon, challengeId, round: 1, index: 7, counter: 3 })).toBe(
      H('aivm/chunk-draw/1', beacon, challengeId, '01', '07', '00000003'),
    );
    const attestationId = bytes32('attestation');
    expect(codec.auditHash({ round: beacon, attestationId })).toBe(
      H('aivm/audit/1', beacon, attestationId),
    );
  });

  test('a part of another length than its width is an assertion', () => {
    expect(() => codec.panelSeed({ beacon: 'ab', challengeId, round: 1 })).toThrow('64 hex digits');
    expect(() => codec.panelSeed({ beacon, challengeId, round: 256 })).toThrow('outside 0..255');
    const owner = bytes32('too long');
    expect(() => codec.providerKeyProof({ ...chain, owner })).toThrow('40 hex digits');
    expect(() => codec.providerKeyProof({ chainId, networkId: 2 ** 32, owner })).toThrow('outside');
  });
});
