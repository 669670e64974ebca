import { amount, encode, fromHex, literalEnum, mapped, ok, record, u64 } from '../codec/index.ts';
import { assert, AssertionError } from '../codec/failure.ts';
import type { Schema } from '../codec/index.ts';
import { DecodeRefusal, Reader } from '../codec/schema/reader.ts';
import type { ActorDefinition, ActorId, ActorKind } from '../machines/kit/index.ts';
import { kindOf } from '../machines/kit/index.ts';
import type { Contexts } from '../machines/records.ts';
import { actorKey } from './keys.ts';
import type { Registry, StateSource } from './source.ts';

/** What the state holds of an actor; frozen, a change is a new record. */
export interface ActorRecord<C = unknown> {
  readonly state: string;
  /** nLUX. */
  readonly balance: bigint;
  /** Height at whose beginning it gets `wake`. */
  readonly wakeAt: bigint | undefined;
  readonly context: C;
}

export type RecordOf<K extends ActorKind> = ActorRecord<Contexts[K]>;

/** A definition with what the kernel derives from it once. */
export interface PreparedKind {
  readonly definition: ActorDefinition;
  readonly record: Schema<ActorRecord>;
  /** The record of an actor that is not in state. */
  readonly initial: ActorRecord;
  readonly initialBytes: Uint8Array;
  /** Initial state of machines whose actors come into being by a message. */
  readonly isBorn: boolean;
  /** Does the schema alone keep contexts within their limit? */
  readonly isContextBounded: boolean;
}

/** Name of the initial state of machines whose actors come into being by a message. */
export const ABSENT = 'absent';

/** No timer is ever due at height 0, so it stands for none and needs no array of its own. */
const wakeHeight: Schema<bigint | undefined> = mapped(
  u64,
  (height) => ok(height === 0n ? undefined : height),
  (height) => height ?? 0n,
);

/** Freezes what is not frozen yet, all the way down; byte strings cannot be. */
export const freeze = <T>(value: T): T => {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  if (value instanceof Uint8Array) return value;
  Object.freeze(value);
  for (const part of Object.values(value)) freeze(part);
  return value;
};

const prepare = (definition: ActorDefinition): PreparedKind => {
  const schema: Schema<ActorRecord> = record({
    state: literalEnum(definition.compiled.states),
    balance: amount,
    wakeAt: wakeHeight,
    context: definition.context,
  });
  const initial = freeze({
    state: definition.compiled.initial,
    balance: 0n,
    wakeAt: undefined,
    context: definition.initial,
  });
  return {
    definition,
    record: schema,
    initial,
    initialBytes: encode(schema, initial),
    isBorn: definition.compiled.initial === ABSENT,
    isContextBounded: definition.context.maxBytes <= definition.contextBytes,
  };
};

const PREPARED = new WeakMap<Registry, Readonly<Record<ActorKind, PreparedKind>>>();

/** The kinds of a registry, prepared at its first use. */
export const kindsOf = (registry: Registry): Readonly<Record<ActorKind, PreparedKind>> => {
  const known = PREPARED.get(registry);
  if (known !== undefined) return known;
  const kinds = Object.fromEntries(
    (Object.keys(registry) as ActorKind[]).map((kind) => {
      assert(registry[kind].kind === kind, `the registry has another definition under ${kind}`);
      return [kind, prepare(registry[kind])];
    }),
  ) as Record<ActorKind, PreparedKind>;
  PREPARED.set(registry, kinds);
  return kinds;
};

export const preparedKind = (registry: Registry, id: ActorId): PreparedKind =>
  kindsOf(registry)[kindOf(id)];

/**
 * Reads bytes that this program wrote itself: canonical by construction, so they are not encoded
 * again to compare. Bytes that are no such record are a damaged store, and stop the host.
 */
export const readStored = <T>(schema: Schema<T>, bytes: Uint8Array): T => {
  const reader = new Reader(bytes);
  try {
    const value = schema.read(reader);
    reader.end();
    return freeze(value);
  } catch (error) {
    if (error instanceof DecodeRefusal) {
      throw new AssertionError(`a stored record cannot be read: ${error.failure.code}`);
    }
    throw error;
  }
};

/** The record of an actor, that of its initial state if it is not in state. */
export const storedRecord = <K extends ActorKind>(
  { registry }: { readonly registry: Registry },
  source: StateSource,
  id: ActorId<K>,
): RecordOf<K> => {
  const kind = preparedKind(registry, id);
  const bytes = source.get(fromHex(actorKey(id)));
  return (bytes === undefined ? kind.initial : readStored(kind.record, bytes)) as RecordOf<K>;
};
