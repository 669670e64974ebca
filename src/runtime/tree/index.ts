export { auditTree } from './audit.ts';
export type { AuditInput } from './audit.ts';
export type { TreeChanges } from './changes.ts';
export { PROOF_FAILURES, TreeDamagedError } from './errors.ts';
export type { ProofFailureCode } from './errors.ts';
export { HASH_BYTES, PLACEHOLDER, codecSha256, createHasher } from './hash.ts';
export type { Sha256Into, TreeHasher } from './hash.ts';
export { IAVL_SPEC, JMT_SPEC, SMT_SPEC, TENDERMINT_SPEC } from './ics23/specs.ts';
export { HashOp, LengthOp } from './ics23/types.ts';
export type {
  CommitmentProof,
  ExistenceProof,
  InnerOp,
  InnerSpec,
  LeafOp,
  NonExistenceProof,
  ProofSpec,
} from './ics23/types.ts';
export { verifyExistence, verifyNonExistence } from './ics23/verify.ts';
export { keyHash, leafHashAt } from './lookup.ts';
export { MAX_DEPTH, depthOfKey, nodeKey, versionHex } from './nodekey.ts';
export { nodeSha256 } from './node-sha256.ts';
export { proveKey } from './prove.ts';
export type { ProofInput } from './prove.ts';
export type { NodeReader } from './reader.ts';
export { rebuildRoot } from './rebuild.ts';
export { MAX_KEY_BYTES } from './record.ts';
export { updateTree } from './update.ts';
export type { TreeUpdate, TreeUpdateInput } from './update.ts';
