import { INNER_TAG, LEAF_TAG, HASH_BYTES, PLACEHOLDER } from '../hash.ts';
import { HashOp, LengthOp } from './types.ts';
import type { LeafOp, ProofSpec } from './types.ts';

const NONE = new Uint8Array(0);

/** The leaf operation of this chain's tree. */
export const JMT_LEAF: LeafOp = {
  hash: HashOp.SHA256,
  prehash_key: HashOp.SHA256,
  prehash_value: HashOp.SHA256,
  length: LengthOp.NO_PREFIX,
  prefix: LEAF_TAG,
};

/**
 * The specification of this chain's proofs: the one that Penumbra publishes for its Jellyfish
 * Merkle Tree with SHA-256 (`jmt::ics23_spec`), value for value.
 */
export const JMT_SPEC: ProofSpec = {
  leaf_spec: JMT_LEAF,
  inner_spec: {
    child_order: [0, 1],
    child_size: HASH_BYTES,
    min_prefix_length: INNER_TAG.length,
    max_prefix_length: INNER_TAG.length,
    empty_child: PLACEHOLDER,
    hash: HashOp.SHA256,
  },
  max_depth: 64,
  min_depth: 0,
  prehash_key_before_comparison: true,
};

const MERKLE_LEAF: LeafOp = {
  hash: HashOp.SHA256,
  prehash_key: HashOp.NO_HASH,
  prehash_value: HashOp.SHA256,
  length: LengthOp.VAR_PROTO,
  prefix: Uint8Array.of(0),
};

/** `IavlSpec` of the ICS-23 reference implementation. */
export const IAVL_SPEC: ProofSpec = {
  leaf_spec: MERKLE_LEAF,
  inner_spec: {
    child_order: [0, 1],
    child_size: 33,
    min_prefix_length: 4,
    max_prefix_length: 12,
    empty_child: NONE,
    hash: HashOp.SHA256,
  },
  max_depth: 0,
  min_depth: 0,
  prehash_key_before_comparison: false,
};

/** `TendermintSpec` of the ICS-23 reference implementation. */
export const TENDERMINT_SPEC: ProofSpec = {
  leaf_spec: MERKLE_LEAF,
  inner_spec: {
    child_order: [0, 1],
    child_size: 32,
    min_prefix_length: 1,
    max_prefix_length: 1,
    empty_child: NONE,
    hash: HashOp.SHA256,
  },
  max_depth: 0,
  min_depth: 0,
  prehash_key_before_comparison: false,
};

/** `SmtSpec` of the ICS-23 reference implementation. */
export const SMT_SPEC: ProofSpec = {
  leaf_spec: {
    hash: HashOp.SHA256,
    prehash_key: HashOp.SHA256,
    prehash_value: HashOp.SHA256,
    length: LengthOp.NO_PREFIX,
    prefix: Uint8Array.of(0),
  },
  inner_spec: {
    child_order: [0, 1],
    child_size: 32,
    min_prefix_length: 1,
    max_prefix_length: 1,
    empty_child: new Uint8Array(32),
    hash: HashOp.SHA256,
  },
  max_depth: 256,
  min_depth: 0,
  prehash_key_before_comparison: true,
};
