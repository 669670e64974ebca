export { Aivm, type AivmConfig } from './aivm.ts';
export { AivmError } from './aivm-error.ts';
export { type RuntimeErrorCode, runtimeErrors } from './errors.ts';
export type { Block } from './execution/block.ts';
export type { LeftOut } from './execution/assemble.ts';
export { decodeBlock, encodeBlock, idOfHeader } from './execution/block.ts';
export {
  MAX_BLOCK_BYTES,
  MAX_BLOCK_TRANSACTIONS,
  MAX_CANDIDATES,
  MAX_PENDING_BLOCKS,
} from './execution/limits.ts';
export type { CommittedBlock, ExecutedBlock } from './ledger/blocks.ts';
export type { BuildRequest, BuiltBlock } from './ledger/build.ts';
export { COLLECTIONS } from './ledger/collections.ts';
export {
  type EventsPage,
  type EventsRequest,
  type LocatedEvent,
  MAX_EVENT_HEIGHTS,
  MAX_EVENTS,
} from './ledger/events.ts';
export type {
  BlockReceipts,
  BlockRecord,
  BlockReference,
  ReceiptRecord,
} from './ledger/history.ts';
export {
  type ActorHash,
  type ActorHashesPage,
  type ActorHashesRequest,
  type CheckedChain,
  MAX_ACTOR_HASHES,
  type Supply,
} from './ledger/inspect.ts';
export type { ListItem, ListRequest, QueryAnswer, QueryRequest } from './ledger/query.ts';
export { type EntrySubject, stateKey, type StateKey, type Subject } from './ledger/state-key.ts';
export type { Status } from './ledger/status.ts';
export {
  type CommittedListener,
  type CommittedNotice,
  MAX_SUBSCRIBERS,
  MAX_WAITING_NOTICES,
} from './ledger/subscribers.ts';
export type { BlockTrace } from './ledger/trace.ts';
export type {
  DecodedTransaction,
  DryRun,
  DryRunRequest,
  VerifiedAhead,
} from './ledger/transactions.ts';
export { type AivmOptions, type EmbeddedAivm, layerOf, type LogEntry, openAivm } from './open.ts';
export type { AivmOperations } from './operations.ts';
export { decodeProof, MAX_PROOF_BYTES } from './proof/decode.ts';
export { encodeProof } from './proof/encode.ts';
export { type QueryClaim, verifyQuery } from './proof/verify.ts';
export { Signatures, type SignatureService, type SignatureStats } from './services/signatures.ts';
export { StateStore } from './services/state-store.ts';
export type { Effectful } from './shell.ts';
export { unwrap } from './unwrap.ts';
export * from './store/index.ts';
export { JMT_SPEC, PROOF_FAILURES, type ProofFailureCode } from './tree/index.ts';
