import { assert } from '../../codec/index.ts';
import type { Call } from '../kit/call.ts';
import { because, type Reason } from '../kit/guard.ts';
import { teeReason, teeTime } from '../tee/reason.ts';
import { ingestDocument, type Ingested } from './ingest.ts';
import type { CollateralDocument } from './messages.ts';
import type { TrustStoreContext } from './record.ts';

type Judged =
  | { readonly ok: true; readonly ingested: readonly Ingested[] }
  | { readonly ok: false; readonly reason: Reason };

/** Guard and step ask the same of one delivery: it is worked out once, and forgotten with it. */
const known = new WeakMap<Call, Judged>();

/** What becomes of an offered document in this delivery. */
export const judgeDocument = (
  { anchor }: TrustStoreContext,
  document: CollateralDocument,
  call: Call,
): Judged => {
  const remembered = known.get(call);
  if (remembered !== undefined) return remembered;
  const { read, self, verifier, time } = call;
  const result = ingestDocument(
    document,
    { anchor, entry: (collection, key) => read.entry(collection, self, key) },
    { engine: verifier.tee.engine, now: teeTime(time) },
  );
  const judged: Judged = result.ok
    ? { ok: true, ingested: result.value }
    : {
        ok: false,
        reason:
          'missing' in result.failure
            ? because('collateral-missing', { document: result.failure.missing })
            : teeReason(result.failure, 'collateral-refused'),
      };
  known.set(call, judged);
  return judged;
};

/** The records of a document that the guard has accepted. */
export const acceptedRecords = (
  context: TrustStoreContext,
  document: CollateralDocument,
  call: Call,
): readonly Ingested[] => {
  const judged = judgeDocument(context, document, call);
  assert(judged.ok, 'the guard of the message has accepted it');
  return judged.ingested;
};
