import { ascii, byteAt } from './bytes.ts';
import { MAX_PEM_BYTES } from './limits.ts';
import { ok, reject, type Result } from './result.ts';

const BEGIN = ascii('-----BEGIN CERTIFICATE-----');
const END = ascii('-----END CERTIFICATE-----');
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const PAD = 0x3d;
const LF = 0x0a;
const CR = 0x0d;

const VALUES = new Int8Array(128).fill(-1);
for (let i = 0; i < ALPHABET.length; i += 1) VALUES[ALPHABET.charCodeAt(i)] = i;

const malformed = (what: string, offset: number) =>
  reject('collateral', 'tee/pem-malformed', { what, offset: String(offset) });

const startsWith = (bytes: Uint8Array, at: number, prefix: Uint8Array): boolean => {
  for (let i = 0; i < prefix.length; i += 1) if (bytes[at + i] !== prefix[i]) return false;
  return true;
};

/** Past one line end, LF or CR LF; the same place when there is none. */
const skipLineEnd = (bytes: Uint8Array, at: number): number => {
  if (bytes[at] === LF) return at + 1;
  return bytes[at] === CR && bytes[at + 1] === LF ? at + 2 : at;
};

const skipLineEnds = (bytes: Uint8Array, from: number): number => {
  let at = from;
  for (;;) {
    const next = skipLineEnd(bytes, at);
    if (next === at) return at;
    at = next;
  }
};

/** Six-bit groups to octets. RFC 4648 §3.5: the unused bits of the last group are zero. */
const decodeGroups = (
  groups: Uint8Array,
  count: number,
  pads: number,
  offset: number,
): Result<Uint8Array> => {
  if (((count + pads) & 3) !== 0 || pads > 2) return malformed('base64 of odd length', offset);
  const size = ((count * 3) >>> 2) | 0;
  const out = new Uint8Array(size);
  let buffer = 0;
  let bits = 0;
  let at = 0;
  for (let i = 0; i < count; i += 1) {
    buffer = ((buffer << 6) | byteAt(groups, i)) & 0xffffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out[at] = (buffer >>> bits) & 0xff;
      at += 1;
    }
  }
  const unused = buffer & ((1 << bits) - 1);
  return unused === 0 && at === size ? ok(out) : malformed('base64 that is not canonical', offset);
};

/** Bytes of canonical base64 without line ends, else undefined. */
export const fromBase64 = (text: string): Uint8Array | undefined => {
  const groups = new Uint8Array(text.length);
  let count = 0;
  let pads = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    const value = VALUES[code] ?? -1;
    if (code === PAD) pads += 1;
    else if (value < 0 || pads > 0) return undefined;
    else {
      groups[count] = value;
      count += 1;
    }
  }
  const bytes = decodeGroups(groups, count, pads, 0);
  return bytes.ok ? bytes.value : undefined;
};

interface Block {
  readonly der: Uint8Array;
  readonly next: number;
}

/** One block from its BEGIN line; base64 of any line width, line ends only between characters. */
const readBlock = (bytes: Uint8Array, from: number): Result<Block> => {
  if (!startsWith(bytes, from, BEGIN)) return malformed('no BEGIN CERTIFICATE', from);
  let at = from + BEGIN.length;
  const groups = new Uint8Array(bytes.length - at);
  let count = 0;
  let pads = 0;
  for (;;) {
    const code = bytes[at];
    if (code === undefined) return malformed('no END CERTIFICATE', at);
    const value = code < 128 ? (VALUES[code] ?? -1) : -1;
    if (value >= 0 && pads === 0) {
      groups[count] = value;
      count += 1;
      at += 1;
      continue;
    }
    if (code === 0x2d) break;
    const afterLine = skipLineEnd(bytes, at);
    if (code === PAD) pads += 1;
    else if (afterLine === at) return malformed('a character that is not base64', at);
    at = afterLine === at ? at + 1 : afterLine;
  }
  if (!startsWith(bytes, at, END)) return malformed('no END CERTIFICATE', at);
  const der = decodeGroups(groups, count, pads, from);
  return der.ok ? ok({ der: der.value, next: at + END.length }) : der;
};

/**
 * Exactly `count` certificates in PEM (RFC 7468 §5.1). Between and after the blocks only line ends,
 * and zero bytes at the end, since quotes carry the chain as a C string.
 */
export const readPemChain = (bytes: Uint8Array, count: number): Result<readonly Uint8Array[]> => {
  if (bytes.length > MAX_PEM_BYTES) return malformed('a chain larger than the limit', 0);
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end -= 1;
  const text = bytes.subarray(0, end);
  const chain: Uint8Array[] = [];
  let at = skipLineEnds(text, 0);
  while (at < text.length) {
    if (chain.length === count) return wrongLength(chain.length + 1, count);
    const block = readBlock(text, at);
    if (!block.ok) return block;
    chain.push(block.value.der);
    at = skipLineEnds(text, block.value.next);
  }
  return chain.length === count ? ok(chain) : wrongLength(chain.length, count);
};

const wrongLength = (found: number, expected: number) =>
  reject('collateral', 'tee/chain-length', { found: String(found), expected: String(expected) });
