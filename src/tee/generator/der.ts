import { ascii, concat, hex } from '../bytes.ts';
import { Tag } from '../der/reader.ts';
import { assert } from '../result.ts';
import { formatIsoTime, type Seconds } from '../time.ts';

/** DER for test certificates: each function returns one encoded element. */

const lengthOctets = (length: number): Uint8Array => {
  if (length < 0x80) return Uint8Array.of(length);
  if (length < 0x100) return Uint8Array.of(0x81, length);
  assert(length < 0x10000, 'generated elements are short');
  return Uint8Array.of(0x82, length >>> 8, length & 0xff);
};

export const element = (tag: number, ...content: readonly Uint8Array[]): Uint8Array => {
  const body = concat(...content);
  return concat(Uint8Array.of(tag), lengthOctets(body.length), body);
};

export const sequence = (...parts: readonly Uint8Array[]): Uint8Array =>
  element(Tag.sequence, ...parts);

/** A non-negative INTEGER from its big-endian bytes. */
export const integerBytes = (bytes: Uint8Array): Uint8Array => {
  const first = bytes.findIndex((byte) => byte !== 0);
  const value = first < 0 ? Uint8Array.of(0) : bytes.subarray(first);
  return element(Tag.integer, (value[0] ?? 0) >= 0x80 ? concat(Uint8Array.of(0), value) : value);
};

export const integer = (value: number): Uint8Array => {
  const text = value.toString(16);
  return integerBytes(hex((text.length & 1) === 0 ? text : `0${text}`));
};

export const enumerated = (value: number): Uint8Array =>
  element(Tag.enumerated, Uint8Array.of(value));

export const boolean = (value: boolean): Uint8Array =>
  element(Tag.boolean, Uint8Array.of(value ? 0xff : 0));

/** An OBJECT IDENTIFIER from the hexadecimal text of its content. */
export const oid = (content: string): Uint8Array => element(Tag.oid, hex(content));

export const octetString = (...content: readonly Uint8Array[]): Uint8Array =>
  element(Tag.octetString, ...content);

/** A BIT STRING of whole octets, or with unused bits at the end. */
export const bitString = (content: Uint8Array, unused = 0): Uint8Array =>
  element(Tag.bitString, Uint8Array.of(unused), content);

export const utf8String = (text: string): Uint8Array => element(Tag.utf8String, ascii(text));

export const printableString = (text: string): Uint8Array =>
  element(Tag.printableString, ascii(text));

/** UTCTime until 2049, GeneralizedTime after (RFC 5280 §4.1.2.5). */
export const time = (seconds: Seconds): Uint8Array => {
  const digits = formatIsoTime(seconds).replaceAll(/[-:T]/g, '');
  return digits < '2050'
    ? element(Tag.utcTime, ascii(digits.slice(2)))
    : element(Tag.generalizedTime, ascii(digits));
};

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const PEM_COLUMNS = 64;

const toBase64 = (bytes: Uint8Array): string => {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(i, i + 3);
    const group = (a << 16) | (b << 8) | c;
    const left = bytes.length - i;
    text += BASE64.charAt(group >>> 18) + BASE64.charAt((group >>> 12) & 63);
    text += left > 1 ? BASE64.charAt((group >>> 6) & 63) : '=';
    text += left > 2 ? BASE64.charAt(group & 63) : '=';
  }
  return text;
};

/** Certificates as PEM, one after the other. */
export const pem = (...certificates: readonly Uint8Array[]): Uint8Array => {
  const blocks = certificates.map((der) => {
    const text = toBase64(der);
    const lines: string[] = [];
    for (let i = 0; i < text.length; i += PEM_COLUMNS) lines.push(text.slice(i, i + PEM_COLUMNS));
    return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
  });
  return ascii(blocks.join(''));
};
