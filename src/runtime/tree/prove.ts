import { assert, compareBytes, concatBytes, ok } from '../../codec/index.ts';
import type { Result } from '../../codec/index.ts';
import { proofFailure } from './errors.ts';
import { HASH_BYTES, INNER_TAG, codecSha256 } from './hash.ts';
import type { Sha256Into } from './hash.ts';
import { JMT_LEAF, JMT_SPEC } from './ics23/specs.ts';
import { HashOp } from './ics23/types.ts';
import type { CommitmentProof, ExistenceProof, InnerOp } from './ics23/types.ts';
import { descend, endsAt, keyHash, leafKey, loadRoot, neighbourKey } from './lookup.ts';
import type { Step } from './lookup.ts';
import { CHILDREN, LEAF } from './node.ts';
import type { WorkNode } from './node.ts';
import type { NodeReader } from './reader.ts';

export interface ProofInput {
  readonly reader: NodeReader;
  /** Which version's tree: a height that is kept. */
  readonly version: bigint;
  /** The raw key. */
  readonly key: Uint8Array;
  /** The value of a raw key in that version: the tree has hashes only. */
  readonly valueOf: (key: Uint8Array) => Uint8Array | undefined;
  /** SHA-256; which one is used changes speed only. The codec's by default. */
  readonly sha256?: Sha256Into;
}

/**
 * An ICS-23 proof, under `JMT_SPEC`, that a key has its value in a version, or that it is absent.
 * Failures: proof/version-unknown, proof/empty-tree, proof/value-unknown, and proof/too-deep, for
 * keys whose hashes share more than 64 bits: existing light clients follow no longer path. Throws
 * TreeDamagedError when the tree cannot be read.
 */
export function proveKey(input: ProofInput): Result<CommitmentProof> {
  const root = loadRoot(input.reader, input.version);
  if (root === undefined) {
    return proofFailure('proof/version-unknown', { version: `${input.version}` });
  }
  const sha256 = input.sha256 ?? codecSha256;
  const hash = keyHash(sha256, input.key);
  const steps = descend(input.reader, root, hash);
  if (endsAt(steps, input.key)) {
    const exist = existence(steps, input);
    return exist.ok ? ok({ exist: exist.value }) : exist;
  }
  const neighbour = (side: 1 | -1): Result<ExistenceProof | undefined> => {
    const key = nextKey(input.reader, sha256, steps, hash, side);
    if (key === undefined) return ok(undefined);
    return existence(descend(input.reader, root, keyHash(sha256, key)), input);
  };
  const left = neighbour(-1);
  if (!left.ok) return left;
  const right = neighbour(1);
  if (!right.ok) return right;
  if (left.value === undefined && right.value === undefined)
    return proofFailure('proof/empty-tree');
  return ok({ nonexist: { key: input.key, left: left.value, right: right.value } });
}

/** The existing key next to an absent one: the leaf where its way ended, or one beside the way. */
function nextKey(
  reader: NodeReader,
  sha256: Sha256Into,
  steps: readonly Step[],
  hash: Uint8Array,
  side: 1 | -1,
): Uint8Array | undefined {
  const met = leafKey(steps);
  if (met !== undefined && side * compareBytes(keyHash(sha256, met), hash) > 0) return met;
  return neighbourKey(reader, steps, hash, side);
}

function existence(steps: readonly Step[], input: ProofInput): Result<ExistenceProof> {
  const key = leafKey(steps);
  assert(key !== undefined, 'the way ends at a leaf');
  const value = input.valueOf(key);
  if (value === undefined) return proofFailure('proof/value-unknown');
  const path = steps.flatMap(({ node, slot }) => pathWithin(node, slot)).reverse();
  const most = JMT_SPEC.max_depth;
  if (path.length > most) {
    return proofFailure('proof/too-deep', { steps: `${path.length}`, most: `${most}` });
  }
  return ok({ key, value, leaf: JMT_LEAF, path });
}

/** The binary steps of one stored node, from its own hash down to a child's. */
function pathWithin(node: WorkNode, slot: number): readonly InnerOp[] {
  let position = CHILDREN + slot;
  // A subtree of one leaf is that leaf: the path begins where the leaf has a sibling.
  while (position > 1 && node.kind[position >> 1] === LEAF) position >>= 1;
  const steps: InnerOp[] = [];
  for (; position > 1; position >>= 1) {
    const at = node.hashAt(position ^ 1);
    const sibling = node.hashes.slice(at, at + HASH_BYTES);
    steps.push(
      position % 2 === 0
        ? { hash: HashOp.SHA256, prefix: INNER_TAG, suffix: sibling }
        : { hash: HashOp.SHA256, prefix: concatBytes(INNER_TAG, sibling), suffix: NONE },
    );
  }
  return steps.reverse();
}

const NONE = new Uint8Array(0);
