import { describe, expect, it } from 'vitest';
import { ascii, concat, hex } from '../../../src/tee/bytes.ts';
import { Tag } from '../../../src/tee/der/reader.ts';
import {
  algorithm,
  extension,
  keyId,
  name,
  signed,
} from '../../../src/tee/generator/certificate.ts';
import {
  bitString,
  boolean,
  element,
  integer,
  integerBytes,
  octetString,
  oid,
  sequence,
  time,
} from '../../../src/tee/generator/der.ts';
import {
  DEFAULT_PLATFORM,
  makeCertificate,
  type PlatformSpec,
  sgxExtension,
  testKey,
} from '../../../src/tee/generator/index.ts';
import { parseCertificate } from '../../../src/tee/x509/certificate.ts';
import { parseCrl } from '../../../src/tee/x509/crl.ts';
import { Oid } from '../../../src/tee/x509/oids.ts';
import { parseSgxExtension } from '../../../src/tee/x509/sgx-extension.ts';
import { must, refusal, why } from './vectors.ts';
import { at, judgeWorld, NOW, world } from './world.ts';

const issuer = testKey('x509', 'issuer');

/** A revocation list with any of its parts changed. */
const crl = (change: Partial<Readonly<Record<string, Uint8Array>>> = {}): Uint8Array => {
  const parts: Readonly<Record<string, Uint8Array>> = {
    version: integer(1),
    algorithm: algorithm(),
    issuer: name('Intel SGX Root CA'),
    thisUpdate: time(NOW),
    nextUpdate: time(NOW + 1),
    entries: new Uint8Array(0),
    extensions: element(
      Tag.context0,
      sequence(
        extension(Oid.crlNumber, false, integer(1)),
        extension(Oid.authorityKeyId, false, sequence(element(0x80, keyId(issuer.publicKey)))),
      ),
    ),
  };
  return signed(sequence(...Object.values({ ...parts, ...change } as typeof parts)), issuer);
};

const NONE = new Uint8Array(0);
const entry = (...parts: Uint8Array[]) => sequence(sequence(integer(5), time(NOW), ...parts));

describe('revocation lists (RFC 5280 §5)', () => {
  it('of version 2, with number, authority key id and next update', () => {
    expect(must(parseCrl(crl())).revokedSerials).toHaveLength(0);
    expect(must(parseCrl(crl({ entries: entry() }))).revokedSerials).toHaveLength(20);
  });

  const aki = extension(Oid.authorityKeyId, false, sequence(element(0x80, hex('01'))));
  const number = extension(Oid.crlNumber, false, integer(1));
  const list = (...parts: Uint8Array[]) => element(Tag.context0, sequence(...parts));

  it.each([
    ['version 1', { version: NONE }],
    ['version 3', { version: integer(2) }],
    ['no next update', { nextUpdate: NONE }],
    ['no extensions', { extensions: NONE }],
    ['no number', { extensions: list(aki) }],
    ['no authority key id', { extensions: list(number) }],
    ['its number twice', { extensions: list(aki, number, number) }],
    ['a delta list', { extensions: list(aki, number, extension('551d1b', true, integer(1))) }],
    ['a critical scope', { extensions: list(aki, number, extension('551d1c', true, sequence())) }],
    [
      'a negative number',
      { extensions: list(aki, extension(Oid.crlNumber, false, hex('0201ff'))) },
    ],
    ['fields after the extensions', { extensions: concat(list(aki, number), integer(1)) }],
    ['an empty list of entries', { entries: sequence() }],
    ['a negative serial number', { entries: sequence(sequence(hex('0201ff'), time(NOW))) }],
    [
      'an indirect entry',
      { entries: entry(sequence(extension('551d1d', true, sequence(sequence())))) },
    ],
    ['an entry of four parts', { entries: entry(NONE, sequence(aki), integer(1)) }],
    ['another algorithm', { algorithm: sequence(oid('2a8648ce3d040303')) }],
  ])('refuses %s', (_what, change) => {
    expect(parseCrl(crl(change)).ok).toBe(false);
  });
});

/** A certificate body with one part replaced, signed again by its issuer. */
const certificate = (change: (parts: Uint8Array[]) => void): Uint8Array => {
  const key = testKey('x509', 'leaf').publicKey;
  const parts = [
    element(Tag.context0, integer(2)),
    integerBytes(hex('0102')),
    algorithm(),
    name('Intel SGX PCK Platform CA'),
    sequence(time(NOW), time(NOW + 1)),
    name('Intel SGX PCK Certificate'),
    sequence(sequence(oid(Oid.ecPublicKey), oid(Oid.prime256v1)), bitString(key)),
    element(
      Tag.context3,
      sequence(
        extension(Oid.authorityKeyId, false, sequence(element(0x80, hex('01')))),
        extension(Oid.crlDistributionPoints, false, sequence()),
        extension(Oid.subjectKeyId, false, octetString(hex('01'))),
        extension(Oid.keyUsage, true, bitString(hex('c0'), 6)),
        extension(Oid.basicConstraints, true, sequence()),
      ),
    ),
  ];
  change(parts);
  return signed(sequence(...parts), issuer);
};

describe('certificates (RFC 5280 §4)', () => {
  const point = testKey('x509', 'leaf').publicKey;
  const spki = (curve: string, key: Uint8Array, type: string = Oid.ecPublicKey) =>
    sequence(sequence(oid(type), oid(curve)), bitString(key));

  it('of version 3 with the five extensions that all of this hierarchy have', () => {
    expect(parseCertificate(certificate(() => undefined)).ok).toBe(true);
  });

  it.each<readonly [string, number, Uint8Array, string]>([
    ['version 1', 0, element(Tag.context0, integer(0)), 'tee/der-malformed'],
    [
      'a serial number of 21 octets',
      1,
      integerBytes(new Uint8Array(21).fill(1)),
      'tee/der-malformed',
    ],
    ['a negative serial number', 1, hex('020180'), 'tee/der-malformed'],
    ['SHA-384', 2, sequence(oid('2a8648ce3d040303')), 'tee/certificate-algorithm'],
    [
      'SHA-256 with parameters',
      2,
      sequence(oid(Oid.ecdsaWithSha256), hex('0500')),
      'tee/certificate-algorithm',
    ],
    ['a name without common name', 5, sequence(), 'tee/der-malformed'],
    [
      'a date in February 30',
      4,
      sequence(time(NOW), element(Tag.utcTime, ascii('250230000000Z'))),
      'tee/der-malformed',
    ],
    ['the curve P-384', 6, spki('2b81040022', point), 'tee/certificate-algorithm'],
    [
      'an RSA key',
      6,
      spki(Oid.prime256v1, point, '2a864886f70d010101'),
      'tee/certificate-algorithm',
    ],
    [
      'a compressed point',
      6,
      spki(Oid.prime256v1, point.subarray(0, 33)),
      'tee/certificate-algorithm',
    ],
    ['unique identifiers', 7, concat(element(0x81, hex('0001'))), 'tee/der-malformed'],
    ['no extensions', 7, NONE, 'tee/der-malformed'],
  ])('refuses %s', (_what, index, part, code) => {
    const changed = certificate((parts) => void (parts[index] = part));
    expect(refusal(parseCertificate(changed)).code).toBe(code);
  });

  it('refuses extensions in a second spelling', () => {
    const spelt = sequence(oid('2a0304'), boolean(false), octetString(NONE));
    const { specs } = world();
    expect(refusal(parseCertificate(makeCertificate({ ...specs.pck, extra: [spelt] }))).code).toBe(
      'tee/certificate-extensions',
    );
  });

  it('reads dates from 2050 on', () => {
    const notAfter = at('2060-01-01T00:00:00Z');
    const der = makeCertificate({ ...world().specs.pck, notAfter });
    expect(must(parseCertificate(der)).notAfter).toBe(notAfter);
  });
});

describe('the SGX extension (PCK certificate specification 1.5 §1.3.5)', () => {
  const parse = (change: Partial<PlatformSpec>) =>
    parseSgxExtension(sgxExtension({ ...DEFAULT_PLATFORM, ...change }));

  it('takes the components and PCESVN as numbers of one and two octets', () => {
    const components = [255, 128, 127, ...Array.from({ length: 13 }, (_, i) => i)];
    const sgx = must(parse({ components, pceSvn: 65_535, cpuSvn: new Uint8Array(16) }));
    expect([...sgx.components]).toEqual(components);
    expect(sgx.pceSvn).toBe(65_535);
  });

  it.each<readonly [string, Partial<PlatformSpec>]>([
    ['a component of 256', { components: [256, ...DEFAULT_PLATFORM.components.slice(1)] }],
    ['15 components', { components: DEFAULT_PLATFORM.components.slice(1) }],
    ['17 components', { components: [...DEFAULT_PLATFORM.components, 1] }],
    ['a PCESVN of three octets', { pceSvn: 65_536 }],
    ['a CPUSVN of 15 octets', { cpuSvn: new Uint8Array(15) }],
    ['a PPID of 15 octets', { ppid: new Uint8Array(15) }],
    ['an FMSPC of 5 octets', { fmspc: new Uint8Array(5) }],
    ['a PCEID of 3 octets', { pceId: new Uint8Array(3) }],
    ['an unknown SGX type', { sgxType: 3 }],
    ['an instance id of 15 octets', { instanceId: new Uint8Array(15) }],
  ])('refuses %s', (_what, change) => {
    expect(parse(change).ok).toBe(false);
  });

  it('counts components, never the CPUSVN beside them', () => {
    const high = { cpuSvn: new Uint8Array(16).fill(255), components: Array<number>(16).fill(3) };
    const facts = must(judgeWorld({ platform: { ...high, pceSvn: 11 } }));
    expect(facts.status).toBe('OutOfDate');
    const low = { cpuSvn: new Uint8Array(16) };
    expect(must(judgeWorld({ platform: low })).status).toBe('UpToDate');
  });

  it('has entries 6 and 7 exactly when the Platform CA issued it', () => {
    const five = sgxExtension({ ...DEFAULT_PLATFORM, instanceId: undefined });
    expect(why(judgeWorld({ pck: { sgxExtension: five } }))).toBe(
      'pck tee/sgx-extension-malformed',
    );
    const seven = sgxExtension(DEFAULT_PLATFORM);
    const processor = { platform: { instanceId: undefined }, pck: { sgxExtension: seven } };
    expect(why(judgeWorld(processor))).toBe('pck tee/sgx-extension-malformed');
  });
});
