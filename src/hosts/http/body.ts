import * as Effect from 'effect/Effect';
import type { HttpServerRequest } from 'effect/http/HttpServerRequest';
import { ok, type Failure, type Json, type Result } from '../../codec/index.ts';
import { hostFail } from '../errors.ts';

/** Media type of a body without its parameters (RFC 9110 §8.3.1); JSON where none is named. */
export const mediaType = (request: HttpServerRequest): string =>
  (request.headers['content-type'] ?? 'application/json').split(';')[0]?.trim().toLowerCase() ?? '';

/** The bytes of a body; the guard in front of the router has read and measured it. */
export const bodyBytes = (request: HttpServerRequest): Effect.Effect<Uint8Array> =>
  Effect.map(Effect.orDie(request.arrayBuffer), (buffer) => new Uint8Array(buffer));

/** The JSON of a body. */
export const bodyJson = (bytes: Uint8Array): Result<Json, Failure> => {
  try {
    return ok(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Json);
  } catch {
    return hostFail('hosts/bad-json');
  }
};
