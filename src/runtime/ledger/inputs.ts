import { ok, type Result } from '../../codec/failure.ts';
import { MAX_U64 } from '../../codec/index.ts';
import { type ActorId, parseActorId } from '../../machines/kit/index.ts';
import { runtimeFail } from '../errors.ts';

/** Checks of what a host hands in: its types are TypeScript's, its values may be anybody's. */

const HEX = /^(?:[0-9a-f]{2})*$/;

/** Hex digits of so many bytes. */
export const isHex = (text: unknown, bytes: number): text is string =>
  typeof text === 'string' && text.length === 2 * bytes && HEX.test(text);

/** Hex digits of any number of whole bytes. */
export const isHexText = (text: unknown): text is string =>
  typeof text === 'string' && HEX.test(text);

export const isU64 = (value: unknown): value is bigint =>
  typeof value === 'bigint' && value >= 0n && value <= MAX_U64;

export const isBytes = (value: unknown): value is Uint8Array => value instanceof Uint8Array;

export const badOption = (option: string, expected: string) =>
  runtimeFail('runtime/bad-option', { option, expected });

export const notBytes = (what: string) => badOption(what, 'a Uint8Array');

/** An address in its text form, `kind:hex`. */
export const actorOf = (text: string): Result<ActorId> => {
  const parsed = parseActorId(text);
  return parsed.ok ? ok(parsed.value) : runtimeFail('runtime/bad-actor', { found: text });
};

/** A count of at least one and at most `most`. */
export const isCount = (value: unknown, most: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most;
