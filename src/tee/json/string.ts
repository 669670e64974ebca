import { byteAt } from '../bytes.ts';

const ESCAPES: ReadonlyMap<number, string> = new Map([
  [0x22, '"'],
  [0x5c, '\\'],
  [0x2f, '/'],
  [0x62, '\b'],
  [0x66, '\f'],
  [0x6e, '\n'],
  [0x72, '\r'],
  [0x74, '\t'],
]);

interface Scanned {
  readonly text: string;
  readonly next: number;
}

const hexDigit = (code: number | undefined): number => {
  if (code === undefined) return -1;
  if (code >= 48 && code <= 57) return code - 48;
  const lower = code | 0x20;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
};

const fourHex = (bytes: Uint8Array, at: number): number => {
  let value = 0;
  for (let i = at; i < at + 4; i += 1) {
    const digit = hexDigit(bytes[i]);
    if (digit < 0) return -1;
    value = (value << 4) | digit;
  }
  return value;
};

/** An escape after its backslash at `at`; a lone surrogate is not a character (RFC 8259 §8.2). */
const scanEscape = (bytes: Uint8Array, at: number): Scanned | string => {
  const simple = ESCAPES.get(bytes[at] ?? 0);
  if (simple !== undefined) return { text: simple, next: at + 1 };
  if (bytes[at] !== 0x75) return 'an unknown escape';
  const unit = fourHex(bytes, at + 1);
  if (unit < 0) return 'an escape without four hexadecimal digits';
  if (unit < 0xd800 || unit > 0xdfff) return { text: String.fromCharCode(unit), next: at + 5 };
  const low = bytes[at + 5] === 0x5c && bytes[at + 6] === 0x75 ? fourHex(bytes, at + 7) : -1;
  if (unit > 0xdbff || low < 0xdc00 || low > 0xdfff) return 'a lone surrogate';
  return { text: String.fromCharCode(unit, low), next: at + 11 };
};

/** Lead byte to the number of continuation bytes and the smallest code point (RFC 3629 §3). */
const utf8Form = (lead: number): readonly [count: number, bits: number, least: number] => {
  if (lead >= 0xc2 && lead <= 0xdf) return [1, lead & 0x1f, 0x80];
  if (lead >= 0xe0 && lead <= 0xef) return [2, lead & 0x0f, 0x800];
  if (lead >= 0xf0 && lead <= 0xf4) return [3, lead & 0x07, 0x10000];
  return [0, 0, 0];
};

const scanUtf8 = (bytes: Uint8Array, at: number): Scanned | string => {
  const [count, bits, least] = utf8Form(byteAt(bytes, at));
  if (count === 0) return 'invalid UTF-8';
  let point = bits;
  for (let i = 1; i <= count; i += 1) {
    const code = bytes[at + i];
    if (code === undefined || (code & 0xc0) !== 0x80) return 'invalid UTF-8';
    point = (point << 6) | (code & 0x3f);
  }
  const surrogate = point >= 0xd800 && point <= 0xdfff;
  if (point < least || point > 0x10ffff || surrogate) return 'invalid UTF-8';
  return { text: String.fromCodePoint(point), next: at + count + 1 };
};

/** A JSON string from its opening quote at `from`: its text, or what is wrong with it. */
export const scanString = (bytes: Uint8Array, from: number): Scanned | string => {
  if (bytes[from] !== 0x22) return 'a string was expected';
  let text = '';
  let at = from + 1;
  for (;;) {
    const code = bytes[at];
    if (code === undefined) return 'a string without end';
    if (code === 0x22) return { text, next: at + 1 };
    if (code < 0x20) return 'a control character in a string';
    if (code < 0x80 && code !== 0x5c) {
      text += String.fromCharCode(code);
      at += 1;
      continue;
    }
    const part = code === 0x5c ? scanEscape(bytes, at + 1) : scanUtf8(bytes, at);
    if (typeof part === 'string') return part;
    text += part.text;
    at = part.next;
  }
};
