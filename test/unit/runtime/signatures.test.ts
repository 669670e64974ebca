import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { keypairFromSeed, nobleSecp256k1, sign } from '../../../src/codec/index.ts';
import { loadSecp256k1 } from '../../../src/codec/node.ts';
import { makeSignatures } from '../../../src/runtime/services/signatures.ts';
import { VerdictCache } from '../../../src/runtime/services/verdicts.ts';

const VECTORS = '../shared/vectors/drand.json';

interface DrandVectors {
  readonly publicKey: string;
  readonly rounds: readonly { readonly round: number; readonly signature: string }[];
}

describe('the verdict cache', () => {
  it('remembers a verdict only for what it is about', () => {
    const cache = new VerdictCache<string>(8);
    cache.set('digest', 'signature', 'address');
    expect(cache.get('digest', 'signature')?.verdict).toBe('address');
    expect(cache.get('other', 'signature')).toBeUndefined();
    expect(cache.get('digest', 'other')).toBeUndefined();
  });

  it('never holds more than its limit, and keeps what is used', () => {
    const cache = new VerdictCache<number>(8);
    for (let i = 0; i < 100; i++) {
      cache.set('d', `s${i}`, i);
      expect(cache.get('d', 's0')?.verdict).toBe(0);
      expect(cache.size).toBeLessThanOrEqual(8);
    }
    expect(cache.get('d', 's50')).toBeUndefined();
  });
});

describe('recovering a sender', () => {
  const { privateKey, address } = keypairFromSeed('signatures-test');
  const digest = '11'.repeat(32);
  const signature = sign(digest, privateKey);

  it.each([loadSecp256k1(), nobleSecp256k1])('gives the address, and remembers it', (engine) => {
    const signatures = makeSignatures(engine);
    expect(signatures.recoverAddress(digest, signature)).toBe(address);
    expect(signatures.recoverAddress(digest, signature)).toBe(address);
    expect(signatures.stats()).toEqual({ asked: 2, remembered: 1, held: 1 });
  });

  it('gives nothing for a signature that is none, and remembers that too', () => {
    const signatures = makeSignatures(loadSecp256k1());
    const wrongV = `${signature.slice(0, 128)}02`;
    expect(signatures.recoverAddress(digest, wrongV)).toBeUndefined();
    expect(signatures.recoverAddress(digest, wrongV)).toBeUndefined();
    expect(signatures.stats().remembered).toBe(1);
  });

  it('is not fooled by a remembered signature over another digest', () => {
    const signatures = makeSignatures(loadSecp256k1());
    signatures.recoverAddress(digest, signature);
    expect(signatures.recoverAddress('22'.repeat(32), signature)).not.toBe(address);
  });
});

// Without ../shared beside the repository there is no signature of the drand network to check.
describe.skipIf(!existsSync(VECTORS))('drand quicknet, a published round', () => {
  const published = () => {
    const { publicKey, rounds } = JSON.parse(readFileSync(VECTORS, 'utf8')) as DrandVectors;
    const [first] = rounds;
    if (first === undefined) throw new Error('the vectors hold no round');
    return { publicKey, round: BigInt(first.round), signature: first.signature };
  };

  it('gives the same verdict again from memory, and another for another round', () => {
    const { publicKey, round, signature } = published();
    const signatures = makeSignatures(nobleSecp256k1);
    for (let i = 0; i < 3; i++) {
      expect(signatures.verifyDrand(publicKey, round, signature)).toBe(true);
      expect(signatures.verifyDrand(publicKey, round + 1n, signature)).toBe(false);
    }
  });
});
