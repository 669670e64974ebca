import { ok, type Failure, type Result } from '../../codec/failure.ts';
import { hrpOf, parseAddress, parseHex } from '../../codec/index.ts';
import { ACTOR_KINDS, actorId, type ActorId, type ActorKind } from '../../machines/kit/address.ts';
import { DEFAULT_PAGE_ITEMS } from '../../client/wire/index.ts';
import { hostFail } from '../errors.ts';

const ADDRESS_BYTES = 20;
/** How the key of a singleton stands in a path. */
const NO_KEY = '-';

export const parseKind = (text: string): Result<ActorKind, Failure> =>
  Object.hasOwn(ACTOR_KINDS, text)
    ? ok(text as ActorKind)
    : hostFail('hosts/unknown-kind', { known: Object.keys(ACTOR_KINDS).join(', ') });

/** An address in hex or, of this network, in bech32. */
export const parseAccount = (text: string, networkId: number): Result<string, Failure> =>
  text.includes('-') ? parseAddress(text, hrpOf(networkId)) : parseHex(text, ADDRESS_BYTES);

/** The actor that a path names. */
export const parseActor = (
  kindText: string,
  key: string,
  networkId: number,
): Result<ActorId, Failure> => {
  const kind = parseKind(kindText);
  if (!kind.ok) return kind;
  const { keyBytes } = ACTOR_KINDS[kind.value];
  const expected = keyBytes === 0 ? NO_KEY : `${2 * keyBytes} lower-case hex digits`;
  if (keyBytes === 0) {
    if (key !== NO_KEY) return hostFail('hosts/bad-key', { expected });
    return ok(actorId(kind.value) as ActorId);
  }
  const parsed =
    keyBytes === ADDRESS_BYTES ? parseAccount(key, networkId) : parseHex(key, keyBytes);
  if (!parsed.ok) return hostFail('hosts/bad-key', { expected, cause: parsed.failure.code });
  return ok(actorId(kind.value, parsed.value) as ActorId);
};

export const parseHeight = (text: string | undefined): bigint | undefined =>
  text === undefined ? undefined : BigInt(text);

/** A number of items, at least one and at most `most`. */
export const parseLimit = (
  text: string | undefined,
  most: number,
  unlessTold = DEFAULT_PAGE_ITEMS,
): Result<number, Failure> => {
  if (text === undefined) return ok(unlessTold);
  const limit = BigInt(text);
  const isInRange = limit >= 1n && limit <= BigInt(most);
  if (isInRange) return ok(Number(limit));
  return hostFail('hosts/bad-request', { in: 'query', path: 'limit', expected: `1 to ${most}` });
};
