import { byteAt, toHex } from '../bytes.ts';
import { MAX_TEXT_CHARS, SERIAL_BYTES } from '../limits.ts';
import { ok, reject, type Result } from '../result.ts';
import { parseGeneralizedTime, parseUtcTime, type Seconds } from '../time.ts';
import { type Element, Tag } from './reader.ts';

const malformed = (what: string) => reject('collateral', 'tee/der-malformed', { what });

/** A non-negative INTEGER of at most `maxBytes` octets of value (X.690 §8.3: minimal octets). */
export const unsignedBytes = (element: Element, maxBytes: number): Result<Uint8Array> => {
  const { tag, content } = element;
  if (tag !== Tag.integer && tag !== Tag.enumerated) return malformed('not an INTEGER');
  const first = content[0];
  const second = content[1];
  if (first === undefined) return malformed('an INTEGER without octets');
  if (first >= 0x80) return malformed('a negative INTEGER');
  if (first === 0 && second !== undefined && second < 0x80) {
    return malformed('an INTEGER that is not minimal');
  }
  const value = first === 0 && second !== undefined ? content.subarray(1) : content;
  return value.length > maxBytes ? malformed('an INTEGER that is too large') : ok(value);
};

/** A non-negative INTEGER or ENUMERATED of at most `maxBytes` (1 to 3) octets. */
export const unsignedNumber = (element: Element, maxBytes: number): Result<number> => {
  const bytes = unsignedBytes(element, maxBytes);
  if (!bytes.ok) return bytes;
  let value = 0;
  for (const byte of bytes.value) value = (value << 8) | byte;
  return ok(value);
};

/** A serial number in 20 octets, padded on the left, so that serial numbers compare as bytes. */
export const serialNumber = (element: Element): Result<Uint8Array> => {
  const value = unsignedBytes(element, SERIAL_BYTES);
  if (!value.ok) return value;
  const padded = new Uint8Array(SERIAL_BYTES);
  padded.set(value.value, SERIAL_BYTES - value.value.length);
  return ok(padded);
};

/** BOOLEAN in DER: 00 or FF (X.690 §11.1). */
export const boolean = (element: Element): Result<boolean> => {
  const value = element.content[0];
  if (element.tag !== Tag.boolean || element.content.length !== 1)
    return malformed('not a BOOLEAN');
  if (value !== 0 && value !== 0xff) return malformed('a BOOLEAN that is neither 00 nor FF');
  return ok(value === 0xff);
};

/** An OBJECT IDENTIFIER as the hexadecimal text of its content; arcs must be minimal. */
export const oid = (element: Element): Result<string> => {
  const { tag, content } = element;
  if (tag !== Tag.oid || content.length === 0) return malformed('not an OBJECT IDENTIFIER');
  let arcStart = true;
  for (const byte of content) {
    if (arcStart && byte === 0x80) return malformed('an OBJECT IDENTIFIER that is not minimal');
    arcStart = byte < 0x80;
  }
  return arcStart ? ok(toHex(content)) : malformed('an OBJECT IDENTIFIER that ends inside an arc');
};

/** A BIT STRING of whole octets. */
export const wholeBits = (element: Element): Result<Uint8Array> => {
  if (element.tag !== Tag.bitString || element.content[0] !== 0) {
    return malformed('not a BIT STRING of whole octets');
  }
  return ok(element.content.subarray(1));
};

/** A named bit list, such as KeyUsage, as its first octet; DER strips trailing zero bits. */
export const namedBits = (element: Element): Result<number> => {
  const { tag, content } = element;
  const unused = content[0];
  if (tag !== Tag.bitString || unused === undefined || unused > 7)
    return malformed('not a BIT STRING');
  if (content.length < 2 || content.length > 3)
    return malformed('a BIT STRING of unexpected length');
  const last = byteAt(content, content.length - 1);
  const lowest = last & -last;
  if (lowest !== 1 << unused) return malformed('a named bit list that is not minimal');
  return ok(byteAt(content, 1));
};

export const octets = (element: Element): Result<Uint8Array> =>
  element.tag === Tag.octetString ? ok(element.content) : malformed('not an OCTET STRING');

/** Validity dates: UTCTime through 2049, GeneralizedTime from 2050 on (RFC 5280 §4.1.2.5). */
export const time = (element: Element): Result<Seconds> => {
  const value =
    element.tag === Tag.utcTime
      ? parseUtcTime(element.content)
      : element.tag === Tag.generalizedTime
        ? parseGeneralizedTime(element.content)
        : undefined;
  return value === undefined ? malformed('not a valid time') : ok(value);
};

const PRINTABLE = /^[A-Za-z0-9 '()+,./:=?-]*$/;
const VISIBLE_ASCII = /^[\x20-\x7e]*$/;

/** A directory string. Only ASCII ones: all names of this hierarchy are. */
export const directoryString = (element: Element): Result<string> => {
  const { tag, content } = element;
  if (content.length > MAX_TEXT_CHARS) return malformed('a text that is too long');
  const text = String.fromCharCode(...content);
  const known = tag === Tag.utf8String || tag === Tag.printableString || tag === Tag.ia5String;
  if (!known || !VISIBLE_ASCII.test(text)) return malformed('not a text of visible ASCII');
  if (tag === Tag.printableString && !PRINTABLE.test(text))
    return malformed('not a PrintableString');
  return ok(text);
};
