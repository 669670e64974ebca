import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fromHex, hash, sha256Hex, u64be } from '../../../../src/codec/index.ts';
import { QUICKNET } from '../../../../src/genesis/networks.ts';
import { beacon } from '../../../../src/machines/beacon/machine.ts';
import { isDrandPublicKey, verifyDrand } from '../../../../src/machines/beacon/drand.ts';
import {
  beaconQueue,
  beaconRounds,
  initialBeacon,
} from '../../../../src/machines/beacon/record.ts';
import {
  devRandomness,
  roundAtOrAfter,
  timeOfRound,
} from '../../../../src/machines/beacon/rounds.ts';
import { actorId, BEACON, u64Key } from '../../../../src/machines/kit/index.ts';
import { Solo } from '../support/solo.ts';

const anyone = actorId('account', '11'.repeat(20));
const GENESIS_TIME = 1_800_000_000n;
const source = { type: 'dev', genesisTime: GENESIS_TIME, periodSeconds: 3n } as const;

const running = (): Solo<'beacon'> => {
  const solo = new Solo(BEACON);
  solo.context = { ...initialBeacon, source };
  solo.time = GENESIS_TIME + 3_000n;
  return solo;
};

const submit = (solo: Solo<'beacon'>, round: bigint, proof = devRandomness(solo.chainId, round)) =>
  solo.send(anyone, { type: 'submitRound', round, proof: fromHex(proof) });

describe('rounds', () => {
  test('are numbered from 1 at the beginning, one each period', () => {
    expect(timeOfRound(source, 1n)).toBe(GENESIS_TIME);
    expect(timeOfRound(source, 11n)).toBe(GENESIS_TIME + 30n);
  });

  test.each([
    [0n, 1n],
    [GENESIS_TIME, 1n],
    [GENESIS_TIME + 1n, 2n],
    [GENESIS_TIME + 3n, 2n],
    [GENESIS_TIME + 4n, 3n],
  ])('at or after %s comes round %s', (time, round) => {
    expect(roundAtOrAfter(source, time)).toBe(round);
    expect(timeOfRound(source, round)).toBeGreaterThanOrEqual(time);
  });
});

describe('submitRound', () => {
  test('stores the value of a dev round', () => {
    const solo = running();
    const value = hash('aivm/dev-beacon/1', fromHex(solo.chainId), u64be(7n));
    expect(submit(solo, 7n, value)).toBeUndefined();
    expect(solo.entry(beaconRounds, u64Key(7n))).toEqual({ randomness: value, height: 100n });
    expect(solo.context).toMatchObject({ latestRound: 7n, submittedAt: 100n, queueTail: 1n });
  });

  test('takes one round a block', () => {
    const solo = running();
    submit(solo, 1n);
    expect(submit(solo, 2n)).toBe('beacon-round-this-block');
    solo.height += 1n;
    expect(submit(solo, 2n)).toBeUndefined();
  });

  test('takes rounds in any order, each once, none before its time', () => {
    const solo = running();
    const later = (round: bigint) => {
      solo.height += 1n;
      return submit(solo, round);
    };
    expect(later(0n)).toBe('beacon-round-zero');
    expect(later(500n)).toBeUndefined();
    expect(later(2n)).toBeUndefined();
    expect(solo.context.latestRound).toBe(500n);
    expect(later(2n)).toBe('beacon-round-known');
    expect(later(1_001n)).toBeUndefined();
    expect(later(1_002n)).toBe('beacon-round-future');
  });

  test('refuses what is not the value of this round on this chain', () => {
    const solo = running();
    expect(submit(solo, 5n, devRandomness(solo.chainId, 6n))).toBe('beacon-proof-invalid');
    expect(submit(solo, 5n, devRandomness('00'.repeat(32), 5n))).toBe('beacon-proof-invalid');
    expect(submit(solo, 5n, '')).toBe('beacon-proof-invalid');
  });

  test('removes old rounds, two for each that comes', () => {
    const solo = running();
    for (let round = 1n; round <= 20n; round++) {
      solo.height += 1n;
      submit(solo, round);
    }
    expect(solo.count(beaconRounds)).toBe(20);
    solo.height = 120n + 97_649n;
    submit(solo, 21n);
    // Rounds 1 and 2 are two blocks past their retention, so both go.
    expect(solo.count(beaconRounds)).toBe(19);
    for (let round = 22n; round <= 40n; round++) {
      solo.height += 1_000n;
      submit(solo, round);
    }
    expect(solo.entry(beaconRounds, u64Key(20n))).toBeUndefined();
    expect(solo.count(beaconRounds)).toBe(20);
    expect(solo.count(beaconQueue)).toBe(20);
  });

  test('every context fits its limit', () => {
    expect(beacon.context.maxBytes).toBeLessThanOrEqual(beacon.contextBytes);
  });
});

const VECTORS = new URL('../../../../../shared/vectors/drand.json', import.meta.url);

interface DrandVectors {
  readonly publicKey: string;
  readonly genesisTime: number;
  readonly periodSeconds: number;
  readonly rounds: readonly { readonly round: number; readonly signature: string }[];
}

describe.skipIf(!existsSync(VECTORS))('drand quicknet (skipped without ../shared/vectors)', () => {
  const vectors = existsSync(VECTORS)
    ? (JSON.parse(readFileSync(VECTORS, 'utf8')) as DrandVectors)
    : { publicKey: '', genesisTime: 0, periodSeconds: 1, rounds: [] };
  const [first = { round: 0, signature: '' }] = vectors.rounds;
  const { publicKey } = vectors;
  const round = BigInt(first.round);
  const { signature } = first;

  test('is the constant of the presets', () => {
    expect(QUICKNET).toEqual({
      type: 'drand',
      publicKey,
      genesisTime: BigInt(vectors.genesisTime),
      periodSeconds: BigInt(vectors.periodSeconds),
    });
    expect(isDrandPublicKey(publicKey)).toBe(true);
  });

  test('a real round verifies, and is SHA-256 of its signature', () => {
    expect(verifyDrand(publicKey, round, signature)).toBe(true);
    const solo = running();
    solo.context = { ...solo.context, source: QUICKNET };
    expect(submit(solo, round, signature)).toBeUndefined();
    expect(solo.entry(beaconRounds, u64Key(round))?.randomness).toBe(sha256Hex(fromHex(signature)));
  });

  test('another round, key or signature does not', () => {
    expect(verifyDrand(publicKey, round + 1n, signature)).toBe(false);
    expect(verifyDrand(publicKey, 0n, signature)).toBe(false);
    expect(verifyDrand(publicKey, 2n ** 64n, signature)).toBe(false);
    const negated = ((Number.parseInt(signature[0] ?? '', 16) ^ 2) as number).toString(16);
    expect(verifyDrand(publicKey, round, negated + signature.slice(1))).toBe(false);
    const solo = running();
    solo.context = { ...solo.context, source: QUICKNET };
    expect(submit(solo, round + 1n, signature)).toBe('beacon-proof-invalid');
    expect(submit(solo, round, '')).toBe('beacon-proof-invalid');
  });

  /** Compressed infinity, the field's modulus as x, missing flags, a point outside the subgroup. */
  const infinity = `c0${'00'.repeat(47)}`;
  const modulus =
    '9a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf' +
    '6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab';
  // x = 4 is on the curve (draft-irtf-cfrg-pairing-friendly-curves: y² = x³ + 4) but not in G1.
  const outside = `80${'00'.repeat(46)}04`;

  test.each([
    ['infinity', infinity],
    ['x not below the modulus', modulus],
    ['without the flag of compression', `14${signature.slice(2)}`],
    ['outside the subgroup', outside],
    ['upper case', signature.toUpperCase()],
    ['too short', signature.slice(2)],
    ['uncompressed length', signature + signature],
    ['not hex', 'zz'.repeat(48)],
    ['empty', ''],
  ])('a signature that is %s is none', (_, text) => {
    expect(verifyDrand(publicKey, round, text)).toBe(false);
  });

  test.each([
    ['infinity', `c0${'00'.repeat(95)}`],
    ['of random bytes', '8a'.repeat(96)],
    ['on the curve and outside the subgroup', `80${'00'.repeat(94)}02`],
    ['of another length', publicKey.slice(2)],
    ['upper case', publicKey.toUpperCase()],
  ])('a public key that is %s is none', (_, text) => {
    expect(isDrandPublicKey(text)).toBe(false);
    expect(verifyDrand(text, round, signature)).toBe(false);
  });
});
