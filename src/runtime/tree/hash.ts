import { sha256, utf8 } from '../../codec/index.ts';

/** Bytes of a SHA-256 digest, and of every hash in the tree. */
export const HASH_BYTES = 32;
/** Domain tag of a leaf (Penumbra's Jellyfish Merkle Tree, `LEAF_DOMAIN_SEPARATOR`). */
export const LEAF_TAG = utf8('JMT::LeafNode');
/** Domain tag of an inner node; the spelling is the tree's own (`INTERNAL_DOMAIN_SEPARATOR`). */
export const INNER_TAG = utf8('JMT::IntrnalNode');
/** The hash of an empty subtree (`SPARSE_MERKLE_PLACEHOLDER_HASH`): 32 ASCII characters. */
export const PLACEHOLDER = utf8('SPARSE_MERKLE_PLACEHOLDER_HASH__');

/**
 * SHA-256 (FIPS 180-4) of `data`, written to `out` from `offset` on. The tree takes its hash in
 * this form because a digest that is returned as a new byte array costs more than the hash.
 */
export type Sha256Into = (data: Uint8Array, out: Uint8Array, offset: number) => void;

/** The hash that the codec uses, in the tree's form. */
export const codecSha256: Sha256Into = (data, out, offset) => {
  out.set(sha256(data), offset);
};

/** The three hashes of the tree, over one scratch buffer each. */
export interface TreeHasher {
  /** `H(data)`: of a key or of a value. */
  readonly digest: Sha256Into;
  /** Hash of a leaf from its key's hash, at `keyHashes[at…]`, and the value itself. */
  readonly leaf: (
    keyHashes: Uint8Array,
    at: number,
    value: Uint8Array,
    out: Uint8Array,
    offset: number,
  ) => void;
  /** Hash of an inner node from two hashes in `words`, given as word offsets. */
  readonly inner: (
    words: Uint32Array,
    left: number,
    right: number,
    out: Uint8Array,
    offset: number,
  ) => void;
}

/** Words of 32 bits in a hash: hashes are moved by words, which is a quarter of the work. */
export const HASH_WORDS = HASH_BYTES >> 2;

/** Makes the hashes of the tree from SHA-256. The result keeps scratch space and no state. */
export function createHasher(digest: Sha256Into): TreeHasher {
  const leafInput = new Uint8Array(LEAF_TAG.length + 2 * HASH_BYTES);
  leafInput.set(LEAF_TAG);
  const valueAt = LEAF_TAG.length + HASH_BYTES;
  // The tag of an inner node is sixteen bytes long, so both hashes lie on word boundaries.
  const innerInput = new Uint8Array(INNER_TAG.length + 2 * HASH_BYTES);
  innerInput.set(INNER_TAG);
  const innerWords = new Uint32Array(innerInput.buffer);
  const leftAt = INNER_TAG.length >> 2;
  const rightAt = leftAt + HASH_WORDS;
  return {
    digest,
    leaf: (keyHashes, at, value, out, offset) => {
      for (let i = 0; i < HASH_BYTES; i++) {
        leafInput[LEAF_TAG.length + i] = keyHashes[at + i] as number;
      }
      digest(value, leafInput, valueAt);
      digest(leafInput, out, offset);
    },
    inner: (words, left, right, out, offset) => {
      for (let i = 0; i < HASH_WORDS; i++) {
        innerWords[leftAt + i] = words[left + i] as number;
        innerWords[rightAt + i] = words[right + i] as number;
      }
      digest(innerInput, out, offset);
    },
  };
}
