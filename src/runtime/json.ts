import { toHex } from '../codec/bytes.ts';

export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [name: string]: Json };

/**
 * A value of the chain as JSON: integers beyond 32 bits (every bigint) as decimal strings, bytes as
 * lower-case hex, what is absent left out. For people and HTTP only: state is canonical CBOR.
 */
export const toJson = (value: unknown): Json => {
  if (value === undefined || value === null) return null;
  if (typeof value === 'bigint') return String(value);
  if (value instanceof Uint8Array) return toHex(value);
  if (Array.isArray(value)) return value.map(toJson);
  if (value instanceof Map) return toJson(Object.fromEntries(value));
  if (typeof value === 'object') {
    const fields = Object.entries(value).filter(([, field]) => field !== undefined);
    return Object.fromEntries(fields.map(([name, field]) => [name, toJson(field)]));
  }
  return typeof value === 'string' || typeof value === 'boolean' ? value : Number(value);
};
