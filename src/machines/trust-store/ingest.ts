import { fromHex } from '../../codec/index.ts';
import { ingestPckCa, type IngestContext } from '../../tee/collateral/certificates.ts';
import { ingestQeIdentity, ingestTcbInfo } from '../../tee/collateral/documents.ts';
import { ingestPckCrl, ingestRootCrl, requireCurrentCrl } from '../../tee/collateral/revocation.ts';
import { crlSlot, qeIdentitySlot, tcbInfoSlot } from '../../tee/collateral/supersede.ts';
import { requireNewerCrl, requireNewerQeIdentity } from '../../tee/collateral/supersede.ts';
import { requireNewerTcbInfo } from '../../tee/collateral/supersede.ts';
import type { CrlRecord, PckCaRecord, QeIdentityRecord } from '../../tee/collateral/types.ts';
import type { TcbInfoRecord, TrustAnchor } from '../../tee/collateral/types.ts';
import { ok, reject, type Rejection, type Result } from '../../tee/result.ts';
import type { Collection } from '../kit/collection.ts';
import type { CollateralDocument } from './messages.ts';
import { crls, pckCas, qeIdentities, slotKey, tcbInfos } from './record.ts';
import { crlSlotOf, pckCaSlotOf, requireNewerPckCa } from './slots.ts';

/** What the store holds now. */
export interface Stored {
  readonly anchor: TrustAnchor;
  readonly entry: <V>(collection: Collection<V>, key: string) => V | undefined;
}

/** A checked record and where it goes. */
interface Placed<T extends string, V> {
  readonly type: T;
  readonly collection: Collection<V>;
  readonly slot: string;
  readonly record: V;
  /** What it takes the place of. */
  readonly replaced: V | undefined;
}

export type Ingested =
  | Placed<'crl', CrlRecord>
  | Placed<'pckCa', PckCaRecord>
  | Placed<'tcbInfo', TcbInfoRecord>
  | Placed<'qeIdentity', QeIdentityRecord>;

/** A stored record that is needed first. */
export interface Missing {
  readonly missing: string;
}

type Outcome = Result<readonly Ingested[], Rejection | Missing>;

const missing = (what: string): Outcome => ({ ok: false, failure: { missing: what } });

/** The record for its slot, unless the one that stands there is as new. */
const place = <T extends string, V>(
  type: T,
  collection: Collection<V>,
  slot: string,
  record: V,
  stored: Stored,
  requireNewer: (stored: V, offered: V) => Result<null>,
): Result<Placed<T, V>> => {
  const replaced = stored.entry(collection, slotKey(slot));
  const newer = replaced === undefined ? ok(null) : requireNewer(replaced, record);
  return newer.ok ? ok({ type, collection, slot, record, replaced }) : newer;
};

const single = (placed: Result<Ingested>): Outcome => (placed.ok ? ok([placed.value]) : placed);

const placeCrl = (crl: CrlRecord, stored: Stored) =>
  place('crl', crls, crlSlot(crl), crl, stored, requireNewerCrl);

const placeCa = (ca: PckCaRecord, stored: Stored) =>
  place('pckCa', pckCas, pckCaSlotOf(ca.publicKey), ca, stored, requireNewerPckCa);

/** The list of a PCK CA comes with the certificate of the CA, which is kept if it is the newest. */
const placePckCrl = (
  document: Extract<CollateralDocument, { type: 'pckCrl' }>,
  rootCrl: CrlRecord,
  stored: Stored,
  context: IngestContext,
): Outcome => {
  const ca = ingestPckCa(document.issuerChain, stored.anchor, rootCrl, context);
  if (!ca.ok) return ca;
  const crl = ingestPckCrl(document.crl, ca.value, context);
  if (!crl.ok) return crl;
  const placed = placeCrl(crl.value, stored);
  if (!placed.ok) return placed;
  const withCa = placeCa(ca.value, stored);
  return ok(withCa.ok ? [withCa.value, placed.value] : [placed.value]);
};

type BelowRoot = Exclude<CollateralDocument, { type: 'rootCrl' }>;

const ingestBelow = (
  document: BelowRoot,
  rootCrl: CrlRecord,
  stored: Stored,
  context: IngestContext,
): Outcome => {
  const { anchor } = stored;
  switch (document.type) {
    case 'pckCa': {
      const ca = ingestPckCa(document.issuerChain, anchor, rootCrl, context);
      return ca.ok ? single(placeCa(ca.value, stored)) : ca;
    }
    case 'pckCrl':
      return placePckCrl(document, rootCrl, stored, context);
    case 'tcbInfo': {
      const signed = { ...document, signature: fromHex(document.signature) };
      const info = ingestTcbInfo(signed, anchor, rootCrl, context);
      if (!info.ok) return info;
      const slot = tcbInfoSlot(info.value);
      return single(place('tcbInfo', tcbInfos, slot, info.value, stored, requireNewerTcbInfo));
    }
    case 'qeIdentity': {
      const signed = { ...document, signature: fromHex(document.signature) };
      const identity = ingestQeIdentity(signed, anchor, rootCrl, context);
      if (!identity.ok) return identity;
      const slot = qeIdentitySlot(identity.value);
      const { value } = identity;
      return single(place('qeIdentity', qeIdentities, slot, value, stored, requireNewerQeIdentity));
    }
  }
};

/** The root must be valid itself before anything below it is looked at. */
const requireRoot = (anchor: TrustAnchor, now: number): Result<null> =>
  now > anchor.notAfter
    ? reject('root', 'tee/certificate-expired', { notAfter: String(anchor.notAfter) })
    : ok(null);

/**
 * Checks a document at the context's time against the pinned root and the root's revocation list
 * that is stored, which therefore comes first: every signature once, here, and never again. Gives
 * the records to store, or why there is none.
 */
export const ingestDocument = (
  document: CollateralDocument,
  stored: Stored,
  context: IngestContext,
): Outcome => {
  const { anchor } = stored;
  if (document.type === 'rootCrl') {
    const crl = ingestRootCrl(document.crl, anchor, context);
    return crl.ok ? single(placeCrl(crl.value, stored)) : crl;
  }
  const root = requireRoot(anchor, context.now);
  if (!root.ok) return root;
  const rootCrl = stored.entry(crls, slotKey(crlSlotOf(anchor.publicKey)));
  if (rootCrl === undefined) return missing('revocation list of the root');
  const current = requireCurrentCrl(rootCrl, context.now, 'root_crl');
  return current.ok ? ingestBelow(document, rootCrl, stored, context) : current;
};
