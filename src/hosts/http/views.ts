import type { ActorRecord } from '../../actors/record.ts';
import type {
  ActorView,
  AttestationStatus,
  AttestationView,
  BlockAnswer,
  StateProof,
} from '../../client/wire/index.ts';
import { isVoidedBy } from '../../machines/attestation/standing.ts';
import type { ActorKind } from '../../machines/kit/address.ts';
import type { Contexts } from '../../machines/records.ts';
import type { BlockRecord, QueryAnswer } from '../../runtime/index.ts';
import { fromHex } from '../../codec/index.ts';

/** A record as the API shows it. */
export const viewOf = <K extends ActorKind>(record: ActorRecord<Contexts[K]>): ActorView<K> => ({
  state: record.state,
  balanceNlux: record.balance,
  wakeAt: record.wakeAt,
  context: record.context,
});

/** What an answer of the runtime says besides the record. */
export const placeOf = ({ height, blockId, root }: QueryAnswer) => ({ height, blockId, root });

export const proofOf = ({ key, value, proof }: QueryAnswer): StateProof | undefined =>
  proof === undefined ? undefined : { key: fromHex(key), value, proof };

/** What has become of a pending attestation by then, whether or not anybody has told it. */
const statusOf = (
  { state, context }: ActorRecord<Contexts['attestation']>,
  height: bigint,
  provider: Contexts['provider'] | undefined,
): AttestationStatus => {
  if (state !== 'pending') return state as AttestationStatus;
  if (provider !== undefined && isVoidedBy(context, provider)) return 'void';
  return height >= context.windowEnd ? 'final' : 'pending';
};

/**
 * How an attestation stands at a height: a pending one is final as soon as its window has passed,
 * since no block from then on can challenge it (PROTOCOL §3, §5), and void if its provider was
 * tombstoned before (§6).
 */
export const attestationView = (
  record: ActorRecord<Contexts['attestation']>,
  height: bigint,
  provider: Contexts['provider'] | undefined,
): AttestationView => {
  const { windowEnd, verdict, enforceable } = record.context;
  const status = statusOf(record, height, provider);
  return {
    status,
    verdict,
    finalAt: windowEnd,
    isFinal: status !== 'pending' && status !== 'disputed',
    enforceable,
    record: viewOf<'attestation'>(record),
  };
};

export const blockView = (block: BlockRecord): BlockAnswer => {
  const { height, parentId, time, proposer, transactionsRoot } = block.header;
  const { blockId: id, root, activity, transactionIds } = block;
  return { id, height, parentId, time, proposer, transactionsRoot, root, activity, transactionIds };
};
