import { MAX_BODY_BYTES } from '../../client/wire/limits.ts';

/** Where a node listens unless told: this machine only. */
export const DEFAULT_HOST = '127.0.0.1';
export const DEFAULT_PORT = 9640;

/** Bounds of what clients can ask of a node; each may be chosen otherwise. */
export interface HttpLimits {
  /** Bytes of a request's body, whether or not it says its length. */
  readonly bodyBytes: number;
  /** Bytes of a request's line and headers together. */
  readonly headerBytes: number;
  /** Characters of an address with its query. */
  readonly urlCharacters: number;
  /** Open connections; further ones are closed at once. */
  readonly connections: number;
  /** Requests that are being answered. */
  readonly requests: number;
  /** Open event streams. */
  readonly subscribers: number;
  /** Blocks that a reader of events may fall behind before its stream is ended. */
  readonly subscriberLagBlocks: number;
  /** Milliseconds for a request's headers to arrive. */
  readonly headersMilliseconds: number;
  /** Milliseconds for a whole request to arrive. */
  readonly requestMilliseconds: number;
  /** Milliseconds without a byte in either direction after which a connection is closed. */
  readonly idleMilliseconds: number;
  /** Milliseconds that answers in hand get when the node stops. */
  readonly stopMilliseconds: number;
}

export const DEFAULT_HTTP_LIMITS: HttpLimits = {
  bodyBytes: MAX_BODY_BYTES,
  headerBytes: 8_192,
  urlCharacters: 2_048,
  connections: 1_024,
  requests: 128,
  subscribers: 256,
  subscriberLagBlocks: 1_024,
  headersMilliseconds: 10_000,
  requestMilliseconds: 30_000,
  idleMilliseconds: 60_000,
  stopMilliseconds: 5_000,
};

/** Between two comments on an event stream that has nothing to say; well below the idle time. */
export const HEARTBEAT_MILLISECONDS = 15_000;
/** Blocks whose events are kept as text for all who listen. */
export const MAX_KEPT_EVENT_TEXTS = 64;
