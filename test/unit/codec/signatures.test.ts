import { createECDH, createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  AssertionError,
  HRP,
  type Secp256k1,
  addressOf,
  formatAddress,
  hash,
  keypairFromSeed,
  keypairOf,
  nobleSecp256k1,
  publicKeyOf,
  recoverAddress,
  sha256Hex,
  sign,
  utf8,
  verify,
} from '../../../src/codec/index.ts';
import { loadNative, loadSecp256k1, loadWasm } from '../../../src/codec/node.ts';
import { expectCode } from './support.ts';

const N = 'fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141';
const order = BigInt(`0x${N}`);
const word = (value: bigint): string => value.toString(16).padStart(64, '0');
const zero = word(0n);

const digest = hash('aivm/tx/1', utf8('a message'));
const key = keypairFromSeed('signatures.test');
const signature = sign(digest, key.privateKey);
const r = signature.slice(0, 64);
const s = signature.slice(64, 128);
const v = signature.slice(128);
const otherV = v === '00' ? '01' : '00';

const engines: readonly (readonly [string, Secp256k1 | undefined])[] = [
  ['native', loadNative()],
  ['wasm', loadWasm()],
  ['noble', nobleSecp256k1],
];

describe.each(engines)('%s', (name, engine) => {
  test.skipIf(engine === undefined)('is what it says', () => {
    expect(engine?.name).toBe(name);
  });

  test.skipIf(engine === undefined)('recovers the key and the address of a signature', () => {
    const secp = engine as Secp256k1;
    expect(secp.recover(digest, signature)).toBe(key.publicKey);
    expect(verify(secp, digest, signature, key.publicKey)).toBe(true);
    expect(verify(secp, sha256Hex(utf8('another')), signature, key.publicKey)).toBe(false);
    const recovered = recoverAddress(secp, digest, signature);
    expect(recovered).toEqual({ ok: true, value: key.address });
  });

  test.skipIf(engine === undefined)('signs as the reference does (RFC 6979)', () => {
    expect(engine?.sign(digest, key.privateKey)).toBe(signature);
  });

  test.skipIf(engine === undefined)('refuses what is not canonical, each with its code', () => {
    const secp = engine as Secp256k1;
    const highS = word(order - BigInt(`0x${s}`));
    const cases = [
      ['codec/signature-length', signature.slice(2)],
      ['codec/signature-length', `${signature}00`],
      ['codec/signature-length', ''],
      ['codec/signature-length', signature.toUpperCase()],
      ['codec/signature-v', `${r}${s}02`],
      ['codec/signature-v', `${r}${s}1b`],
      ['codec/signature-v', `${r}${s}ff`],
      ['codec/signature-r-range', `${zero}${s}${v}`],
      ['codec/signature-r-range', `${N}${s}${v}`],
      ['codec/signature-r-range', `${'f'.repeat(64)}${s}${v}`],
      ['codec/signature-s-range', `${r}${zero}${v}`],
      ['codec/signature-s-range', `${r}${N}${v}`],
      ['codec/signature-high-s', `${r}${highS}${otherV}`],
      ['codec/signature-high-s', `${r}${highS}${v}`],
      ['codec/signature-high-s', `${r}${word(order / 2n + 1n)}${v}`],
      // 5 is not the x of a point of y² = x³ + 7.
      ['codec/signature-not-recoverable', `${word(5n)}${s}${v}`],
    ] as const;
    for (const [code, bad] of cases) {
      expectCode(recoverAddress(secp, digest, bad), code);
      expect(secp.recover(digest, bad), code).toBeUndefined();
    }
  });

  test.skipIf(engine === undefined)('the other v gives another key, never the same', () => {
    const secp = engine as Secp256k1;
    const flipped = `${r}${s}${otherV}`;
    expect(secp.recover(digest, flipped)).not.toBe(key.publicKey);
    expect(verify(secp, digest, flipped, key.publicKey)).toBe(false);
  });

  test.skipIf(engine === undefined)('half the order is the largest s', () => {
    expect(engine?.recover(digest, `${r}${word(order / 2n)}${v}`)).toHaveLength(66);
  });

  test.skipIf(engine === undefined)('arguments that the program computes are asserted', () => {
    const secp = engine as Secp256k1;
    expect(() => secp.recover('ab', signature)).toThrow(AssertionError);
    for (const bad of [zero, N, 'ab', 'f'.repeat(64), key.privateKey.toUpperCase()]) {
      expect(() => secp.sign(digest, bad)).toThrow(AssertionError);
    }
  });
});

test('the fastest engine of this machine is chosen', () => {
  const best = engines.find(([, engine]) => engine !== undefined)?.[0];
  expect(loadSecp256k1().name).toBe(best);
});

describe('keys and addresses', () => {
  /** OpenSSL's curve and hashes, by way of node:crypto. */
  const opensslAddress = (privateKey: string) => {
    const ecdh = createECDH('secp256k1');
    ecdh.setPrivateKey(privateKey, 'hex');
    const publicKey = ecdh.getPublicKey('hex', 'compressed');
    const inner = createHash('sha256').update(publicKey, 'hex').digest();
    return { publicKey, address: createHash('ripemd160').update(inner).digest('hex') };
  };

  test("the funded keys of avalanchego's local networks", () => {
    // genesis/genesis_local.go of ava-labs/avalanchego: keys in CB58 and the addresses they fund.
    const ewoq = '56289e99c94b6912bfc12adc093c9b51124f0dc54ac7a766b2bc5ccf558d8027';
    expect(formatAddress(keypairOf(ewoq).address, HRP.local)).toBe(
      'A-local18jma8ppw3nhx5r4ap8clazz0dps7rv5u00z96u',
    );
    expect(formatAddress(keypairOf(ewoq).address, HRP.custom)).toBe(
      'A-custom18jma8ppw3nhx5r4ap8clazz0dps7rv5u9xde7p',
    );
  });

  test('addresses equal those of OpenSSL', () => {
    for (const seed of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) {
      const { privateKey, publicKey, address } = keypairFromSeed(seed);
      expect({ publicKey, address }).toEqual(opensslAddress(privateKey));
      expect(publicKeyOf(privateKey)).toBe(publicKey);
    }
  });

  test('a development key is the tagged hash of its text', () => {
    const text = Buffer.from('alice \u00e9');
    const length = Buffer.alloc(4);
    length.writeUInt32BE(text.length);
    const expected = createHash('sha256')
      .update('\x0eaivm/dev-key/1', 'latin1')
      .update(Buffer.concat([length, text]))
      .digest('hex');
    expect(keypairFromSeed('alice \u00e9').privateKey).toBe(expected);
    expect(keypairFromSeed('alice')).not.toEqual(keypairFromSeed('bob'));
  });

  test('an uncompressed or hybrid public key has no address', () => {
    expect(() => addressOf(`04${'ab'.repeat(64)}`)).toThrow(AssertionError);
    expect(() => addressOf(`06${'ab'.repeat(64)}`)).toThrow(AssertionError);
    expect(() => addressOf(`04${'ab'.repeat(32)}`)).toThrow(AssertionError);
  });
});
