import type { Failure } from '../../codec/failure.ts';

const BAD_REQUEST = 400;

/**
 * HTTP status (RFC 9110 §15) of failures that are not simply a malformed request: the code says
 * exactly what is wrong, the status only which kind of thing.
 */
const STATUS: Readonly<Record<string, number>> = {
  // 404: there is no such thing.
  'hosts/unknown-route': 404,
  'hosts/unknown-kind': 404,
  'hosts/unknown-transaction': 404,
  'hosts/unknown-block': 404,
  'runtime/unknown-collection': 404,
  'runtime/height-ahead': 404,
  'store/unknown-height': 404,
  // 409: well formed, and against the state as it is.
  'actors/nonce-too-low': 409,
  'actors/nonce-skipped': 409,
  'actors/expired': 409,
  'actors/insufficient-balance': 409,
  'hosts/duplicate-transaction': 409,
  'hosts/nonce-too-far': 409,
  'hosts/replacement-underpriced': 409,
  // 410: it was there and is not kept.
  'store/pruned': 410,
  'runtime/height-pruned': 410,
  'hosts/body-too-large': 413,
  'hosts/url-too-long': 414,
  'hosts/unsupported-media-type': 415,
  // 429 and 503: too much, now.
  'hosts/too-many-subscribers': 429,
  'hosts/mempool-full': 503,
  'hosts/busy': 503,
  'hosts/stopped': 503,
  'hosts/halted': 503,
  'runtime/halted': 503,
  'runtime/closed': 503,
  // 500: nothing that the client did.
  'hosts/internal': 500,
  'runtime/defect': 500,
  'runtime/store-damaged': 500,
  'store/damaged': 500,
  'store/write-failed': 500,
};

export const statusOf = ({ code }: Failure): number => STATUS[code] ?? BAD_REQUEST;
