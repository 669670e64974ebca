import { hex, record, sha256Hex, u64, utf8, type Infer } from '../../codec/index.ts';
import { collection } from '../kit/collection.ts';
import { anchorRecord, crlRecord, pckCaRecord, qeIdentityRecord, tcbInfoRecord } from './stored.ts';

export const trustStoreContext = record({
  /** The pinned root: every document stands below it. */
  anchor: anchorRecord,
});
export type TrustStoreContext = Infer<typeof trustStoreContext>;

const NONE = new Uint8Array(0);

/** Before genesis: no root, below which nothing can stand. */
export const initialTrustStore: TrustStoreContext = {
  anchor: {
    sha256: new Uint8Array(32),
    der: NONE,
    subject: NONE,
    publicKey: new Uint8Array(65),
    serial: new Uint8Array(20),
    notBefore: 0,
    notAfter: 0,
  },
};

/** The key of a slot of the TEE library (`tcb/TDX/…`): texts of any length become 32 bytes. */
export const slotKey = (slot: string): string => sha256Hex(utf8(slot));

const SLOT_BYTES = 32;

/** Revocation lists of the root and the PCK CAs, by `crlSlot`. */
export const crls = collection({
  kind: 'trustStore',
  name: 'crls',
  code: 1,
  keyBytes: SLOT_BYTES,
  value: crlRecord,
});

/** PCK CAs, by `pckCaSlot`. */
export const pckCas = collection({
  kind: 'trustStore',
  name: 'pckCas',
  code: 2,
  keyBytes: SLOT_BYTES,
  value: pckCaRecord,
});

/** TCB information, by `tcbInfoSlot`. */
export const tcbInfos = collection({
  kind: 'trustStore',
  name: 'tcbInfos',
  code: 3,
  keyBytes: SLOT_BYTES,
  value: tcbInfoRecord,
});

/** Identities of quoting enclaves, by `qeIdentitySlot`. */
export const qeIdentities = collection({
  kind: 'trustStore',
  name: 'qeIdentities',
  code: 4,
  keyBytes: SLOT_BYTES,
  value: qeIdentityRecord,
});

/** How many blocks back a quote for an enclave key may refer (PROTOCOL §8). */
export const RECENT_BLOCKS = 150n;

/** The last blocks by height modulo their number; the kernel writes the parent's at each block. */
export const recentBlocks = collection({
  kind: 'trustStore',
  name: 'recentBlocks',
  code: 5,
  keyBytes: 8,
  value: record({ height: u64, blockId: hex(32), time: u64 }),
});

/** Every enclave key that was ever enrolled, by the address of its key: none is enrolled twice. */
export const enrolledKeys = collection({
  kind: 'trustStore',
  name: 'enrolledKeys',
  code: 6,
  keyBytes: 20,
  value: record({ provider: hex(20), height: u64 }),
});
