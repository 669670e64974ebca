import { describe, expect, it } from 'vitest';
import { ascii, concat, fromHex, hex, toHex } from '../../../src/tee/bytes.ts';
import { agreesOnCertificate, agreesOnCrl } from '../../../src/tee/collateral/second-reader.ts';
import { readElement, readOnly, Tag } from '../../../src/tee/der/reader.ts';
import { boolean, namedBits, oid, unsignedNumber } from '../../../src/tee/der/values.ts';
import { pem } from '../../../src/tee/generator/index.ts';
import { parseJson } from '../../../src/tee/json/parser.ts';
import { fromBase64, readPemChain } from '../../../src/tee/pem.ts';
import {
  formatIsoTime,
  parseGeneralizedTime,
  parseIsoTime,
  parseUtcTime,
} from '../../../src/tee/time.ts';
import { parseCertificate } from '../../../src/tee/x509/certificate.ts';
import { countRevoked, isRevoked, parseCrl } from '../../../src/tee/x509/crl.ts';
import { hasVectors, list, must, read, why } from './vectors.ts';

describe('times', () => {
  it('reads ISO dates as the vendor serves them, to the second', () => {
    expect(parseIsoTime('1970-01-01T00:00:00Z')).toBe(0);
    expect(parseIsoTime('2000-02-29T12:34:56Z')).toBe(951_827_696);
    expect(parseIsoTime('2026-08-13T10:45:38Z')).toBe(1_786_617_938);
    expect(parseIsoTime('9999-12-31T23:59:59Z')).toBe(253_402_300_799);
  });

  it.each([
    '2025-02-29T00:00:00Z',
    '2100-02-29T00:00:00Z',
    '2025-13-01T00:00:00Z',
    '2025-00-01T00:00:00Z',
    '2025-01-32T00:00:00Z',
    '2025-01-01T24:00:00Z',
    '2025-01-01T00:60:00Z',
    '2025-01-01T00:00:60Z',
    '2025-01-01T00:00:00.0Z',
    '2025-01-01T00:00:00+00:00',
    '2025-01-01T00:00:00',
    '2025-01-01 00:00:00Z',
    '2025-1-1T00:00:00Z',
    '1969-12-31T23:59:59Z',
    ' 2025-01-01T00:00:00Z',
    '٢025-01-01T00:00:00Z',
  ])('refuses %s', (text) => {
    expect(parseIsoTime(text)).toBeUndefined();
  });

  it('reads the two X.509 forms, each in its one DER spelling', () => {
    expect(parseUtcTime(ascii('250613000000Z'))).toBe(1_749_772_800);
    expect(parseUtcTime(ascii('491231235959Z'))).toBe(2_524_607_999);
    expect(parseUtcTime(ascii('700101000000Z'))).toBe(0);
    expect(parseGeneralizedTime(ascii('20500101000000Z'))).toBe(2_524_608_000);
    expect(parseUtcTime(ascii('2506130000Z'))).toBeUndefined();
    expect(parseUtcTime(ascii('250613000000+0000'))).toBeUndefined();
    expect(parseGeneralizedTime(ascii('20500101000000.5Z'))).toBeUndefined();
  });

  it('writes what it reads, across leap years and centuries', () => {
    for (let i = 0; i < 4_000; i += 1) {
      const seconds = (i * 63_350_575) % 253_402_300_800;
      expect(parseIsoTime(formatIsoTime(seconds))).toBe(seconds);
    }
  });
});

describe('strict DER (X.690 §10)', () => {
  it.each([
    ['an indefinite length', '3080020100' + '0000'],
    ['a length that is not minimal (81)', '308103020101'],
    ['a length that is not minimal (82)', '30820003020101'],
    ['a length longer than the input', '3004020101'],
    ['a length of four octets', '308400000003020101'],
    ['bytes after the element', '300302010100'],
    ['a tag of two octets', '3f0103020101'],
    ['nothing', ''],
    ['a tag alone', '30'],
  ])('refuses %s', (_what, bytes) => {
    expect(why(readOnly(hex(bytes), Tag.sequence))).toContain('tee/der-malformed');
  });

  const element = (text: string) => must(readElement(hex(text), 0));

  it('refuses integers that are negative, not minimal or too large', () => {
    expect(must(unsignedNumber(element('02020080'), 2))).toBe(128);
    expect(must(unsignedNumber(element('0203010000'), 3))).toBe(65_536);
    for (const bad of ['0200', '020180', '0202ff00', '02020001', '0203010000']) {
      expect(unsignedNumber(element(bad), 2).ok).toBe(false);
    }
  });

  it('refuses booleans, identifiers and bit lists that have a second spelling', () => {
    expect(must(boolean(element('0101ff')))).toBe(true);
    for (const bad of ['010101', '0102ffff', '0100']) expect(boolean(element(bad)).ok).toBe(false);
    expect(must(oid(element('0603551d23')))).toBe('551d23');
    for (const bad of ['0600', '060280 01'.replace(' ', ''), '060181']) {
      expect(oid(element(bad)).ok).toBe(false);
    }
    expect(must(namedBits(element('030206c0')))).toBe(0xc0);
    for (const bad of ['030200c0', '030207c0', '03020800', '0301 00'.replace(' ', '')]) {
      expect(namedBits(element(bad)).ok).toBe(false);
    }
  });
});

describe('PEM chains', () => {
  const a = new Uint8Array(50).fill(1);
  const b = new Uint8Array(49).fill(2);
  const chain = pem(a, b);
  const text = (change: (t: string) => string): Uint8Array =>
    ascii(change(String.fromCharCode(...chain)));

  it('reads blocks in order; line ends and a terminating zero byte do not matter', () => {
    for (const variant of [
      chain,
      concat(chain, Uint8Array.of(0)),
      text((t) => t.replaceAll('\n', '\r\n')),
      text((t) => t.trimEnd()),
      text((t) => t.replace('-----\n-----', '-----\n\n-----')),
    ]) {
      expect(must(readPemChain(variant, 2))).toEqual([a, b]);
    }
  });

  it.each([
    ['text before', (t: string) => `x${t}`],
    ['text between', (t: string) => t.replace('-----\n-----', '-----\nx\n-----')],
    ['text after', (t: string) => `${t}x`],
    ['a space in the body', (t: string) => t.replace('AQEB', 'AQ EB')],
    ['padding inside', (t: string) => t.replace('AQEB', 'AQ==')],
    ['another kind of block', (t: string) => t.replaceAll('CERTIFICATE', 'X509 CRL')],
    ['no end', (t: string) => t.slice(0, -30)],
    ['nothing', () => ''],
  ])('refuses %s', (_what, change) => {
    expect(readPemChain(text(change), 2).ok).toBe(false);
  });

  it('refuses another number of certificates than asked for', () => {
    expect(why(readPemChain(chain, 1))).toContain('tee/chain-length');
    expect(why(readPemChain(chain, 3))).toContain('tee/chain-length');
    expect(readPemChain(new Uint8Array(20_000), 1).ok).toBe(false);
  });

  it('reads base64 in its one spelling only (RFC 4648 §3.5)', () => {
    expect(fromBase64('AQI=')).toEqual(Uint8Array.of(1, 2));
    for (const bad of ['AQJ=', 'AQI', 'AQI==', 'A', 'AQ=I', 'AQ!=', 'AR==']) {
      expect(fromBase64(bad)).toBeUndefined();
    }
  });
});

describe('strict JSON (RFC 8259)', () => {
  const parse = (text: string) => parseJson(new TextEncoder().encode(text));

  it('keeps where each value is, so that the signed bytes are the served ones', () => {
    const text = ' {"a": {"b" : [1, -2]}, "c": "d"} ';
    const value = must(parse(text));
    const inner = value.kind === 'object' ? value.members.get('a') : undefined;
    expect(text.slice(inner?.start, inner?.end)).toBe('{"b" : [1, -2]}');
  });

  it.each([
    '',
    '{',
    '{}x',
    '{"a":1,"a":2}',
    '{"a":1,"\\u0061":2}',
    '[1,]',
    '{"a":1,}',
    '1.0',
    '1e2',
    '01',
    '-0',
    '-',
    '+1',
    '.5',
    '1234567890123456',
    'NaN',
    'tru',
    '"\\x"',
    '"\t"',
    '"\\ud800"',
    '"\\ud800\\u0041"',
    "'a'",
    '{a:1}',
    '/**/1',
    '\ufeff1',
    '[1 2]',
    '{"a" 1}',
    '"',
    '"\\u12"',
  ])('refuses %j', (text) => {
    expect(why(parse(text))).toContain('tee/json-malformed');
  });

  it('refuses invalid UTF-8: overlong, surrogate, cut, out of range', () => {
    for (const bad of ['c0af', 'eda080', 'e282', 'f4908080', 'ff', '80']) {
      expect(parseJson(concat(ascii('"'), hex(bad), ascii('"'))).ok).toBe(false);
    }
    expect(must(parseJson(concat(ascii('"'), hex('e282ac'), ascii('"'))))).toMatchObject({
      text: '€',
    });
  });

  it('nests 32 levels and no more, whatever the input is made of', () => {
    const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
    expect(parse(nested(32)).ok).toBe(true);
    expect(parse(nested(33)).ok).toBe(false);
    expect(parse('['.repeat(200_000)).ok).toBe(false);
    expect(parse('{"a":'.repeat(40_000)).ok).toBe(false);
  });

  it('refuses documents and lists above their limits', () => {
    expect(why(parseJson(new Uint8Array(300_000)))).toContain('tee/document-too-large');
    expect(parse(`[${'0,'.repeat(70_000)}0]`).ok).toBe(false);
  });
});

describe.skipIf(!hasVectors)('certificates and lists of the vendor, 2018 to 2026', () => {
  it('reads every certificate as @peculiar/x509 does', () => {
    for (const file of list('intel/pool/certs')) {
      const certificate = must(parseCertificate(read(`intel/pool/certs/${file}`)));
      expect(must(agreesOnCertificate(certificate)), file).toBeNull();
    }
  });

  it('reads every revocation list as @peculiar/x509 does', () => {
    for (const file of list('intel/pool/crl')) {
      const crl = must(parseCrl(read(`intel/pool/crl/${file}`)));
      const entries = Number(/(\d+)entries/.exec(file)?.[1]);
      expect(countRevoked(crl.revokedSerials), file).toBe(entries);
      expect(must(agreesOnCrl(crl)), file).toBeNull();
    }
  });

  it('finds listed serial numbers and no others', () => {
    const crl = must(parseCrl(read('intel/pool/crl/platform-2026-08-12-57entries-4093da.der')));
    const listed = hex('6fc34e5023e728923435d61aa4b83c618166ad35');
    expect(isRevoked(crl.revokedSerials, listed)).toBe(true);
    for (let bit = 0; bit < 160; bit += 1) {
      const other = listed.slice();
      other[bit >>> 3] = (other[bit >>> 3] ?? 0) ^ (1 << (bit & 7));
      expect(isRevoked(crl.revokedSerials, other)).toBe(false);
    }
  });

  it('refuses every certificate and list with one byte after it', () => {
    for (const file of list('intel/pool/certs')) {
      const der = concat(read(`intel/pool/certs/${file}`), Uint8Array.of(0));
      expect(parseCertificate(der).ok, file).toBe(false);
    }
    for (const file of list('intel/pool/crl')) {
      expect(parseCrl(concat(read(`intel/pool/crl/${file}`), Uint8Array.of(0))).ok, file).toBe(
        false,
      );
    }
  });
});

describe('hexadecimal text', () => {
  it('goes both ways and refuses anything else', () => {
    expect(toHex(hex('00ff10'))).toBe('00ff10');
    expect(fromHex('00FF')).toEqual(Uint8Array.of(0, 255));
    for (const bad of ['0', '0g', '0x00', ' 00']) expect(fromHex(bad)).toBeUndefined();
  });
});
