import type { CodecErrorCode } from '../errors.ts';
import { headBytes } from './head.ts';

/** Names of the major types (RFC 8949 §3.1). */
const MAJOR_NAMES = [
  'unsigned integer',
  'negative integer',
  'byte string',
  'text string',
  'array',
  'map',
  'tag',
] as const;
const FORBIDDEN_MAJORS: ReadonlySet<number> = new Set([1, 5, 6]);
const BYTE_STRING = 2;
const TEXT_STRING = 3;
const ARRAY = 4;
const SIMPLE_OR_FLOAT = 7;
const INDEFINITE = 31;

export interface HeadExplanation {
  readonly code: CodecErrorCode;
  readonly found?: string;
}

function explainSimple(minor: number): HeadExplanation {
  if (minor === 20 || minor === 21) return { code: 'codec/wrong-type', found: 'boolean' };
  if (minor === 22) return { code: 'codec/forbidden-type', found: 'null' };
  if (minor === 23) return { code: 'codec/forbidden-type', found: 'undefined' };
  if (minor >= 25 && minor <= 27) return { code: 'codec/forbidden-type', found: 'float' };
  if (minor >= 28 && minor < INDEFINITE) return { code: 'codec/malformed' };
  if (minor === INDEFINITE) return { code: 'codec/malformed', found: 'break' };
  return { code: 'codec/forbidden-type', found: 'simple value' };
}

function argumentAt(bytes: Uint8Array, offset: number, width: number): number {
  let argument = 0;
  for (let i = 0; i < width; i++) argument = argument * 256 + (bytes[offset + i] as number);
  return argument;
}

/**
 * Says why the data item whose head stands at the offset was refused. Only called once something
 * is known to be wrong with it; it reads the head by RFC 8949 §3 and not the library's error text.
 */
export function explainHead(bytes: Uint8Array, offset: number): HeadExplanation {
  const initial = bytes[offset] as number;
  const major = initial >>> 5;
  const minor = initial & 31;
  if (major === SIMPLE_OR_FLOAT) return explainSimple(minor);
  const found = MAJOR_NAMES[major] as string;
  if (FORBIDDEN_MAJORS.has(major)) return { code: 'codec/forbidden-type', found };
  if (minor === INDEFINITE && major > 1) return { code: 'codec/indefinite-length', found };
  if (minor > 27) return { code: 'codec/malformed', found };
  const width = minor < 24 ? 0 : 1 << (minor - 24);
  const body = offset + 1 + width;
  if (body > bytes.length) return { code: 'codec/truncated', found };
  const argument = width === 0 ? minor : argumentAt(bytes, offset + 1, width);
  if (headBytes(argument) !== 1 + width) return { code: 'codec/non-minimal', found };
  // Each item of an array takes at least one byte.
  const hasBody = major === BYTE_STRING || major === TEXT_STRING || major === ARRAY;
  if (hasBody && body + argument > bytes.length) return { code: 'codec/truncated', found };
  return { code: 'codec/wrong-type', found };
}
