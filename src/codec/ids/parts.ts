import { AssertionError } from '../failure.ts';
import { fromHex } from '../bytes.ts';

const HASH_DIGITS = 64;
const ADDRESS_DIGITS = 40;
const PUBLIC_KEY_DIGITS = 66;

/** A hash, id, key or salt of 32 bytes. Asserts its length: a digest has no room for another. */
export function bytes32(text: string): Uint8Array {
  if (text.length === HASH_DIGITS) return fromHex(text);
  throw new AssertionError(`32 bytes are 64 hex digits, not ${text.length}`);
}

/** An address of 20 bytes. */
export function bytes20(text: string): Uint8Array {
  if (text.length === ADDRESS_DIGITS) return fromHex(text);
  throw new AssertionError(`an address is 40 hex digits, not ${text.length}`);
}

/** A compressed public key of 33 bytes. */
export function bytes33(text: string): Uint8Array {
  if (text.length === PUBLIC_KEY_DIGITS) return fromHex(text);
  throw new AssertionError(`a compressed public key is 66 hex digits, not ${text.length}`);
}

/** The chain that a digest is bound to, so that no other chain accepts it. */
export interface ChainRef {
  /** u32. */
  readonly networkId: number;
  /** 32 bytes. */
  readonly chainId: string;
}
