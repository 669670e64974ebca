import { concatBytes } from '../../codec/bytes.ts';
import { ok, type Result } from '../../codec/failure.ts';
import { runtimeFail } from '../errors.ts';

/*
 * The little of protobuf (https://protobuf.dev/programming-guides/encoding) that ICS-23 proofs
 * need: varints below 2^32 and length-delimited fields, in one level at a time.
 */

const VARINT = 0;
const LENGTH_DELIMITED = 2;
/** Field numbers below 16 and the wire type make a tag of one byte; ICS-23 has no others. */
const TAG_BITS = 3;
/** Seven bits a byte: five bytes hold 32 bits. */
const MAX_VARINT_BYTES = 5;
const MAX_VARINT = 0xffff_ffff;

const varint = (value: number): number[] => {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest >>>= 7) bytes.push((rest & 127) | 128);
  bytes.push(rest);
  return bytes;
};

/** A field with an enum; zero is the default of proto3 and is left out. */
export const enumField = (number: number, value: number): Uint8Array =>
  value === 0
    ? new Uint8Array(0)
    : Uint8Array.from([(number << TAG_BITS) | VARINT, ...varint(value)]);

/** A field with bytes or an encoded message. */
export const bytesField = (number: number, bytes: Uint8Array): Uint8Array => {
  const tag = (number << TAG_BITS) | LENGTH_DELIMITED;
  return concatBytes(Uint8Array.from([tag, ...varint(bytes.length)]), bytes);
};

/** The same, left out when empty: the default of proto3. */
export const optionalBytesField = (number: number, bytes: Uint8Array): Uint8Array =>
  bytes.length === 0 ? bytes : bytesField(number, bytes);

/** One field as read. */
export interface Field {
  readonly number: number;
  readonly value: number | Uint8Array;
}

/** The fields of one message, in their order; anything that ICS-23 does not use is refused. */
export const readFields = (bytes: Uint8Array): Result<readonly Field[]> => {
  const fields: Field[] = [];
  let at = 0;
  const readVarint = (): number | undefined => {
    let value = 0;
    for (let i = 0; i < MAX_VARINT_BYTES; i++) {
      const byte = bytes[at++];
      if (byte === undefined) return undefined;
      value += (byte & 127) * 2 ** (7 * i);
      if (byte < 128) return value > MAX_VARINT ? undefined : value;
    }
    return undefined;
  };
  while (at < bytes.length) {
    const offset = at;
    const malformed = (what: string) =>
      runtimeFail('runtime/proof-malformed', { what, offset: String(offset) });
    const tag = bytes[at++] as number;
    const value = readVarint();
    if (value === undefined) return malformed('varint');
    if (tag >= 128) return malformed('tag');
    const number = tag >>> TAG_BITS;
    const wireType = tag & 7;
    if (wireType === VARINT) {
      fields.push({ number, value });
      continue;
    }
    if (wireType !== LENGTH_DELIMITED) return malformed('wire type');
    if (value > bytes.length - at) return malformed('length');
    fields.push({ number, value: bytes.subarray(at, at + value) });
    at += value;
  }
  return ok(fields);
};
