import { AssertionError, type Failure, type Result, assert } from '../failure.ts';
import type { Lowered, Schema } from './schema.ts';
import { DecodeRefusal } from './reader.ts';
import { headBytes } from './head.ts';

/** The most arrays in one encoded value, nested and successive together (PROTOCOL §2). */
export const MAX_CONTAINERS = 64;

/** The same error, saying where inside the value it arose. */
export function within(error: unknown, place: string): unknown {
  if (error instanceof DecodeRefusal) error.path = place + error.path;
  if (error instanceof AssertionError) return new AssertionError(`${place} ${error.message}`);
  return error;
}

/**
 * Asserts the limit when a schema is made. Reading follows the schema and never opens an array that
 * it does not ask for, so no input can exceed what its schema allows, and no value fails to encode.
 */
export function assertContainers(count: number, what: string): number {
  assert(
    count <= MAX_CONTAINERS,
    `${what} could hold ${count} arrays where ${MAX_CONTAINERS} are the limit: ` +
      'use rows() for a list of flat records, embedded() for a part with arrays of its own',
  );
  return count;
}

/** At most so many values of one schema. */
export function list<T>(item: Schema<T>, maxItems: number): Schema<readonly T[]> {
  assert(Number.isInteger(maxItems) && maxItems >= 0, 'the limit of a list is a whole number');
  return {
    shape: { kind: 'list', item: item.shape, maxItems },
    maxBytes: headBytes(maxItems) + maxItems * item.maxBytes,
    maxContainers: assertContainers(1 + maxItems * item.maxContainers, `a list of ${maxItems}`),
    read(reader) {
      const length = reader.array();
      if (length > maxItems) {
        reader.refuse('codec/too-long', { limit: String(maxItems), found: String(length) });
      }
      const values: T[] = [];
      try {
        while (values.length < length) values.push(item.read(reader));
      } catch (error) {
        throw within(error, `[${values.length}]`);
      }
      return values;
    },
    lower(values) {
      if (values.length > maxItems) {
        throw new AssertionError(`a list of ${values.length} where ${maxItems} are the limit`);
      }
      const lowered: Lowered[] = [];
      try {
        for (const value of values) lowered.push(item.lower(value));
      } catch (error) {
        throw within(error, `[${lowered.length}]`);
      }
      return lowered;
    },
  };
}

/** A value or its absence: an array of one or of none. */
export function optional<T>(item: Schema<T>): Schema<T | undefined> {
  return {
    shape: { kind: 'optional', item: item.shape },
    maxBytes: 1 + item.maxBytes,
    maxContainers: assertContainers(1 + item.maxContainers, 'an optional value'),
    read(reader) {
      const length = reader.array();
      if (length > 1) reader.refuse('codec/too-long', { limit: '1', found: String(length) });
      return length === 0 ? undefined : item.read(reader);
    },
    lower: (value) => (value === undefined ? [] : [item.lower(value)]),
  };
}

/**
 * A type derived from another, one to one: `from(to(x))` encodes as `x` did, which `decode` checks.
 * `to` may refuse; its failure is what `decode` answers, with the place in the value.
 */
export function mapped<A, B>(
  schema: Schema<A>,
  to: (value: A) => Result<B, Failure>,
  from: (value: B) => A,
): Schema<B> {
  return {
    shape: schema.shape,
    maxBytes: schema.maxBytes,
    maxContainers: schema.maxContainers,
    read(reader) {
      const result = to(schema.read(reader));
      if (result.ok) return result.value;
      throw new DecodeRefusal(result.failure);
    },
    lower: (value) => schema.lower(from(value)),
  };
}
