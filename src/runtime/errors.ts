import { failWith } from '../codec/failure.ts';

/** Every failure that the runtime itself gives: code to the sentence that explains it. */
export const runtimeErrors = {
  'runtime/halted':
    'The runtime stopped and commits nothing more: details.cause says why. Keep the database as ' +
    'it is, run a check, and report a broken invariant with the block that it came with.',
  'runtime/closed': 'The runtime is closed: open it again.',
  'runtime/defect':
    'The program met a condition that it excludes, named in details.cause; nothing was written. ' +
    'Report it with the input.',
  'runtime/foreign-store':
    'The store belongs to another chain or genesis: name another folder, or use its genesis.',
  'runtime/block-too-large': 'The block is larger than details.limit bytes.',
  'runtime/block-malformed': 'The bytes are not a block: details.cause says what is wrong.',
  'runtime/wrong-network': 'The block is of another network: details.expected is ours.',
  'runtime/wrong-chain': 'The block is of another chain: details.expected is ours.',
  'runtime/wrong-parent': 'The block names another parent than the one it is executed on.',
  'runtime/wrong-height': 'The height of a block is one more than that of its parent.',
  'runtime/wrong-time': 'The time of a block is never before that of its parent (PROTOCOL §2).',
  'runtime/wrong-transactions-root':
    'The header commits to other transactions than the block carries.',
  'runtime/unknown-block':
    'No such block is executed and neither dropped nor committed: execute it first.',
  'runtime/unknown-parent':
    'The parent is neither the committed tip nor executed: execute or commit it first.',
  'runtime/already-committed': 'A block of this height or below is committed and final.',
  'runtime/not-next':
    'Only a child of the committed tip can be committed: commit its parent first.',
  'runtime/too-many-pending':
    'Too many executed blocks are neither committed nor dropped: drop what cannot be accepted.',
  'runtime/block-full':
    'The block has no room left for the transaction, in bytes or gas: offer it for the next.',
  'runtime/too-many-candidates':
    'More transactions are offered for a block than details.limit: offer fewer.',
  'runtime/height-ahead': 'The height is above that of the last committed block.',
  'runtime/height-pruned':
    'The state of this height is not kept any more: the oldest is in details.oldest.',
  'runtime/wrong-supply':
    'The balances do not add up to the supply of genesis: the database or the program is wrong.',
  'runtime/bad-actor': 'The address of an actor is written kind:hex, such as account:12ab….',
  'runtime/bad-key': 'The key is not an even number of lower-case hex digits of the right length.',
  'runtime/unknown-collection': 'The actor has no such collection: see details.known.',
  'runtime/bad-range': 'The range is empty, backwards or longer than details.limit.',
  'runtime/proof-malformed':
    'The bytes are not an ICS-23 proof (cosmos.ics23.v1.CommitmentProof) of one key: see details.',
  'runtime/proof-of-other-claim':
    'The proof shows details.shows of the key, and the claim is the opposite: the answer is wrong.',
  'runtime/too-many-subscribers': 'As many listeners as allowed are subscribed: remove one first.',
  'runtime/bad-option': 'An option of the runtime is out of range: see details.option.',
} as const;

export type RuntimeErrorCode = keyof typeof runtimeErrors;

/** Builds a failed result of the runtime's catalogue. */
export const runtimeFail = failWith<RuntimeErrorCode>(runtimeErrors);
