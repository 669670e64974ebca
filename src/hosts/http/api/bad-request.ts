import type * as Effect from 'effect/Effect';
import * as HttpApiMiddleware from 'effect/http-api/HttpApiMiddleware';
import * as SchemaIssue from 'effect/SchemaIssue';
import type { HttpServerResponse } from 'effect/http/HttpServerResponse';
import { hostFail } from '../../errors.ts';
import { reply } from '../respond.ts';

const formatIssues = SchemaIssue.makeFormatterStandardSchemaV1();

const segment = (part: PropertyKey | { readonly key: PropertyKey }): string =>
  String(typeof part === 'object' ? part.key : part);

/** Turns what the schemas of the API refuse into a failure as all others are. */
export class BadRequest extends HttpApiMiddleware.Service<BadRequest>()('aivm/hosts/BadRequest') {
  static readonly layer = HttpApiMiddleware.layerSchemaErrorTransform(BadRequest, (error) => {
    const isOurs = error.kind === 'Body' || error.kind === 'ResponseHeaders';
    if (isOurs) return reply(hostFail('hosts/internal')) as Effect.Effect<HttpServerResponse>;
    const [issue] = formatIssues(error.cause.issue).issues;
    const failed = hostFail('hosts/bad-request', {
      in: error.kind.toLowerCase(),
      path: (issue?.path ?? []).map(segment).join('.'),
      expected: (issue?.message ?? '').replace(/^Expected /, ''),
    });
    return reply(failed) as Effect.Effect<HttpServerResponse>;
  });
}
