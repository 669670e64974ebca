import { stop } from './stop.ts';

const HEX = /^(?:0x)?((?:[0-9a-fA-F]{2})*)$/;
const DECIMAL = /^(?:0|[1-9][0-9]{0,19})$/;
const MAX_U64 = 2n ** 64n - 1n;

/** Lower-case hex digits of so many bytes; an actor's `kind:` in front is taken off if allowed. */
export const parseHash = (text: string, kind?: string, bytes = 32): string => {
  const prefix = `${kind ?? ''}:`;
  const bare = kind !== undefined && text.startsWith(prefix) ? text.slice(prefix.length) : text;
  const digits = HEX.exec(bare)?.[1];
  if (digits?.length === 2 * bytes) return digits.toLowerCase();
  return stop('cli/bad-hash', { found: text.slice(0, 160), bytes: String(bytes) });
};

/** A whole number within a range, by default a u64. */
export const parseInteger = (text: string, least = 0n, most = MAX_U64): bigint => {
  const value = DECIMAL.test(text) ? BigInt(text) : -1n;
  if (value >= least && value <= most) return value;
  return stop('cli/bad-number', { found: text.slice(0, 80), range: `${least} to ${most}` });
};

/** A small whole number, such as a port or the length of a list. */
export const parseCount = (text: string, least: number, most: number): number =>
  Number(parseInteger(text, BigInt(least), BigInt(most)));
