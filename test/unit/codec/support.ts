import { expect } from 'vitest';
import { type CodecErrorCode, type Result, codecErrors } from '../../../src/codec/index.ts';

/** The result is this failure, with the sentence of the catalogue. */
export function expectCode(result: Result<unknown>, code: CodecErrorCode): void {
  const failure = result.ok ? undefined : result.failure;
  expect(failure).toMatchObject({ code, message: codecErrors[code] });
}
