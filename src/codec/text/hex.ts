import { type Failure, type Result, ok } from '../failure.ts';
import { codecFail } from '../errors.ts';

const HEX_TEXT = /^(?:0x)?((?:[0-9a-fA-F]{2})*)$/;

/** Lower-case hex of exactly so many bytes out of a text that a person wrote, `0x` allowed. */
export function parseHex(text: string, lengthBytes: number): Result<string, Failure> {
  const digits = HEX_TEXT.exec(text)?.[1];
  if (digits === undefined) return codecFail('codec/hex-format');
  if (digits.length === 2 * lengthBytes) return ok(digits.toLowerCase());
  const found = String(digits.length >>> 1);
  return codecFail('codec/hex-length', { expected: String(lengthBytes), found });
}
