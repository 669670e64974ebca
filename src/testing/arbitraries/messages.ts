import fc from 'fast-check';
import { encodeMessage } from '../../client/transaction.ts';
import type { Shape } from '../../codec/index.ts';
import { type ActorId, type ActorKind, ACTOR_KINDS, actorId } from '../../machines/kit/index.ts';
import { keyOf } from '../../machines/kit/index.ts';
import type { Messages } from '../../machines/messages.ts';
import { REGISTRY } from '../../machines/registry.ts';
import type { Order } from '../orders.ts';
import type { ChainView } from '../view.ts';
import { type Dictionary, valueOf } from './values.ts';

const KINDS = Object.keys(REGISTRY) as ActorKind[];
const ZERO_HASH = '0'.repeat(64);
/** 1,000 LUX: above every deposit and bond of the presets. */
const MOST_VALUE_NLUX = 1_000_000_000_000n;

/** The names of the messages of a kind, as its schema has them. */
export const messageNames = (kind: ActorKind): readonly string[] => {
  const { shape } = REGISTRY[kind].messages;
  return shape.kind === 'variants' ? shape.variants.map(({ name }) => name) : [];
};

const only = (shape: Shape, name: string | undefined): Shape =>
  shape.kind === 'variants' && name !== undefined
    ? { ...shape, variants: shape.variants.filter((variant) => variant.name === name) }
    : shape;

export interface MessageOptions {
  /** What fields of fixed length are likely to hold; `dictionaryOf` gives what a chain knows. */
  readonly dictionary?: Dictionary | undefined;
  /** One message of the kind; any unless told. */
  readonly name?: string | undefined;
}

/** Any well-formed message of a kind of actor, whether or not it makes sense. */
export const arbitraryMessage = <K extends ActorKind>(
  kind: K,
  { dictionary = {}, name }: MessageOptions = {},
): fc.Arbitrary<Messages[K]> =>
  valueOf(only(REGISTRY[kind].messages.shape, name), dictionary)
    .map((value) => value as Messages[K])
    .filter((message) => encodeMessage(kind, message).ok);

const hashesOf = (value: unknown): readonly string[] =>
  typeof value === 'object' && value !== null
    ? Object.values(value).flatMap((part): readonly string[] =>
        typeof part === 'string' && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(part) ? [part] : [],
      )
    : [];

/** Keys of actors, and the hashes and addresses in their records, by length in bytes. */
export const dictionaryOf = (view: ChainView): Dictionary => {
  const words = new Set<string>([ZERO_HASH]);
  for (const { id, record } of view.everybody()) {
    words.add(keyOf(id));
    for (const hash of hashesOf(record.context)) words.add(hash);
  }
  const ofLength = (bytes: number) => [...words].filter(({ length }) => length === 2 * bytes);
  return { 20: ofLength(20), 32: ofLength(32) };
};

/** The address of an actor that is in state, or of one that is not. */
export const arbitraryActor = (view: ChainView, kind: ActorKind): fc.Arbitrary<ActorId> => {
  const { keyBytes } = ACTOR_KINDS[kind];
  const known = view.all(kind).map(({ id }) => id as ActorId);
  const unknown = actorId(kind, 'ab'.repeat(keyBytes)) as ActorId;
  return fc.constantFrom(...new Set([...known, unknown]));
};

export interface OrderOptions extends MessageOptions {
  /** Who sends, by name. */
  readonly people: readonly string[];
  /** Kinds of receivers; all unless told. */
  readonly kinds?: readonly ActorKind[] | undefined;
}

/**
 * Any transaction: of one of these people, to an actor that may or may not exist, with any message
 * of its kind and any value. Nearly all are refused, each by a guard of its own: what must never
 * happen is anything else.
 */
export const arbitraryOrder = (view: ChainView, options: OrderOptions): fc.Arbitrary<Order> => {
  const { people, kinds = KINDS, dictionary = dictionaryOf(view), name } = options;
  return fc.oneof(
    ...kinds.map((kind) =>
      fc.record({
        from: fc.constantFrom(...people),
        to: arbitraryActor(view, kind),
        message: arbitraryMessage(kind, { dictionary, name }),
        value: fc.oneof(fc.constantFrom(0n, 0n, 1n), fc.bigInt(0n, MOST_VALUE_NLUX)),
      }),
    ),
  );
};
