import { toHex } from './bytes.ts';
import type { Rejection } from './result.ts';
import type { QuoteFacts } from './verify/facts.ts';

/** A value for display or JSON: bytes as hexadecimal text. */
export type Plain =
  | string
  | number
  | boolean
  | null
  | readonly Plain[]
  | { readonly [key: string]: Plain };

const plain = (value: unknown): Plain => {
  if (value instanceof Uint8Array) return toHex(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value;
  }
  if (typeof value !== 'object' || value === null) return null;
  const entries = Object.entries(value).filter(([key, member]) => {
    return key !== 'raw' && member !== undefined;
  });
  return Object.fromEntries(entries.map(([key, member]) => [key, plain(member)]));
};

/** Facts for display or JSON; the raw report body is left out, all its fields are in. */
export const plainFacts = (facts: QuoteFacts): Plain => plain(facts);

export const plainRejection = (rejection: Rejection): Plain => plain(rejection);

/** Any record of this library, such as a parsed quote or collateral. */
export const plainRecord = (record: object): Plain => plain(record);
