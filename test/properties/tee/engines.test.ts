import { p256 } from '@noble/curves/nist.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPointOnCurve, verifyP256 } from '../../../src/tee/p256/engine.ts';
import { nobleEngine } from '../../../src/tee/p256/noble.ts';
import { createOpensslEngine, opensslEngine } from '../../../src/tee/p256/openssl.ts';
import { concat, hex } from '../../../src/tee/bytes.ts';
import { sign, testKey } from '../../../src/tee/generator/index.ts';

const N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const P = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;

const scalar = (value: bigint): Uint8Array => hex(value.toString(16).padStart(64, '0'));
const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`);

/** What both engines say; they must say the same. */
const both = (key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean => {
  const reference = verifyP256(nobleEngine, key, message, signature);
  expect(verifyP256(opensslEngine, key, message, signature)).toBe(reference);
  return reference;
};

const key = testKey('engines', 'key');
const message = new Uint8Array(100).fill(7);
const good = sign(key, message);
const r = numberOf(good.subarray(0, 32));
const s = numberOf(good.subarray(32));

describe('noble and OpenSSL accept the same signatures', () => {
  it('both halves of s (high S is valid here)', () => {
    expect(both(key.publicKey, message, good)).toBe(true);
    expect(both(key.publicKey, message, concat(scalar(r), scalar(N - s)))).toBe(true);
  });

  it('no edge value of r and s', () => {
    const edges = [0n, 1n, 2n, N - 1n, N, N + 1n, P, P - 1n, (1n << 256n) - 1n, r, s, N - r];
    for (const a of edges) {
      for (const b of edges) {
        const accepted = a === r && (b === s || b === N - s);
        expect(both(key.publicKey, message, concat(scalar(a), scalar(b)))).toBe(accepted);
      }
    }
  });

  it('no key off the curve, at infinity, beyond the field, compressed, hybrid or cut', () => {
    const { publicKey } = key;
    const x = publicKey.subarray(1, 33);
    const y = publicKey.subarray(33);
    const four = Uint8Array.of(4);
    const odd = ((y[31] ?? 0) & 1) === 1;
    const keys = [
      new Uint8Array(65),
      concat(four, new Uint8Array(64)),
      concat(four, x, scalar(P - numberOf(y) + 1n)),
      concat(four, scalar(P), y),
      concat(four, scalar(P + 5n), y),
      concat(four, y, x),
      concat(Uint8Array.of(odd ? 3 : 2), x),
      concat(Uint8Array.of(odd ? 7 : 6), x, y),
      Uint8Array.of(0),
      new Uint8Array(0),
      concat(publicKey, Uint8Array.of(0)),
    ];
    for (const each of keys) {
      expect(isPointOnCurve(each)).toBe(false);
      expect(both(each, message, good)).toBe(false);
    }
    const negated = concat(four, x, scalar(P - numberOf(y)));
    expect(isPointOnCurve(negated)).toBe(true);
    expect(both(negated, message, good)).toBe(false);
  });

  it('no signature of another length', () => {
    for (const length of [0, 63, 65, 70]) {
      expect(both(key.publicKey, message, new Uint8Array(length).fill(1))).toBe(false);
    }
  });

  it('on random keys, messages and single-bit changes', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.uint8Array({ maxLength: 200 }),
        fc.nat({ max: 511 }),
        (label, text, bit) => {
          const own = testKey('random', label.replaceAll(/[^ -~]/g, ''));
          const signature = sign(own, text);
          expect(both(own.publicKey, text, signature)).toBe(true);
          const changed = signature.slice();
          changed[bit >>> 3] = (changed[bit >>> 3] ?? 0) ^ (1 << (bit & 7));
          expect(both(own.publicKey, text, changed)).toBe(false);
        },
      ),
      { seed: 20_260_601, numRuns: 60 },
    );
  });

  it('and hash the same', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(opensslEngine.sha256(bytes)).toEqual(nobleEngine.sha256(bytes));
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  it('also when the key cache of OpenSSL overflows', () => {
    const engine = createOpensslEngine();
    const point = p256.Point.BASE;
    let walk = point;
    for (let i = 0; i < 1_100; i += 1) {
      walk = walk.add(point);
      expect(verifyP256(engine, walk.toBytes(false), message, good)).toBe(false);
    }
    expect(verifyP256(engine, key.publicKey, message, good)).toBe(true);
  });
});
