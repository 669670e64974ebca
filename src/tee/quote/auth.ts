import { u16le, u32le } from '../bytes.ts';
import { ok, reject, type Result } from '../result.ts';
import { parseSgxReport, SGX_REPORT_BYTES } from './bodies.ts';
import type { AuthData } from './types.ts';

const SIGNATURE_BYTES = 64;
const KEY_BYTES = 64;
const PCK_CHAIN_TYPE = 5;
const QE_REPORT_TYPE = 6;

/** Certification data types (SGX ECDSA QuoteLib, appendix 3, table 9). */
const TYPE_NAMES: ReadonlyMap<number, string> = new Map([
  [1, 'plain PPID'],
  [2, 'PPID encrypted with RSA-2048'],
  [3, 'PPID encrypted with RSA-3072'],
  [4, 'PCK leaf certificate'],
  [5, 'PCK certificate chain'],
  [6, 'QE report certification data'],
  [7, 'platform manifest'],
]);

const malformed = (what: string) => reject('quote', 'tee/auth-data-malformed', { what });

type Inner = Pick<AuthData, 'qeReport' | 'qeReportSignature' | 'qeAuthData' | 'pckChain'>;

/** QE report, its signature, its data and the certification data: all of `bytes`. */
const parseInner = (bytes: Uint8Array): Result<Inner> => {
  const fixed = SGX_REPORT_BYTES + SIGNATURE_BYTES;
  if (bytes.length < fixed + 2) return malformed('too short for the quoting enclave’s report');
  const dataLength = u16le(bytes, fixed);
  const certification = fixed + 2 + dataLength;
  if (bytes.length < certification + 6) return malformed('too short for the certification data');
  const type = u16le(bytes, certification);
  const length = u32le(bytes, certification + 2);
  const rest = bytes.length - (certification + 6);
  if (length !== rest) {
    return malformed(`certification data of ${String(length)} bytes where ${String(rest)} are`);
  }
  if (type !== PCK_CHAIN_TYPE) {
    return reject('quote', 'tee/certification-type-unsupported', {
      type: String(type),
      name: TYPE_NAMES.get(type) ?? 'unknown',
    });
  }
  return ok({
    qeReport: parseSgxReport(bytes.subarray(0, SGX_REPORT_BYTES)),
    qeReportSignature: bytes.subarray(SGX_REPORT_BYTES, fixed),
    qeAuthData: bytes.subarray(fixed + 2, certification),
    pckChain: bytes.subarray(certification + 6),
  });
};

/** From version 4 on the quoting enclave's part is nested as certification data of type 6. */
const unnest = (bytes: Uint8Array): Result<Uint8Array> => {
  if (bytes.length < 6) return malformed('too short for the nested certification data');
  const type = u16le(bytes, 0);
  if (type !== QE_REPORT_TYPE) {
    return reject('quote', 'tee/certification-type-unsupported', {
      type: String(type),
      name: TYPE_NAMES.get(type) ?? 'unknown',
      expected: 'QE report certification data around the chain',
    });
  }
  if (u32le(bytes, 2) !== bytes.length - 6) return malformed('a nested length that does not fit');
  return ok(bytes.subarray(6));
};

/** ECDSA signature data (appendix 3, table 4): it must fill `bytes` exactly. */
export const parseAuthData = (bytes: Uint8Array, version: 3 | 4 | 5): Result<AuthData> => {
  const fixed = SIGNATURE_BYTES + KEY_BYTES;
  if (bytes.length < fixed) return malformed('too short for a signature and a key');
  const rest = bytes.subarray(fixed);
  const nested = version === 3 ? ok(rest) : unnest(rest);
  if (!nested.ok) return nested;
  const inner = parseInner(nested.value);
  if (!inner.ok) return inner;
  return ok({
    ...inner.value,
    signature: bytes.subarray(0, SIGNATURE_BYTES),
    attestationKey: bytes.subarray(SIGNATURE_BYTES, fixed),
  });
};
