import { equalBytes, hex, isZero, u16le, u32le } from '../bytes.ts';
import { MAX_QUOTE_BYTES } from '../limits.ts';
import { ok, reject, type Result } from '../result.ts';
import { parseAuthData } from './auth.ts';
import {
  parseSgxReport,
  parseTdReport,
  SGX_REPORT_BYTES,
  TD10_REPORT_BYTES,
  TD15_REPORT_BYTES,
  TD15EX_REPORT_BYTES,
} from './bodies.ts';
import type { Quote, QuoteHeader, Tee } from './types.ts';

const HEADER_BYTES = 48;
const DESCRIPTOR_BYTES = 6;
const ECDSA_P256_KEY = 2;
const TEE_SGX = 0x00;
const TEE_TDX = 0x81;

/** 939A7233-F79C-4CA9-940A-0DB3957F0607: the vendor's quoting enclave (appendix 3, table 2). */
const VENDOR_ID = hex('939a7233f79c4ca9940a0db3957f0607');

const truncated = (needed: number, found: number) =>
  reject('quote', 'tee/quote-truncated', { needed: String(needed), found: String(found) });

const parseHeader = (bytes: Uint8Array): Result<QuoteHeader> => {
  if (bytes.length < HEADER_BYTES) return truncated(HEADER_BYTES, bytes.length);
  const version = u16le(bytes, 0);
  const keyType = u16le(bytes, 2);
  const teeType = u32le(bytes, 4);
  if (version !== 3 && version !== 4 && version !== 5) {
    return reject('quote', 'tee/quote-version-unsupported', { version: String(version) });
  }
  if (keyType !== ECDSA_P256_KEY) {
    return reject('quote', 'tee/attestation-key-type-unsupported', { type: String(keyType) });
  }
  if (teeType !== TEE_SGX && teeType !== TEE_TDX) {
    return reject('quote', 'tee/tee-type-unsupported', { type: String(teeType) });
  }
  if (version === 3 && teeType !== TEE_SGX) {
    return reject('quote', 'tee/tee-type-mismatch', { version: '3', tee: 'TDX' });
  }
  if (!equalBytes(bytes.subarray(12, 28), VENDOR_ID)) return reject('quote', 'tee/vendor-unknown');
  return ok({
    version,
    tee: teeType === TEE_SGX ? 'SGX' : 'TDX',
    qeSvn: u16le(bytes, 8),
    pceSvn: u16le(bytes, 10),
    userData: bytes.subarray(28, HEADER_BYTES),
  });
};

/** Body types of quote version 5: the size that each must declare, and its TEE. */
const BODY_TYPES: ReadonlyMap<number, readonly [size: number, tee: Tee]> = new Map([
  [1, [SGX_REPORT_BYTES, 'SGX']],
  [2, [TD10_REPORT_BYTES, 'TDX']],
  [3, [TD15_REPORT_BYTES, 'TDX']],
  [4, [TD15EX_REPORT_BYTES, 'TDX']],
]);

interface BodyPlace {
  readonly start: number;
  readonly end: number;
}

/** Where the body is: after the header, in version 5 after a descriptor of type and size. */
const locateBody = (bytes: Uint8Array, header: QuoteHeader): Result<BodyPlace> => {
  if (header.version !== 5) {
    const size = header.tee === 'SGX' ? SGX_REPORT_BYTES : TD10_REPORT_BYTES;
    return ok({ start: HEADER_BYTES, end: HEADER_BYTES + size });
  }
  const start = HEADER_BYTES + DESCRIPTOR_BYTES;
  if (bytes.length < start) return truncated(start, bytes.length);
  const type = u16le(bytes, HEADER_BYTES);
  const declared = u32le(bytes, HEADER_BYTES + 2);
  const known = BODY_TYPES.get(type);
  if (known === undefined) {
    return reject('quote', 'tee/body-type-unsupported', { type: String(type) });
  }
  const [size, tee] = known;
  if (declared !== size) {
    return reject('quote', 'tee/body-size-mismatch', {
      type: String(type),
      declared: String(declared),
      expected: String(size),
    });
  }
  if (tee !== header.tee) {
    return reject('quote', 'tee/tee-type-mismatch', { body: String(type), tee: header.tee });
  }
  return ok({ start, end: start + size });
};

/**
 * A quote of version 3, 4 or 5 from its bytes. Every length is checked before it is used. Zero
 * bytes may follow the quote, since real evidence buffers are padded with them; anything else is
 * refused. Nothing is copied: the result views `bytes`.
 */
export const parseQuote = (bytes: Uint8Array): Result<Quote> => {
  if (bytes.length > MAX_QUOTE_BYTES) {
    return reject('quote', 'tee/quote-too-large', {
      bytes: String(bytes.length),
      limit: String(MAX_QUOTE_BYTES),
    });
  }
  const header = parseHeader(bytes);
  if (!header.ok) return header;
  const place = locateBody(bytes, header.value);
  if (!place.ok) return place;
  const { start, end } = place.value;
  if (bytes.length < end + 4) return truncated(end + 4, bytes.length);
  const authBytes = u32le(bytes, end);
  const total = end + 4 + authBytes;
  if (bytes.length < total) return truncated(total, bytes.length);
  if (!isZero(bytes.subarray(total))) {
    return reject('quote', 'tee/quote-trailing-bytes', { quote: String(total) });
  }
  const auth = parseAuthData(bytes.subarray(end + 4, total), header.value.version);
  if (!auth.ok) return auth;
  const raw = bytes.subarray(start, end);
  return ok({
    bytes: bytes.subarray(0, total),
    header: header.value,
    body: header.value.tee === 'SGX' ? parseSgxReport(raw) : parseTdReport(raw),
    signed: bytes.subarray(0, end),
    auth: auth.value,
  });
};
