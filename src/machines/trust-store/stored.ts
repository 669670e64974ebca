import { blob, embedded, list, literalEnum, optional, record, rows } from '../../codec/index.ts';
import { text, u16, u32, type Schema } from '../../codec/index.ts';
import { COMPONENT_STATUSES, TCB_STATUSES } from '../../tee/collateral/types.ts';
import type {
  CrlRecord,
  PckCaRecord,
  QeIdentityRecord,
  SignerRecord,
  TcbInfoRecord,
  TrustAnchor,
} from '../../tee/collateral/types.ts';
import * as limits from '../../tee/limits.ts';
import { bytes, seconds } from '../tee/fields.ts';
import { TEES } from '../tee/policy.ts';

/*
 * The checked records of the TEE library as canonical bytes. A list of levels has lists of
 * advisories in it, so those stand as embedded values: at most 64 arrays are in one value.
 */

const HASH = bytes(32);
const POINT = bytes(65);
const SERIAL = bytes(limits.SERIAL_BYTES);
const NAME_BYTES = limits.MAX_CERTIFICATE_BYTES;
/** UTF-8 of one UTF-16 unit takes at most three bytes. */
const SHORT_TEXT = text(3 * limits.MAX_TEXT_CHARS);

export const anchorRecord: Schema<TrustAnchor> = record({
  sha256: HASH,
  der: blob(limits.MAX_CERTIFICATE_BYTES),
  subject: blob(NAME_BYTES),
  publicKey: POINT,
  serial: SERIAL,
  notBefore: seconds,
  notAfter: seconds,
});

export const pckCaRecord: Schema<PckCaRecord> = record({
  anchor: HASH,
  sha256: HASH,
  der: blob(limits.MAX_CERTIFICATE_BYTES),
  ca: literalEnum(['platform', 'processor']),
  subject: blob(NAME_BYTES),
  publicKey: POINT,
  serial: SERIAL,
  notBefore: seconds,
  notAfter: seconds,
});

export const crlRecord: Schema<CrlRecord> = record({
  anchor: HASH,
  sha256: HASH,
  issuer: blob(NAME_BYTES),
  issuerKey: POINT,
  thisUpdate: seconds,
  nextUpdate: seconds,
  crlNumber: blob(limits.SERIAL_BYTES),
  revokedSerials: blob(limits.MAX_CRL_ENTRIES * limits.SERIAL_BYTES),
});

const signer: Schema<SignerRecord> = record({
  sha256: HASH,
  publicKey: POINT,
  serial: SERIAL,
  notBefore: seconds,
  notAfter: seconds,
});

const signedDocument = {
  anchor: HASH,
  sha256: HASH,
  signer,
  version: u32,
  issueDate: seconds,
  nextUpdate: seconds,
  evaluationNumber: u32,
} as const;

export const advisories = embedded(list(SHORT_TEXT, limits.MAX_ADVISORIES_PER_LEVEL));

const componentLevels = rows(
  {
    isvSvn: u32,
    date: seconds,
    status: literalEnum(COMPONENT_STATUSES),
    advisoryIds: advisories,
  },
  limits.MAX_TCB_LEVELS,
);

const labels = rows({ category: SHORT_TEXT, type: SHORT_TEXT }, 16);
/** Empty where the TCB information is for SGX. */
const components = blob(16);

export const tcbInfoRecord: Schema<TcbInfoRecord> = record({
  ...signedDocument,
  tee: literalEnum(TEES),
  fmspc: bytes(6),
  pceId: bytes(2),
  module: optional(record({ mrSigner: bytes(48), attributes: bytes(8) })),
  moduleIdentities: rows(
    {
      id: SHORT_TEXT,
      mrSigner: bytes(48),
      attributes: bytes(8),
      levels: embedded(componentLevels),
    },
    limits.MAX_MODULE_IDENTITIES,
  ),
  levels: rows(
    {
      sgx: components,
      pceSvn: u16,
      tdx: components,
      date: seconds,
      status: literalEnum(TCB_STATUSES),
      advisoryIds: advisories,
    },
    limits.MAX_TCB_LEVELS,
  ),
  sgxLabels: labels,
  tdxLabels: labels,
});

export const qeIdentityRecord: Schema<QeIdentityRecord> = record({
  ...signedDocument,
  id: literalEnum(['QE', 'TD_QE']),
  miscSelect: bytes(4),
  miscSelectMask: bytes(4),
  attributes: bytes(16),
  attributesMask: bytes(16),
  mrSigner: bytes(32),
  isvProdId: u16,
  levels: componentLevels,
});
