import type { ActorRecord } from '../../actors/record.ts';
import type {
  ActorView,
  AttestationStatus,
  AttestationView,
  BlockAnswer,
  StateProof,
} from '../../client/wire/index.ts';
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

/**
 * How an attestation stands at a height: a pending one is final as soon as its window has passed,
 * since no block from then on can challenge it (PROTOCOL §3, §5).
 */
export const attestationView = (
  record: ActorRecord<Contexts['attestation']>,
  height: bigint,
): AttestationView => {
  const { windowEnd, verdict, enforceable } = record.context;
  const isOver = record.state === 'pending' && height >= windowEnd;
  const status = (isOver ? 'final' : record.state) as AttestationStatus;
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
