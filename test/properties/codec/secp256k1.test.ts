import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Secp256k1, nobleSecp256k1, publicKeyOf } from '../../../src/codec/index.ts';
import { loadNative, loadWasm } from '../../../src/codec/node.ts';

// SEC 2 v2 §2.4.1: the field and the order of the group.
const P = 2n ** 256n - 2n ** 32n - 977n;
const N = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

const word = (value: bigint): string => value.toString(16).padStart(64, '0');
const engines = [loadNative(), loadWasm()].filter((engine) => engine !== undefined);
const names = engines.map((engine) => engine.name).join(', ');

const scalar = fc.bigInt(1n, N - 1n).map(word);
const edges = (around: readonly bigint[]): fc.Arbitrary<string> =>
  fc
    .constantFrom(
      ...around.flatMap((value) => [value - 1n, value, value + 1n]).filter((v) => v >= 0n),
    )
    .map((value) => word(value < 2n ** 256n ? value : 2n ** 256n - 1n));

const digest = fc.oneof(
  fc.bigInt(0n, 2n ** 256n - 1n).map(word),
  edges([0n, N, P, 2n ** 256n - 1n]),
);
const r = fc.oneof(scalar, edges([0n, 1n, N, P - N, P, 2n ** 256n - 1n]));
const s = fc.oneof(scalar, edges([0n, 1n, N / 2n, N, P - N, 2n ** 256n - 1n]));
const v = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('00', '01') },
  { weight: 1, arbitrary: fc.constantFrom('02', '03', '1b', '1c', 'ff') },
);

const expectSame = (message: string, signature: string): string | undefined => {
  const expected = nobleSecp256k1.recover(message, signature);
  for (const engine of engines) {
    expect(engine.recover(message, signature), engine.name).toBe(expected);
  }
  return expected;
};

describe.skipIf(engines.length === 0)(`noble and ${names || 'no other engine'}`, () => {
  test('accept the same signatures out of arbitrary r, s, v and digest', () => {
    let accepted = 0;
    fc.assert(
      fc.property(digest, r, s, v, (message, rr, ss, vv) => {
        if (expectSame(message, rr + ss + vv) !== undefined) accepted++;
      }),
      { seed: 1, numRuns: 1200 },
    );
    expect(accepted).toBeGreaterThan(100);
  });

  test('sign alike, recover the key, and agree on every damaged bit', () => {
    fc.assert(
      fc.property(digest, scalar, fc.nat(519), (message, key, bit) => {
        const signature = nobleSecp256k1.sign(message, key);
        for (const engine of engines) {
          const other = engine.sign(message, key);
          // RFC 6979 §2.3.4 reduces the digest, libsecp256k1 does not.
          if (message < word(N)) expect(other).toBe(signature);
          expect(expectSame(message, other)).toBe(publicKeyOf(key));
        }
        const bytes = Buffer.from(signature, 'hex');
        bytes[bit >>> 3] = (bytes[bit >>> 3] ?? 0) ^ (1 << (bit & 7));
        expect(expectSame(message, bytes.toString('hex'))).not.toBe(publicKeyOf(key));
      }),
      { seed: 2, numRuns: 150 },
    );
  });

  test('refuse the high form of a valid signature', () => {
    fc.assert(
      fc.property(digest, scalar, (message, key) => {
        const signature = nobleSecp256k1.sign(message, key);
        const high = word(N - BigInt(`0x${signature.slice(64, 128)}`));
        for (const vv of ['00', '01']) {
          expect(expectSame(message, signature.slice(0, 64) + high + vv)).toBeUndefined();
        }
      }),
      { seed: 3, numRuns: 40 },
    );
  });

  test('find no key where it would be the point at infinity', () => {
    // With R = kG and z = sk, the key (sR − zG)/r is the neutral element (SEC 1 v2 §4.1.6).
    fc.assert(
      fc.property(fc.bigInt(1n, N - 1n), fc.bigInt(1n, N / 2n), (k, ss) => {
        const point = publicKeyOf(word(k));
        const message = word((ss * k) % N);
        const vv = point.startsWith('02') ? '00' : '01';
        const other = vv === '00' ? '01' : '00';
        expect(expectSame(message, point.slice(2) + word(ss) + vv)).toBeUndefined();
        // Mirrored, R is −kG and the key exists.
        expect(expectSame(message, point.slice(2) + word(ss) + other)).toHaveLength(66);
      }),
      { seed: 4, numRuns: 30 },
    );
  });

  test('never read v as an overflow of r', () => {
    // r < p − n is where libsecp256k1 would accept v of 2 and 3.
    for (const rr of [1n, 2n, 3n, 4n, 6n, P - N - 1n]) {
      for (const vv of ['02', '03']) {
        expect(expectSame(word(7n), word(rr) + word(1n) + vv)).toBeUndefined();
      }
    }
    expect(expectSame(word(7n), `${word(1n)}${word(1n)}00`)).toHaveLength(66);
  });
});

test('noble alone is an engine like the others', () => {
  const engine: Secp256k1 = nobleSecp256k1;
  expect(engine.name).toBe('noble');
});
