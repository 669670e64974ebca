import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../../src/codec/index.ts';
import { decodeProof } from '../../../src/runtime/proof/decode.ts';
import { encodeProof } from '../../../src/runtime/proof/encode.ts';
import { SMT_SPEC } from '../../../src/runtime/tree/ics23/specs.ts';
import { verifyExistence, verifyNonExistence } from '../../../src/runtime/tree/ics23/verify.ts';

const VECTORS = '../shared/vectors/ics23';
const isPresent = existsSync(VECTORS);

interface Vector {
  readonly root: string;
  readonly key: string;
  readonly value: string;
  readonly proof: string;
}

const readVector = (name: string): Vector =>
  JSON.parse(readFileSync(`${VECTORS}/${name}.json`, 'utf8')) as Vector;

// Without ../shared beside the repository there is nothing to compare with.
describe.skipIf(!isPresent)('cosmos.ics23.v1.CommitmentProof, published vectors', () => {
  it.each(['smt_exist_left', 'smt_exist_middle', 'smt_exist_right'])('%s', (name) => {
    const vector = readVector(name);
    const proof = decodeProof(fromHex(vector.proof));
    if (!proof.ok || !('exist' in proof.value)) throw new Error('not a proof of existence');
    expect(toHex(encodeProof(proof.value))).toBe(vector.proof);
    const [key, value] = [fromHex(vector.key), fromHex(vector.value)];
    expect(verifyExistence(SMT_SPEC, vector.root, proof.value.exist, key, value).ok).toBe(true);
  });

  it.each(['smt_nonexist_left', 'smt_nonexist_middle', 'smt_nonexist_right'])('%s', (name) => {
    const vector = readVector(name);
    const proof = decodeProof(fromHex(vector.proof));
    if (!proof.ok || !('nonexist' in proof.value)) throw new Error('not a proof of absence');
    expect(toHex(encodeProof(proof.value))).toBe(vector.proof);
    const key = fromHex(vector.key);
    expect(verifyNonExistence(SMT_SPEC, vector.root, proof.value.nonexist, key).ok).toBe(true);
  });

  it('gives a typed failure for every truncation and never throws', () => {
    const bytes = fromHex(readVector('smt_nonexist_middle').proof);
    for (let length = 0; length < bytes.length; length++) {
      const decoded = decodeProof(bytes.subarray(0, length));
      expect(decoded.ok ? undefined : decoded.failure.code).toBe('runtime/proof-malformed');
    }
  });
});

describe('bytes that are no proof', () => {
  it.each([
    ['nothing', ''],
    ['a batch proof, field 3', '1a00'],
    ['two proofs', '0a000a00'],
    ['a varint where bytes are due', '0801'],
    ['a length above the rest', '0a05'],
    ['a length above 32 bits', '0affffffffff7f'],
    ['a wire type that ICS-23 has not', '0d00000000'],
    ['a tag of two bytes', '820100'],
  ])('%s', (_, text) => {
    const decoded = decodeProof(fromHex(text));
    expect(decoded.ok ? undefined : decoded.failure.code).toBe('runtime/proof-malformed');
  });

  it('more bytes than any proof has', () => {
    const decoded = decodeProof(new Uint8Array(1_048_577));
    expect(decoded.ok ? undefined : decoded.failure.details['what']).toBe('size');
  });
});

describe('the verifier', () => {
  it('needs no Node, no database and no Effect', () => {
    const seen = new Set<string>();
    const packages = new Set<string>();
    const visit = (file: string): void => {
      if (seen.has(file)) return;
      seen.add(file);
      const source = readFileSync(file, 'utf8');
      for (const [, typeOnly, specifier = ''] of source.matchAll(
        /^(?:import|export) (type )?[^;]*?from '([^']+)';/gms,
      )) {
        if (typeOnly !== undefined) continue;
        if (specifier.startsWith('.')) visit(join(dirname(file), specifier));
        else packages.add(specifier);
      }
    };
    visit('src/runtime/proof/verify.ts');
    expect(seen.size).toBeGreaterThan(5);
    for (const name of packages) expect(name).toMatch(/^(?:@noble|@scure)\/|^cborg$/);
  });
});
