// Bytes and hashes of the model, written from PROTOCOL §2 and Node's own cryptography.
import { createHash } from 'node:crypto';

export const fromHex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));
export const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

export const join = (...parts: readonly Uint8Array[]): Uint8Array =>
  new Uint8Array(Buffer.concat(parts));

/** An unsigned integer in so many bytes, the highest first. */
export const big = (value: bigint | number, width: number): Uint8Array =>
  fromHex(
    BigInt(value)
      .toString(16)
      .padStart(2 * width, '0'),
  );

export const u8 = (value: number): Uint8Array => big(value, 1);
export const u32 = (value: number): Uint8Array => big(value, 4);
export const u64 = (value: bigint): Uint8Array => big(value, 8);

/** A part of variable length, preceded by that. */
export const sized = (bytes: Uint8Array): Uint8Array => join(u32(bytes.length), bytes);

export const sha256 = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');

/** `H(tag, parts…) = SHA-256(u8(len(tag)) ‖ tag ‖ parts…)`. */
export const H = (tag: string, ...parts: readonly Uint8Array[]): string => {
  const name = new Uint8Array(Buffer.from(tag, 'ascii'));
  return sha256(join(u8(name.length), name, ...parts));
};

/** A hash as the number that draws read it as. */
export const numberOf = (hash: string): bigint => BigInt(`0x${hash}`);
