import { base58 } from '@scure/base';
import { type Failure, type Result, ok } from '../failure.ts';
import { concatBytes, equalBytes, fromHex, toHex } from '../bytes.ts';
import { codecFail } from '../errors.ts';
import { sha256 } from '../hash.ts';

const CHECKSUM_BYTES = 4;
const NODE_ID_BYTES = 20;
const NODE_ID_PREFIX = 'NodeID-';
/** Base58 takes quadratic time; no id is near this long (32 bytes give about 50 characters). */
export const MAX_CB58_CHARACTERS = 128;
const BASE58_TEXT = /^[1-9A-HJ-NP-Za-km-z]*$/;

const checksum = (bytes: Uint8Array): Uint8Array => sha256(bytes).subarray(32 - CHECKSUM_BYTES);

/** CB58, the text form of ids in Lux and Avalanche: base58 of bytes ‖ last 4 bytes of SHA-256. */
export const encodeCb58 = (bytes: Uint8Array): string =>
  base58.encode(concatBytes(bytes, checksum(bytes)));

/** The bytes of a CB58 text. */
export function decodeCb58(text: string): Result<Uint8Array, Failure> {
  if (text.length === 0 || text.length > MAX_CB58_CHARACTERS) {
    return codecFail('codec/cb58-length', { limit: String(MAX_CB58_CHARACTERS) });
  }
  if (!BASE58_TEXT.test(text)) return codecFail('codec/cb58-alphabet');
  const all = base58.decode(text);
  if (all.length < CHECKSUM_BYTES) return codecFail('codec/cb58-length');
  const bytes = all.slice(0, all.length - CHECKSUM_BYTES);
  const given = all.subarray(all.length - CHECKSUM_BYTES);
  return equalBytes(checksum(bytes), given) ? ok(bytes) : codecFail('codec/cb58-checksum');
}

/** `NodeID-…` of a node's 20 bytes (40 hex digits). */
export const formatNodeId = (nodeId: string): string => {
  return NODE_ID_PREFIX + encodeCb58(fromHex(nodeId));
};

/** The 20 bytes (40 hex digits) of a `NodeID-…`. */
export function parseNodeId(text: string): Result<string, Failure> {
  if (!text.startsWith(NODE_ID_PREFIX)) return codecFail('codec/node-id-prefix');
  const decoded = decodeCb58(text.slice(NODE_ID_PREFIX.length));
  if (!decoded.ok) return decoded;
  const found = String(decoded.value.length);
  if (decoded.value.length === NODE_ID_BYTES) return ok(toHex(decoded.value));
  return codecFail('codec/cb58-length', { expected: String(NODE_ID_BYTES), found });
}
