import { describe, expect, it } from 'vitest';
import {
  decodeTransaction,
  signedTransaction,
  transactionBody,
} from '../../../src/actors/index.ts';
import { MAX_TRANSACTION_BYTES, type TransactionBody } from '../../../src/actors/index.ts';
import {
  concatBytes,
  encode,
  fromHex,
  keypairFromSeed,
  recoverAddress,
} from '../../../src/codec/index.ts';
import { nobleSecp256k1, sign, txDigest, txId } from '../../../src/codec/index.ts';
import { actorId } from '../../../src/machines/kit/index.ts';
import { BOB, TEST_CHAIN, TEST_REGISTRY } from './support/chain.ts';

const CHAIN = {
  ...TEST_CHAIN,
  verifier: {
    ...TEST_CHAIN.verifier,
    recoverAddress: (digest: string, signature: string) => {
      const recovered = recoverAddress(nobleSecp256k1, digest, signature);
      return recovered.ok ? recovered.value : undefined;
    },
  },
};
const KEYS = keypairFromSeed('prepare');
const GROUP_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

const BODY: TransactionBody = {
  networkId: CHAIN.networkId,
  chainId: CHAIN.chainId,
  nonce: 3n,
  expiry: 9n,
  gasLimit: 1000n,
  gasPriceNlux: 1n,
  receiver: BOB,
  valueNlux: 12n,
  message: encode(TEST_REGISTRY.account.messages, { type: 'transfer' }),
};

const signBody = (body: Uint8Array): string =>
  sign(txDigest({ networkId: CHAIN.networkId, chainId: CHAIN.chainId, body }), KEYS.privateKey);

const wire = (body: Uint8Array, signature = signBody(body)): Uint8Array =>
  encode(signedTransaction, { body, signature });

const signed = (changes: Partial<TransactionBody> = {}): Uint8Array =>
  wire(encode(transactionBody, { ...BODY, ...changes }));

const codeOf = (bytes: Uint8Array): string => {
  const result = decodeTransaction(bytes, CHAIN);
  return result.ok ? 'ok' : result.failure.code;
};

const withSignature = (change: (signature: string) => string): Uint8Array => {
  const body = encode(transactionBody, BODY);
  return wire(body, change(signBody(body)));
};

describe('decodeTransaction', () => {
  it('gives all that the bytes tell, and the sender by its signature', () => {
    const bytes = signed();
    expect(decodeTransaction(bytes, CHAIN)).toEqual({
      ok: true,
      value: {
        id: txId(bytes),
        sender: actorId('account', KEYS.address),
        body: BODY,
        message: { type: 'transfer' },
        sizeBytes: bytes.length,
      },
    });
  });

  it('refuses a transaction for another network or chain', () => {
    expect(codeOf(signed({ networkId: 1 }))).toBe('actors/wrong-network');
    expect(codeOf(signed({ chainId: 'ff'.repeat(32) }))).toBe('actors/wrong-chain');
  });

  it('refuses a message that is none of the receiver, and says why', () => {
    const result = decodeTransaction(signed({ message: Uint8Array.of(0x81, 0x60) }), CHAIN);
    expect(result.ok ? {} : result.failure).toMatchObject({
      code: 'actors/malformed-message',
      details: { receiver: 'account', cause: 'codec/wrong-type' },
    });
    const unknown = decodeTransaction(signed({ message: Uint8Array.of(0x81, 0x18, 0x63) }), CHAIN);
    expect(unknown.ok ? {} : unknown.failure.details).toMatchObject({
      cause: 'codec/unknown-variant',
    });
    const empty = decodeTransaction(signed({ message: new Uint8Array(0) }), CHAIN);
    expect(empty.ok ? {} : empty.failure.details).toMatchObject({ cause: 'codec/truncated' });
    const longer = concatBytes(BODY.message, Uint8Array.of(0));
    const trailing = decodeTransaction(signed({ message: longer }), CHAIN);
    expect(trailing.ok ? {} : trailing.failure.details).toMatchObject({
      cause: 'codec/trailing-bytes',
    });
  });

  it('refuses truncated, longer, oversized and non-canonical bytes', () => {
    const bytes = signed();
    expect(codeOf(new Uint8Array(0))).toBe('codec/truncated');
    expect(codeOf(bytes.subarray(0, -1))).toBe('codec/truncated');
    expect(codeOf(concatBytes(bytes, Uint8Array.of(0)))).toBe('codec/trailing-bytes');
    expect(codeOf(new Uint8Array(MAX_TRANSACTION_BYTES + 1))).toBe('codec/too-large');
    const body = encode(transactionBody, BODY);
    // The nonce 3 in two bytes.
    const at = 1 + 3 + 34;
    expect(body[at]).toBe(3);
    const padded = concatBytes(body.subarray(0, at), Uint8Array.of(0x18, 3), body.subarray(at + 1));
    expect(codeOf(wire(padded))).toBe('codec/non-minimal');
  });

  it('refuses every form of a signature but the canonical one', () => {
    const s = (signature: string): bigint => BigInt(`0x${signature.slice(64, 128)}`);
    const highS = withSignature((signature) => {
      const flipped = signature.endsWith('0') ? '01' : '00';
      const high = (GROUP_ORDER - s(signature)).toString(16).padStart(64, '0');
      return signature.slice(0, 64) + high + flipped;
    });
    expect(codeOf(highS)).toBe('codec/signature-high-s');
    expect(codeOf(withSignature((text) => `${text.slice(0, 128)}02`))).toBe('codec/signature-v');
    expect(codeOf(withSignature((text) => `${text.slice(0, 128)}1b`))).toBe('codec/signature-v');
    const zeroR = withSignature((text) => '0'.repeat(64) + text.slice(64));
    expect(codeOf(zeroR)).toBe('codec/signature-r-range');
    const zeroS = withSignature((text) => `${text.slice(0, 64)}${'0'.repeat(64)}00`);
    expect(codeOf(zeroS)).toBe('codec/signature-s-range');
    // 5 is not the x coordinate of a point (SEC 1 v2 §4.1.6).
    const noPoint = withSignature((text) => '5'.padStart(64, '0') + text.slice(64));
    expect(codeOf(noPoint)).toBe('codec/signature-not-recoverable');
  });

  it('takes a changed body for one of another sender', () => {
    const body = encode(transactionBody, BODY);
    const other = encode(transactionBody, { ...BODY, valueNlux: 13n });
    const result = decodeTransaction(wire(other, signBody(body)), CHAIN);
    expect(result.ok && result.value.sender).not.toBe(actorId('account', KEYS.address));
  });

  it('freezes the message, which may be handled more than once', () => {
    const result = decodeTransaction(signed(), CHAIN);
    expect(result.ok && Object.isFrozen(result.value.message)).toBe(true);
  });

  it('refuses an address of no kind, or with a key of the wrong length', () => {
    const body = encode(transactionBody, BODY);
    const address = fromHex(`01${BOB.slice(8)}`);
    const at = body.findIndex((_, i) => address.every((byte, j) => body[i + j] === byte));
    const wrongKind = body.slice();
    wrongKind[at] = 99;
    expect(codeOf(wire(wrongKind))).toBe('machines/bad-address');
    const longKey = body.slice();
    longKey[at] = 2;
    expect(codeOf(wire(longKey))).toBe('machines/bad-address');
  });
});
