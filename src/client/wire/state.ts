import {
  amount,
  blob,
  bool,
  embedded,
  hex,
  list,
  literalEnum,
  optional,
  record,
  text,
  u64,
  type Infer,
  type Schema,
} from '../../codec/index.ts';
import { MAX_NAME_BYTES } from '../../actors/limits.ts';
import { VERDICTS } from '../../machines/attestation/record.ts';
import { anyActor, type ActorId, type ActorKind } from '../../machines/kit/address.ts';
import type { Collection } from '../../machines/kit/collection.ts';
import type { Contexts } from '../../machines/records.ts';
import { MAX_PROOF_BYTES } from '../../runtime/proof/decode.ts';
import { CONTEXTS } from '../contexts.ts';
import { MAX_PAGE_ITEMS, MAX_RECORD_BYTES, MAX_STATE_KEY_BYTES } from './limits.ts';

/** The committed block whose state an answer is about. */
const at = {
  height: u64,
  blockId: hex(32),
  /** Of the state tree after that block: what a proof leads to. */
  root: hex(32),
};

/** What a light client checks: ICS-23 under `root` (see `verifyQuery`). */
export const stateProof = record({
  /** Key in the state tree. A client makes its own from what it asked. */
  key: blob(MAX_STATE_KEY_BYTES),
  /** Canonical bytes of the record; absent if the proof is one of absence. */
  value: optional(blob(MAX_RECORD_BYTES)),
  /** `cosmos.ics23.v1.CommitmentProof`, protobuf. */
  proof: blob(MAX_PROOF_BYTES),
});
export type StateProof = Infer<typeof stateProof>;

/** What the state holds of an actor. */
export interface ActorView<K extends ActorKind = ActorKind> {
  readonly state: string;
  readonly balanceNlux: bigint;
  /** Height of its timer. */
  readonly wakeAt: bigint | undefined;
  readonly context: Contexts[K];
}

export interface ActorAnswer<K extends ActorKind = ActorKind> {
  readonly actor: ActorId;
  readonly height: bigint;
  readonly blockId: string;
  readonly root: string;
  /** Absent if the actor is not in state: then it is as one that never was. */
  readonly record: ActorView<K> | undefined;
  readonly proof: StateProof | undefined;
}

export interface ActorPage<K extends ActorKind = ActorKind> {
  readonly height: bigint;
  readonly items: readonly { readonly actor: ActorId; readonly record: ActorView<K> }[];
  /** Key with which the next page begins. */
  readonly next: string | undefined;
}

/** Schemas that differ by kind, each made once. */
const perKind = <S>(make: (kind: ActorKind) => S): ((kind: ActorKind) => S) => {
  const made = new Map<ActorKind, S>();
  return (kind) => {
    const known = made.get(kind) ?? make(kind);
    made.set(kind, known);
    return known;
  };
};

const view = perKind((kind) =>
  record({
    state: text(MAX_NAME_BYTES),
    balanceNlux: amount,
    wakeAt: optional(u64),
    context: embedded(CONTEXTS[kind] as Schema<unknown>),
  }),
);

const answer = perKind((kind) =>
  record({
    actor: anyActor,
    ...at,
    record: optional(embedded(view(kind))),
    proof: optional(embedded(stateProof)),
  }),
);

const page = perKind((kind) =>
  record({
    height: u64,
    items: list(
      embedded(record({ actor: anyActor, record: embedded(view(kind)) })),
      MAX_PAGE_ITEMS,
    ),
    next: optional(text(MAX_NAME_BYTES)),
  }),
);

export const actorView = <K extends ActorKind>(kind: K): Schema<ActorView<K>> =>
  view(kind) as unknown as Schema<ActorView<K>>;

export const actorAnswer = <K extends ActorKind>(kind: K): Schema<ActorAnswer<K>> =>
  answer(kind) as unknown as Schema<ActorAnswer<K>>;

export const actorPage = <K extends ActorKind>(kind: K): Schema<ActorPage<K>> =>
  page(kind) as unknown as Schema<ActorPage<K>>;

/** Entries of one collection of an actor. */
export interface EntryPage<V = unknown> {
  readonly owner: ActorId;
  readonly height: bigint;
  readonly items: readonly { readonly key: string; readonly value: V }[];
  /** Key with which the next page begins. */
  readonly next: string | undefined;
}

export const entryPage = <V>({ value, keyBytes }: Collection<V>): Schema<EntryPage<V>> =>
  record({
    owner: anyActor,
    height: u64,
    items: list(embedded(record({ key: hex(keyBytes), value: embedded(value) })), MAX_PAGE_ITEMS),
    next: optional(hex(keyBytes)),
  });

/** An account as its owner needs it to sign the next transaction. */
export const accountAnswer = record({
  address: hex(20),
  ...at,
  /** Next nonce in the committed state. */
  nonce: u64,
  /** Next nonce behind the transactions that wait at this node. */
  pendingNonce: u64,
  balanceNlux: amount,
});
export type AccountAnswer = Infer<typeof accountAnswer>;

/** How an attestation stands, by its state and the height together. */
export const ATTESTATION_STATUS = ['pending', 'disputed', 'final', 'faulty', 'void'] as const;
export type AttestationStatus = (typeof ATTESTATION_STATUS)[number];

const attestationView = record({
  /** `final` as soon as the window has passed, whether or not anybody has settled it. */
  status: literalEnum(ATTESTATION_STATUS),
  verdict: literalEnum(VERDICTS),
  /** First height at which nobody can challenge it any more. */
  finalAt: u64,
  /** Whether nothing can change its status any more. */
  isFinal: bool,
  /** Whether a full panel could have judged it when it was made (PROTOCOL §6.1). */
  enforceable: bool,
  record: embedded(actorView('attestation')),
});
export type AttestationView = Infer<typeof attestationView>;

export const attestationAnswer = record({
  /** Key of the attestation's actor, which follows from the claim (PROTOCOL §2). */
  slot: hex(32),
  ...at,
  /** Absent if there is no such attestation. */
  attestation: optional(embedded(attestationView)),
  proof: optional(embedded(stateProof)),
});
export type AttestationAnswer = Infer<typeof attestationAnswer>;
