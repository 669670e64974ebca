import { describe, expect, it } from 'vitest';
import { createVerifyCache, parseQuote, verifyQuote } from '../../../src/tee/index.ts';
import { opensslEngine } from '../../../src/tee/p256/openssl.ts';
import {
  acceptedQuotes,
  hasVectors,
  type IntelCase,
  intelCollateral,
  must,
  read,
} from '../../unit/tee/vectors.ts';

const COUNT = 10;

/** Every how many bits of the certificate chain one is tried; the fuzz script tries any. */
const CHAIN_STRIDE = 29;

const flip = (bytes: Uint8Array, bit: number): void => {
  bytes[bit >>> 3] = (bytes[bit >>> 3] ?? 0) ^ (1 << (bit & 7));
};

/** A verifier of changed copies of one quote, with the original's caches warm. */
const checker = (entry: IntelCase) => {
  const quote = read(`intel/${entry.quote}`);
  const collateral = intelCollateral(entry.collateral, entry.now);
  const options = { engine: opensslEngine, cache: createVerifyCache() };
  const verify = (bytes: Uint8Array) => verifyQuote(bytes, collateral, entry.now, options).ok;
  expect(verify(quote)).toBe(true);
  return { quote, verify };
};

/** Bits whose change is accepted; a change is undone before the next. */
const acceptedFlips = (entry: IntelCase, from: number, to: number, stride: number): number[] => {
  const { quote, verify } = checker(entry);
  const accepted: number[] = [];
  for (let bit = from * 8; bit < to * 8; bit += stride) {
    flip(quote, bit);
    if (verify(quote)) accepted.push(bit);
    flip(quote, bit);
  }
  return accepted;
};

describe.skipIf(!hasVectors)('changed copies of ten real quotes are rejected', () => {
  const cases = hasVectors ? acceptedQuotes(COUNT) : [];

  it('ten quotes of SGX version 3 and TDX versions 4 and 5', () => {
    expect(cases).toHaveLength(COUNT);
    const versions = new Set(cases.map(({ quote }) => /(?:sgx|tdx)-v\d/.exec(quote)?.[0]));
    expect(versions).toEqual(new Set(['sgx-v3', 'tdx-v4', 'tdx-v5']));
  });

  it.each(cases)('every bit of all that is signed, up to the chain: $id', (entry) => {
    const { quote } = checker(entry);
    const { pckChain } = must(parseQuote(quote)).auth;
    const chainAt = pckChain.byteOffset - quote.byteOffset;
    expect(acceptedFlips(entry, 0, chainAt, 1)).toEqual([]);
  });

  it.each(cases)('bits of the certificate chain: $id', (entry) => {
    const { quote } = checker(entry);
    const { pckChain } = must(parseQuote(quote)).auth;
    const chainAt = pckChain.byteOffset - quote.byteOffset;
    expect(acceptedFlips(entry, chainAt, quote.length, CHAIN_STRIDE)).toEqual([]);
  });

  it.each(cases)('every truncation: $id', (entry) => {
    const { quote, verify } = checker(entry);
    const whole = must(parseQuote(quote)).bytes.length;
    for (let length = 0; length < whole; length += 1) {
      expect(verify(quote.subarray(0, length)), String(length)).toBe(false);
    }
  });
});
