import * as Effect from 'effect/Effect';
import * as HttpServerResponse from 'effect/http/HttpServerResponse';
import type { Failure, Result } from '../../codec/failure.ts';
import { statusOf } from './status.ts';

/** A failure as every answer of the API that is none has it. */
export const failureBody = ({ code, message, details }: Failure): string =>
  JSON.stringify({ code, message, details });

const TRY_AGAIN_SECONDS = '1';

/** Headers of a failure: what is too much now may be asked again soon. */
export const failureHeaders = (status: number): Record<string, string> => ({
  'content-type': 'application/json',
  ...(status === 429 || status === 503 ? { 'retry-after': TRY_AGAIN_SECONDS } : {}),
});

/** A failure as a response, for what never comes to the router. */
export const webFailure = (failure: Failure): Response => {
  const status = statusOf(failure);
  return new Response(failureBody(failure), { status, headers: failureHeaders(status) });
};

/** A Result as what a handler gives: the value, or the response that tells the failure. */
export const reply = <T>(
  result: Result<T, Failure>,
): Effect.Effect<T | HttpServerResponse.HttpServerResponse> => {
  if (result.ok) return Effect.succeed(result.value);
  const status = statusOf(result.failure);
  const headers = failureHeaders(status);
  const { 'content-type': contentType, ...rest } = headers;
  return Effect.succeed(
    HttpServerResponse.text(failureBody(result.failure), {
      status,
      headers: rest,
      ...(contentType === undefined ? {} : { contentType }),
    }),
  );
};
