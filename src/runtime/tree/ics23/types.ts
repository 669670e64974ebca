/**
 * The messages of ICS-23 (`cosmos.ics23.v1`), with the field names of its protobuf definition.
 * Proofs may come from anybody: nothing is assumed of the values but their types.
 */

/** `cosmos.ics23.v1.HashOp`. */
export const HashOp = {
  NO_HASH: 0,
  SHA256: 1,
  SHA512: 2,
  KECCAK256: 3,
  RIPEMD160: 4,
  /** RIPEMD-160 of SHA-256. */
  BITCOIN: 5,
  SHA512_256: 6,
  BLAKE2B_512: 7,
  BLAKE2S_256: 8,
  BLAKE3: 9,
} as const;

/** `cosmos.ics23.v1.LengthOp`. */
export const LengthOp = {
  NO_PREFIX: 0,
  VAR_PROTO: 1,
  VAR_RLP: 2,
  FIXED32_BIG: 3,
  FIXED32_LITTLE: 4,
  FIXED64_BIG: 5,
  FIXED64_LITTLE: 6,
  REQUIRE_32_BYTES: 7,
  REQUIRE_64_BYTES: 8,
} as const;

/** `hash(prefix ‖ length(prehash_key(key)) ‖ length(prehash_value(value)))`. */
export interface LeafOp {
  readonly hash: number;
  readonly prehash_key: number;
  readonly prehash_value: number;
  readonly length: number;
  readonly prefix: Uint8Array;
}

/** `hash(prefix ‖ child ‖ suffix)`. */
export interface InnerOp {
  readonly hash: number;
  readonly prefix: Uint8Array;
  readonly suffix: Uint8Array;
}

/** A key, a value, and the operations from them to a root; `path` begins at the leaf. */
export interface ExistenceProof {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
  readonly leaf: LeafOp | undefined;
  readonly path: readonly InnerOp[];
}

/** The existing neighbours of a key that is not there; undefined where there is none. */
export interface NonExistenceProof {
  readonly key: Uint8Array;
  readonly left: ExistenceProof | undefined;
  readonly right: ExistenceProof | undefined;
}

/** One of the two, under the name that `CommitmentProof` has for it. */
export type CommitmentProof =
  | { readonly exist: ExistenceProof }
  | { readonly nonexist: NonExistenceProof };

export interface InnerSpec {
  /** Position of each child in the preimage of a node. */
  readonly child_order: readonly number[];
  /** Bytes a child takes there. */
  readonly child_size: number;
  readonly min_prefix_length: number;
  readonly max_prefix_length: number;
  /** What stands for an empty child; no bytes where a tree has none. */
  readonly empty_child: Uint8Array;
  readonly hash: number;
}

/** What a proof must look like to count under a kind of tree. */
export interface ProofSpec {
  readonly leaf_spec: LeafOp;
  readonly inner_spec: InnerSpec;
  /** Most steps of a path; 0 for the default, 128. */
  readonly max_depth: number;
  /** Fewest steps of a path; 0 for no bound. */
  readonly min_depth: number;
  /** Whether the tree is ordered by the hashes of its keys. */
  readonly prehash_key_before_comparison: boolean;
}
