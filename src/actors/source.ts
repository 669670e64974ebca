import type { ActorDefinition, ActorKind, Verifier } from '../machines/kit/index.ts';

/** The committed records that a block is executed on. Read only; the same key, the same answer. */
export interface StateSource {
  readonly get: (key: Uint8Array) => Uint8Array | undefined;
  /** Records with `from <= key < to`, in byte order of the keys. */
  readonly range: (
    from: Uint8Array,
    to: Uint8Array,
  ) => Iterable<readonly [key: Uint8Array, value: Uint8Array]>;
}

/** One definition for every kind of actor. */
export type Registry = Readonly<Record<ActorKind, ActorDefinition>>;

/** What is the same for every block of a chain. */
export interface ChainContext {
  readonly networkId: number;
  /** 32 bytes, hex. */
  readonly chainId: string;
  readonly registry: Registry;
  readonly verifier: Verifier;
}

/** The block that messages are handled in: all that a transition sees of it. */
export interface BlockTime {
  readonly height: bigint;
  /** Unix seconds. */
  readonly time: bigint;
}
