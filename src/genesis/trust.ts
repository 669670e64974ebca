import {
  assert,
  compareBytes,
  encode,
  equalBytes,
  ok,
  toHex,
  type Result,
} from '../codec/index.ts';
import { teeTime } from '../machines/tee/reason.ts';
import type { Collection } from '../machines/kit/collection.ts';
import { ingestDocument, type Stored } from '../machines/trust-store/ingest.ts';
import { collateralDocument, type CollateralDocument } from '../machines/trust-store/messages.ts';
import { slotKey } from '../machines/trust-store/record.ts';
import { ingestTrustAnchor } from '../tee/collateral/certificates.ts';
import { INTEL_SGX_ROOT_CA } from '../tee/intel-root.ts';
import { createTestWorld } from '../tee/generator/index.ts';
import type { RawCollateral, SignedJson, TrustAnchor } from '../tee/collateral/types.ts';
import { nobleEngine } from '../tee/p256/noble.ts';
import type { Genesis, GenesisTee } from './genesis.ts';
import type { PresetName } from './presets/index.ts';

/** An entry of the trust store at height 0. */
export interface TrustEntry {
  readonly collection: Collection<unknown>;
  readonly key: string;
  readonly value: unknown;
}

/** What the trust store begins with. */
export interface Trust {
  readonly anchor: TrustAnchor;
  readonly entries: readonly TrustEntry[];
}

/** Why there is none: the root (no index) or a document. */
export interface TrustFault {
  readonly index: number | undefined;
  readonly cause: string;
}

type Checked = Result<Trust, TrustFault>;

/**
 * The root and the documents of a genesis, checked at its time as the chain checks documents that
 * come later. Pure; with the reference engine, so that a genesis is read in a browser too.
 */
export const checkTrust = ({ tee, time }: Pick<Genesis, 'tee' | 'time'>): Checked => {
  const anchor = ingestTrustAnchor(tee.root, nobleEngine);
  if (!anchor.ok) {
    return { ok: false, failure: { index: undefined, cause: anchor.failure.code } };
  }
  const entries = new Map<string, TrustEntry>();
  const nameOf = (collection: Collection<never>, key: string) => `${collection.name}/${key}`;
  const stored: Stored = {
    anchor: anchor.value,
    entry: <V>(collection: Collection<V>, key: string) =>
      entries.get(nameOf(collection as Collection<never>, key))?.value as V | undefined,
  };
  const context = { engine: nobleEngine, now: teeTime(time) };
  for (const [index, document] of tee.documents.entries()) {
    const result = ingestDocument(document, stored, context);
    if (!result.ok) {
      const { failure } = result;
      const cause = 'missing' in failure ? `${failure.missing} is missing` : failure.code;
      return { ok: false, failure: { index, cause } };
    }
    for (const { collection, slot, record } of result.value) {
      const entry = { collection: collection as Collection<unknown>, key: slotKey(slot) };
      entries.set(nameOf(entry.collection as Collection<never>, entry.key), {
        ...entry,
        value: record,
      });
    }
  }
  return ok({ anchor: anchor.value, entries: [...entries.values()] });
};

/** Remembered by genesis: checking, its records and its entries ask for the same. */
const known = new WeakMap<GenesisTee, { readonly time: bigint; readonly checked: Checked }>();

export const trustOf = (genesis: Pick<Genesis, 'tee' | 'time'>): Checked => {
  const remembered = known.get(genesis.tee);
  if (remembered?.time === genesis.time) return remembered.checked;
  const checked = checkTrust(genesis);
  known.set(genesis.tee, { time: genesis.time, checked });
  return checked;
};

/** The trust of a genesis that has been checked. */
export const soundTrust = (genesis: Pick<Genesis, 'tee' | 'time'>): Trust => {
  const checked = trustOf(genesis);
  assert(checked.ok, 'a genesis is checked before a chain begins with it');
  return checked.value;
};

/** In the order in which they can be checked, then by bytes: equal sets have equal hashes. */
const RANKS: Readonly<Record<CollateralDocument['type'], number>> = {
  rootCrl: 0,
  pckCa: 1,
  pckCrl: 2,
  tcbInfo: 3,
  qeIdentity: 4,
};

export const sortDocuments = (
  documents: readonly CollateralDocument[],
): readonly CollateralDocument[] =>
  documents.toSorted(
    (a, b) =>
      RANKS[a.type] - RANKS[b.type] ||
      compareBytes(encode(collateralDocument, a), encode(collateralDocument, b)),
  );

/** Everybody can make quotes below it: its keys follow from this text. */
export const LOCAL_TEE_SEED = 'aivm/local';

const signed = <T extends 'tcbInfo' | 'qeIdentity'>(type: T, from: SignedJson) =>
  ({ type, ...from, signature: toHex(from.signature) }) as const;

/** The documents of a set of collateral as messages carry them. */
export const documentsOf = (raw: RawCollateral): readonly CollateralDocument[] => [
  { type: 'rootCrl', crl: raw.rootCrl },
  { type: 'pckCrl', crl: raw.pckCrl, issuerChain: raw.pckCrlIssuerChain },
  signed('tcbInfo', raw.tcbInfo),
  signed('qeIdentity', raw.qeIdentity),
];

const localTee = (): GenesisTee => {
  const tdx = createTestWorld(LOCAL_TEE_SEED, { tee: 'TDX' });
  const sgx = createTestWorld(LOCAL_TEE_SEED, { tee: 'SGX' });
  const documents = [
    ...documentsOf(tdx.collateral),
    signed('tcbInfo', sgx.collateral.tcbInfo),
    signed('qeIdentity', sgx.collateral.qeIdentity),
  ];
  return { root: tdx.rootDer, documents: sortDocuments(documents) };
};

const INTEL: GenesisTee = { root: INTEL_SGX_ROOT_CA, documents: [] };
let local: GenesisTee | undefined;

/**
 * The vendor's root, and no documents, which anyone brings; for `local` the generator's root with
 * its documents: whoever has this program can sign quotes below it, so it proves nothing.
 */
export const presetTee = (name: PresetName): GenesisTee => {
  if (name !== 'local') return INTEL;
  local ??= localTee();
  return local;
};

/**
 * Is the pinned root the generator's, below which everybody can sign quotes? Whatever opens such a
 * chain says `TEST_ROOT_WARNING` to people.
 */
export const trustsTestRoot = ({ tee }: Pick<Genesis, 'tee'>): boolean =>
  equalBytes(tee.root, presetTee('local').root);
