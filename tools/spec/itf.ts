// Reads traces in the Informal Trace Format (ADR 015 of Apalache) as plain values: integers become
// numbers, maps become Maps with their keys as text, sets and tuples become arrays.
import { readFileSync } from 'node:fs';

export type ItfValue =
  | string
  | number
  | boolean
  | readonly ItfValue[]
  | ReadonlyMap<string, ItfValue>
  | { readonly [field: string]: ItfValue };

/** Components of a tuple as one key. */
export const keyOf = (...parts: readonly (string | number)[]): string => parts.join('/');

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const readKey = (value: unknown): string => {
  const read = readValue(value);
  return Array.isArray(read) ? keyOf(...(read as readonly (string | number)[])) : String(read);
};

const readInteger = (digits: unknown): number => {
  const value = Number(digits);
  if (!Number.isSafeInteger(value)) throw new Error(`${String(digits)} is no integer of a trace`);
  return value;
};

/** Throws on what the format does not have. */
export const readValue = (value: unknown): ItfValue => {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return readInteger(value);
  if (Array.isArray(value)) return value.map(readValue);
  if (!isRecord(value)) throw new Error(`a trace has no ${String(value)}`);
  if ('#bigint' in value) return readInteger(value['#bigint']);
  const { '#tup': tuple, '#set': set, '#map': map } = value;
  if (Array.isArray(tuple)) return tuple.map(readValue);
  if (Array.isArray(set)) return set.map(readValue);
  if (Array.isArray(map)) {
    const entries = map as readonly (readonly [unknown, unknown])[];
    return new Map(entries.map(([key, of]) => [readKey(key), readValue(of)]));
  }
  return Object.fromEntries(Object.entries(value).map(([name, of]) => [name, readValue(of)]));
};

/** The states of a trace, each with one value per variable. */
export const readTrace = (path: string): readonly Readonly<Record<string, ItfValue>>[] => {
  const trace: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (!isRecord(trace) || !Array.isArray(trace['states'])) throw new Error(`${path} is no trace`);
  return trace['states'].map((state: unknown) => {
    if (!isRecord(state)) throw new Error(`${path} has a state that is no record`);
    const { '#meta': _, ...variables } = state;
    return readValue(variables) as Readonly<Record<string, ItfValue>>;
  });
};
