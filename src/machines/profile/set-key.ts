import { assert } from '../../codec/index.ts';

/** One who serves a profile: addresses in hex. */
export interface MemberKey {
  readonly owner: string;
  readonly provider: string;
}

/** Bits below this one belong to the owner, the others to the provider. */
export const OWNER_BITS = 160;
const KEY_DIGITS = 80;

/** `owner ‖ provider` in hex; its order is that of the intervals (PROTOCOL §6.1). */
export const setKey = ({ owner, provider }: MemberKey): string => {
  const key = owner + provider;
  assert(key.length === KEY_DIGITS, 'a key of the stake set is two addresses');
  return key;
};

const digitAt = (key: string, index: number): number => Number.parseInt(key.charAt(index), 16);

/** Is bit `bit` (0 the highest) of a key in hex set? */
export const isSet = (key: string, bit: number): boolean =>
  ((digitAt(key, bit >>> 2) >>> (3 - (bit & 3))) & 1) === 1;

/** The highest bit in which two different keys of one length differ. */
export const criticalBit = (a: string, b: string): number => {
  let index = 0;
  while (index < a.length && a[index] === b[index]) index++;
  assert(index < a.length, 'equal keys have no critical bit');
  const difference = digitAt(a, index) ^ digitAt(b, index);
  return 4 * index + Math.clz32(difference) - 28;
};
