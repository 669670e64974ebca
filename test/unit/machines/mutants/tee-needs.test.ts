import { describe, expect, test } from 'vitest';
import { readNeeds } from '../../../../src/machines/tee/needs.ts';
import { makeCertificate, makeWorldQuote, pem } from '../../../../src/tee/generator/index.ts';
import { LOCAL } from '../../../support/tee-market.ts';
import { must, why, refusal } from '../../tee/vectors.ts';

const { pckDer, pckCaDer, rootDer } = LOCAL;
const withChain = (...certificates: readonly Uint8Array[]) =>
  readNeeds(makeWorldQuote({ ...LOCAL, pckChain: pem(...certificates) }));
const JUNK = Uint8Array.of(0x30, 0x01);

describe('what a quote needs', () => {
  test('is told by its PCK certificate and the authority of that', () => {
    const { quote, fmspc, caKey, pckSerial } = must(withChain(pckDer, pckCaDer, rootDer));
    expect(quote.header.tee).toBe('TDX');
    expect(fmspc).toEqual(Uint8Array.of(0xa1, 0x7a, 0, 0, 0, 0));
    expect(caKey).toEqual(LOCAL.keys.pckCa.publicKey);
    expect(pckSerial).toEqual(LOCAL.specs.pck.serial);
  });

  test('is not read from a quote that is cut', () => {
    expect(why(readNeeds(makeWorldQuote(LOCAL).slice(0, 900)))).toBe('quote tee/quote-truncated');
  });

  test.each([
    ['two', [pckDer, pckCaDer]],
    ['four', [pckDer, pckCaDer, rootDer, rootDer]],
  ])('is not read from a chain of %s', (_, chain) => {
    expect(why(withChain(...chain))).toBe('pck tee/chain-length');
  });

  test('is not read from certificates that are none: each is named', () => {
    expect(why(withChain(JUNK, pckCaDer, rootDer))).toBe('pck tee/der-malformed');
    expect(why(withChain(pckDer, JUNK, rootDer))).toBe('pck_ca tee/der-malformed');
  });

  test('is not read from a certificate without an SGX extension, or with a damaged one', () => {
    expect(refusal(withChain(rootDer, pckCaDer, rootDer))).toMatchObject({
      stage: 'pck',
      code: 'tee/sgx-extension-malformed',
      details: { what: 'no SGX extension' },
    });
    const damaged = makeCertificate({ ...LOCAL.specs.pck, sgxExtension: Uint8Array.of(5, 0) });
    const refused = refusal(withChain(damaged, pckCaDer, rootDer));
    expect(refused.stage).toBe('pck');
    expect(refused.details['what']).not.toBe('no SGX extension');
  });
});
