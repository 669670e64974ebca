import { failWith } from '../../codec/index.ts';
import type { FailureCatalogue } from '../../codec/index.ts';

/** Failures of making and of checking proofs: code to the sentence that explains it. */
export const PROOF_FAILURES = {
  'proof/version-unknown': 'The tree of this height is not stored: ask for a height that is kept.',
  'proof/empty-tree':
    'The tree is empty, and ICS-23 has no proof of absence for an empty tree: compare the root ' +
    'with the placeholder instead.',
  'proof/value-unknown':
    'The value that the tree commits to is not stored: check the database for damage.',
  'proof/too-deep': 'The proof has more steps than its specification allows.',
  'proof/too-shallow': 'The proof has fewer steps than its specification asks for.',
  'proof/leaf-missing': 'The proof has no leaf operation.',
  'proof/leaf-mismatch': 'The leaf operation is not of the form that the specification asks for.',
  'proof/inner-mismatch': 'A step of the path is not of the form that the specification asks for.',
  'proof/spec-invalid': 'The proof specification itself cannot be used.',
  'proof/operation-unsupported':
    'The proof names a hash or length operation that is not supported.',
  'proof/operation-invalid': 'An operation of the proof cannot be applied to what it is given.',
  'proof/key-mismatch': 'The proof is for another key.',
  'proof/value-mismatch': 'The proof is for another value.',
  'proof/root-mismatch': 'The proof leads to another root: the claim does not hold under this one.',
  'proof/neighbours-missing': 'A proof of absence needs a neighbour on at least one side.',
  'proof/key-order': 'The key does not lie between the neighbours of the proof.',
  'proof/not-adjacent': 'The neighbours of the proof are not next to each other in the tree.',
} as const satisfies FailureCatalogue;

export type ProofFailureCode = keyof typeof PROOF_FAILURES;

export const proofFailure = failWith(PROOF_FAILURES);

/**
 * A node that the tree refers to is not there, or cannot be read. The store is damaged: the host
 * must stop and commit nothing.
 */
export class TreeDamagedError extends Error {
  override readonly name = 'TreeDamagedError';
  /** Key of the node, hex. */
  readonly nodeKey: string;

  constructor(nodeKey: string, what: string) {
    super(`tree node ${nodeKey} ${what}: the store is damaged, run a check`);
    this.nodeKey = nodeKey;
  }
}
