/**
 * What other verifiers got wrong, each refused here under its number in docs/tee.md.
 */
import { describe, expect, it } from 'vitest';
import { concat, hex } from '../../../src/tee/bytes.ts';
import { parseQuote } from '../../../src/tee/index.ts';
import {
  DEFAULT_PLATFORM,
  extension,
  makeWorldQuote,
  pem,
  sgxExtension,
  testKey,
} from '../../../src/tee/generator/index.ts';
import { parseSgxExtension } from '../../../src/tee/x509/sgx-extension.ts';
import { must, why } from './vectors.ts';
import { judge, judgeWorld, world } from './world.ts';
import { withQeIdentity, withTcbInfo } from './change.ts';

describe('trap 9: attestation key off the curve or zero; r or s zero or n (CVE-2022-21449)', () => {
  const N = hex('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551');
  const SIGNATURE = 636;
  const KEY = 700;

  it.each([
    ['r = 0', 0, new Uint8Array(32)],
    ['s = 0', 32, new Uint8Array(32)],
    ['r = s = 0', 0, new Uint8Array(64)],
    ['r = n', 0, N],
    ['s = n', 32, N],
    ['r = s = 2^256 - 1', 0, new Uint8Array(64).fill(255)],
  ])('refuses a quote with %s', (_what, offset, bytes) => {
    const made = world();
    const quote = makeWorldQuote(made);
    quote.set(bytes, SIGNATURE + offset);
    expect(why(judge(made.rootDer, made.collateral, quote))).toBe('quote tee/quote-signature');
  });

  it('refuses attestation keys that are no points, though the QE report binds them', () => {
    const made = world();
    for (const [what, bytes] of [
      ['zero', new Uint8Array(64)],
      ['off the curve', new Uint8Array(64).fill(1)],
      ['beyond the field', new Uint8Array(64).fill(255)],
    ] as const) {
      const attestation = { ...made.keys.attestation, publicKey: concat(Uint8Array.of(4), bytes) };
      const quote = makeWorldQuote({ ...made, keys: { ...made.keys, attestation } });
      expect(why(judge(made.rootDer, made.collateral, quote)), what).toBe(
        'quote tee/attestation-key-invalid',
      );
    }
  });

  it('refuses an attestation key that the quoting enclave did not vouch for', () => {
    const made = world();
    const quote = makeWorldQuote(made);
    quote.set(testKey('other', 'x').publicKey.subarray(1), KEY);
    expect(why(judge(made.rootDer, made.collateral, quote))).toBe('qe tee/qe-report-data');
  });
});

describe('trap 10: trailing data ignored; duplicate JSON keys or extension OIDs', () => {
  const zero = Uint8Array.of(0);

  it('refuses bytes after a certificate, a list, a document and a quote', () => {
    const made = world();
    expect(
      why(judgeWorld({}, {}, (same) => ({ ...same, pckCrl: concat(same.pckCrl, zero) }))),
    ).toBe('pck_crl tee/der-malformed');
    expect(
      why(judgeWorld({}, {}, (same) => ({ ...same, rootCrl: concat(same.rootCrl, zero) }))),
    ).toBe('root_crl tee/der-malformed');
    expect(why(withTcbInfo((text) => `${text}{}`))).toBe('tcb_info tee/json-malformed');
    expect(why(withQeIdentity((text) => `${text}x`))).toBe('qe_identity tee/json-malformed');
    const chain = pem(concat(made.pckDer, zero), made.pckCaDer, made.rootDer);
    const quote = makeWorldQuote({ ...made, pckChain: chain });
    expect(why(judge(made.rootDer, made.collateral, quote))).toBe('pck tee/der-malformed');
    expect(why(parseQuote(concat(makeWorldQuote(made), Uint8Array.of(0, 1))))).toBe(
      'quote tee/quote-trailing-bytes',
    );
  });

  it('reads through zero padding, and names the quote without it', () => {
    const made = world();
    const quote = makeWorldQuote(made);
    const bare = must(judge(made.rootDer, made.collateral, quote));
    const padded = must(judge(made.rootDer, made.collateral, concat(quote, new Uint8Array(3_000))));
    expect(padded).toEqual(bare);
  });

  it('refuses duplicate JSON keys, also when one is spelt with an escape', () => {
    const twice = (key: string) => (text: string) => text.replace('{"id"', `{${key}:[],"id"`);
    expect(why(withTcbInfo(twice('"tcbLevels"')))).toBe('tcb_info tee/json-malformed');
    expect(why(withTcbInfo(twice('"tcb\\u004cevels"')))).toBe('tcb_info tee/json-malformed');
  });

  it('refuses an extension or SGX entry twice, and a critical unknown one', () => {
    const unknown = (critical: boolean) => extension('2a0304', critical, hex('0500'));
    const extra = (...list: Uint8Array[]) => why(judgeWorld({ pck: { extra: list } }));
    expect(judgeWorld({ pck: { extra: [unknown(false)] } }).ok).toBe(true);
    expect(extra(unknown(false), unknown(false))).toBe('pck tee/certificate-extensions');
    expect(extra(unknown(true))).toBe('pck tee/certificate-extensions');
    const value = sgxExtension(DEFAULT_PLATFORM);
    expect(parseSgxExtension(value).ok).toBe(true);
    expect(parseSgxExtension(concat(value, zero)).ok).toBe(false);
    const text = String.fromCharCode(...value);
    const swapped = Uint8Array.from(text.replaceAll('\x01\x0d\x01\x03', '\x01\x0d\x01\x04'), (c) =>
      c.charCodeAt(0),
    );
    expect(parseSgxExtension(swapped).ok).toBe(false);
  });
});
