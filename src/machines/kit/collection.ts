import type { Schema } from '../../codec/index.ts';
import type { ActorKind } from './address.ts';

/**
 * Records that belong to an actor but are too many for its context, each under a key of its own in
 * the state tree. Count and sum, where they matter, are kept in the context.
 */
export interface Collection<V> {
  readonly kind: ActorKind;
  readonly name: string;
  /** Part of the key in the state tree; unique within the kind and never reused. */
  readonly code: number;
  readonly keyBytes: number;
  readonly value: Schema<V>;
}

export const collection = <V>(definition: Collection<V>): Collection<V> => definition;

/** The key of an entry that is named by a number: u64, big-endian, in hex. */
export const u64Key = (value: bigint): string => value.toString(16).padStart(16, '0');
