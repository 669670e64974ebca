import type { Shape } from './shape.ts';
import type { Reader } from './reader.ts';

/** What the CBOR library is handed: positional arrays, byte strings, texts, integers, booleans. */
export type Lowered = boolean | number | bigint | string | Uint8Array | readonly Lowered[];

/**
 * The encoding of one type of value as deterministic CBOR (PROTOCOL §2, RFC 8949 §4.2.1). Made by
 * the combinators, used through `encode` and `decode`.
 */
export interface Schema<T> {
  /** The schema as data, for documentation and API descriptions. */
  readonly shape: Shape;
  /** The most bytes a value takes. */
  readonly maxBytes: number;
  /** The most arrays a value takes, itself included; at most MAX_CONTAINERS by construction. */
  readonly maxContainers: number;
  /** Reads one value; throws a DecodeRefusal, which `decode` turns into a failure. */
  read(reader: Reader): T;
  /** The value in terms of CBOR; asserts that it is in range. */
  lower(value: T): Lowered;
}

/** The TypeScript type that a schema stands for. */
export type Infer<S> = S extends Schema<infer T> ? T : never;
