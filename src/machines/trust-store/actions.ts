import { toHex } from '../../codec/index.ts';
import { emit, keyOf, put, refundGas, stepsOf, type Call, type Effect } from '../kit/index.ts';
import type { Ingested } from './ingest.ts';
import { acceptedRecords } from './judgement.ts';
import type { TrustStoreMessage } from './messages.ts';
import { enrolledKeys, slotKey, type TrustStoreContext } from './record.ts';

const step = stepsOf<TrustStoreContext, TrustStoreMessage>();

/** From when until when a record is valid, in Unix seconds. */
const validity = (ingested: Ingested): { readonly from: number; readonly until: number } => {
  const { record, type } = ingested;
  switch (type) {
    case 'crl':
      return { from: record.thisUpdate, until: record.nextUpdate };
    case 'pckCa':
      return { from: record.notBefore, until: record.notAfter };
    default:
      return { from: record.issueDate, until: record.nextUpdate };
  }
};

/**
 * What keeps listed platforms attested costs its sender nothing: TCB information for the number
 * that applies, if none stood there or the one that did has some age. The vendor signs the same
 * content anew every day, so without an age blocks could be filled for nothing.
 */
const isRefunded = (ingested: Ingested, { parameters }: Call): boolean => {
  if (ingested.type !== 'tcbInfo') return false;
  const { evaluationNumber, refundedFmspcs, refundAgeSeconds } = parameters.tee;
  const { record, replaced } = ingested;
  if (record.evaluationNumber !== evaluationNumber) return false;
  if (!refundedFmspcs.includes(toHex(record.fmspc))) return false;
  return (
    replaced === undefined ||
    BigInt(record.issueDate) >= BigInt(replaced.issueDate) + refundAgeSeconds
  );
};

const putRecord = (ingested: Ingested): Effect =>
  put<unknown>(ingested.collection, slotKey(ingested.slot), ingested.record);

const store = (ingested: Ingested): readonly Effect[] => {
  const { from, until } = validity(ingested);
  return [
    putRecord(ingested),
    emit('collateralStored', {
      slot: ingested.slot,
      sha256: toHex(ingested.record.sha256),
      from,
      until,
    }),
  ];
};

export const steps = {
  upsert: step('upsertCollateral', (context, { document }, call) => {
    const ingested = acceptedRecords(context, document, call);
    const isFree = ingested.some((each) => isRefunded(each, call));
    return { context, effects: [...ingested.flatMap(store), ...(isFree ? [refundGas] : [])] };
  }),
  note: step('keyEnrolled', (context, { key }, { from, height }) => ({
    context,
    effects: [put(enrolledKeys, key, { provider: keyOf(from), height })],
  })),
};
