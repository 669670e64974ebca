import { fromHex, mapped, toHex, blob, type Schema } from '../../codec/index.ts';
import { assert, failWith, ok } from '../../codec/failure.ts';
import { machineFailures } from '../errors.ts';

/**
 * The kinds of actors: the code that begins an address on the wire, and how many bytes of key
 * follow it. Singletons have no key. Codes are part of consensus and are never reused.
 */
export const ACTOR_KINDS = {
  account: { code: 1, keyBytes: 20 },
  model: { code: 2, keyBytes: 32 },
  profile: { code: 3, keyBytes: 32 },
  provider: { code: 4, keyBytes: 20 },
  request: { code: 5, keyBytes: 32 },
  attestation: { code: 6, keyBytes: 32 },
  challenge: { code: 7, keyBytes: 32 },
  parameters: { code: 8, keyBytes: 0 },
  beacon: { code: 9, keyBytes: 0 },
  trustStore: { code: 10, keyBytes: 0 },
  auditPool: { code: 11, keyBytes: 0 },
  treasury: { code: 12, keyBytes: 0 },
  burn: { code: 13, keyBytes: 0 },
  announcement: { code: 14, keyBytes: 32 },
} as const;

export type ActorKind = keyof typeof ACTOR_KINDS;

/** `kind:key`, the key in lower-case hex; it is what a person reads in a refusal or an event. */
export type ActorId<K extends ActorKind = ActorKind> = K extends ActorKind
  ? `${K}:${string}`
  : never;

const KIND_OF_CODE = new Map<number, ActorKind>(
  (Object.keys(ACTOR_KINDS) as ActorKind[]).map((kind) => [ACTOR_KINDS[kind].code, kind]),
);

/** The address of an actor; the key's length is the kind's, else the program is wrong. */
export const actorId = <K extends ActorKind>(kind: K, key = ''): ActorId<K> => {
  assert(key.length === 2 * ACTOR_KINDS[kind].keyBytes, `key length of ${kind}`);
  return `${kind}:${key}` as ActorId<K>;
};

export const PARAMETERS = actorId('parameters');
export const BEACON = actorId('beacon');
export const TRUST_STORE = actorId('trustStore');
export const AUDIT_POOL = actorId('auditPool');
export const TREASURY = actorId('treasury');
export const BURN = actorId('burn');

export const kindOf = (id: ActorId): ActorKind => id.slice(0, id.indexOf(':')) as ActorKind;

/** The key of an address in hex; empty for a singleton. */
export const keyOf = (id: ActorId): string => id.slice(id.indexOf(':') + 1);

/** Address bytes: `u8(code) ‖ key`. Byte order of these is the order of actors everywhere. */
export const addressBytes = (id: ActorId): Uint8Array => fromHex(addressHex(id));

export const addressHex = (id: ActorId): string => {
  const { code } = ACTOR_KINDS[kindOf(id)];
  return (code < 16 ? '0' : '') + code.toString(16) + keyOf(id);
};

const fail = failWith(machineFailures);
const LONGEST_ADDRESS_BYTES = 33;

/** Reads an address; refused unless the code is known and the key has the kind's length. */
const readAddress = (bytes: Uint8Array) => {
  const kind = KIND_OF_CODE.get(bytes[0] ?? 0);
  if (kind === undefined || bytes.length !== 1 + ACTOR_KINDS[kind].keyBytes) {
    return fail('machines/bad-address', { address: toHex(bytes) });
  }
  return ok(actorId(kind, toHex(bytes.subarray(1))) as ActorId);
};

export const anyActor: Schema<ActorId> = mapped(
  blob(LONGEST_ADDRESS_BYTES),
  readAddress,
  addressBytes,
);

/** Parses the text form `kind:hex`, as people and JSON write it. */
export const parseActorId = (text: string) => {
  const [kind = '', key = '', ...rest] = text.split(':');
  const isKnown = Object.hasOwn(ACTOR_KINDS, kind) && rest.length === 0;
  if (!isKnown || !/^[0-9a-f]*$/.test(key)) return fail('machines/bad-address', { address: text });
  const known = kind as ActorKind;
  if (key.length !== 2 * ACTOR_KINDS[known].keyBytes)
    return fail('machines/bad-address', { address: text });
  return ok(actorId(known, key) as ActorId);
};
