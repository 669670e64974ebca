import { sha256 } from '@noble/hashes/sha2.js';
import { concat, hex } from '../bytes.ts';
import {
  SGX_REPORT_BYTES,
  TD10_REPORT_BYTES,
  TD15_REPORT_BYTES,
  TD15EX_REPORT_BYTES,
} from '../quote/bodies.ts';
import { assert } from '../result.ts';
import { sign, type TestKey } from './keys.ts';

/** What to write where into an otherwise empty report body: offset and bytes. */
export type Patch = readonly [offset: number, bytes: Uint8Array];

export type BodyKind = 'sgx' | 'td10' | 'td15' | 'td15ex';

const BODY: Readonly<Record<BodyKind, { readonly bytes: number; readonly type: number }>> = {
  sgx: { bytes: SGX_REPORT_BYTES, type: 1 },
  td10: { bytes: TD10_REPORT_BYTES, type: 2 },
  td15: { bytes: TD15_REPORT_BYTES, type: 3 },
  td15ex: { bytes: TD15EX_REPORT_BYTES, type: 4 },
};

export interface QuoteSpec {
  readonly version: 3 | 4 | 5;
  readonly body: BodyKind;
  readonly patches: readonly Patch[];
  readonly attestationKey: TestKey;
  /** Signs the quoting enclave's report. */
  readonly pckKey: TestKey;
  readonly qe: QeSpec;
  readonly pckChain: Uint8Array;
  /** Certification data type of the chain; only 5 verifies. */
  readonly certificationType?: number;
}

export interface QeSpec {
  readonly mrSigner: Uint8Array;
  readonly isvProdId: number;
  readonly isvSvn: number;
  readonly authData: Uint8Array;
}

export const u16 = (value: number): Uint8Array => Uint8Array.of(value & 0xff, value >>> 8);

export const u32 = (value: number): Uint8Array =>
  Uint8Array.of(value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, value >>> 24);

const patched = (length: number, patches: readonly Patch[]): Uint8Array => {
  const bytes = new Uint8Array(length);
  for (const [offset, part] of patches) bytes.set(part, offset);
  return bytes;
};

const VENDOR_ID = hex('939a7233f79c4ca9940a0db3957f0607');
const ECDSA_P256 = 2;
const TEE_TDX = 0x81;

const header = (spec: QuoteSpec): Uint8Array =>
  concat(
    u16(spec.version),
    u16(ECDSA_P256),
    u32(spec.body === 'sgx' ? 0 : TEE_TDX),
    u32(0),
    VENDOR_ID,
    new Uint8Array(20),
  );

/** INIT and MODE64BIT: what the identity of a quoting enclave demands under its mask. */
const QE_ATTRIBUTES = hex('1100000000000000');

const qeReport = (spec: QuoteSpec): Uint8Array => {
  const key = spec.attestationKey.publicKey.subarray(1);
  return patched(SGX_REPORT_BYTES, [
    [48, QE_ATTRIBUTES],
    [128, spec.qe.mrSigner],
    [256, u16(spec.qe.isvProdId)],
    [258, u16(spec.qe.isvSvn)],
    [320, sha256(concat(key, spec.qe.authData))],
  ]);
};

const certification = (spec: QuoteSpec): Uint8Array => {
  const report = qeReport(spec);
  const inner = concat(
    report,
    sign(spec.pckKey, report),
    u16(spec.qe.authData.length),
    spec.qe.authData,
    u16(spec.certificationType ?? 5),
    u32(spec.pckChain.length),
    spec.pckChain,
  );
  return spec.version === 3 ? inner : concat(u16(6), u32(inner.length), inner);
};

/** A complete quote, signed by its attestation key. */
export const makeQuote = (spec: QuoteSpec): Uint8Array => {
  assert(spec.version === 5 || spec.body === 'sgx' || spec.body === 'td10', 'needs version 5');
  assert(spec.version !== 3 || spec.body === 'sgx', 'version 3 is for SGX');
  const { bytes, type } = BODY[spec.body];
  const descriptor = spec.version === 5 ? concat(u16(type), u32(bytes)) : new Uint8Array(0);
  const message = concat(header(spec), descriptor, patched(bytes, spec.patches));
  const auth = concat(
    sign(spec.attestationKey, message),
    spec.attestationKey.publicKey.subarray(1),
    certification(spec),
  );
  return concat(message, u32(auth.length), auth);
};
