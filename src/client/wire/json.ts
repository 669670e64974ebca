import {
  fromJson,
  ok,
  toHex,
  toJson,
  type Failure,
  type Json,
  type Result,
  type Schema,
  type Shape,
  type TextForm,
} from '../../codec/index.ts';
import { ACTOR_KINDS, addressBytes, anyActor, parseActorId } from '../../machines/kit/address.ts';
import type { ActorKind } from '../../machines/kit/address.ts';

const KINDS = Object.keys(ACTOR_KINDS) as ActorKind[];

const KIND_OF_CODE = new Map<number, ActorKind>(
  KINDS.map((kind) => [ACTOR_KINDS[kind].code, kind]),
);

/** Addresses of actors, which are bytes on the wire, stand in JSON as people write them. */
const actorForm: TextForm = {
  pattern: `^(${KINDS.join('|')}):([0-9a-f]{2})*$`,
  description: 'Address of an actor: its kind, a colon, its key in hex.',
  toText(lowered) {
    const bytes = lowered as Uint8Array;
    return `${KIND_OF_CODE.get(bytes[0] ?? 0)}:${toHex(bytes.subarray(1))}`;
  },
  fromText(text) {
    const parsed = parseActorId(text);
    return parsed.ok ? ok(addressBytes(parsed.value)) : parsed;
  },
};

/** The text forms of the API. */
export const FORMS: ReadonlyMap<Shape, TextForm> = new Map([[anyActor.shape, actorForm]]);

/** A value as the API writes it. */
export const writeJson = <T>(schema: Schema<T>, value: T): Json =>
  toJson(schema, value, { forms: FORMS });

/** What a client sends: every field has to be known. */
export const readRequest = <T>(schema: Schema<T>, json: Json): Result<T, Failure> =>
  fromJson(schema, json, { forms: FORMS });

/** What a server answers: it may be newer and say more. */
export const readAnswer = <T>(schema: Schema<T>, json: Json): Result<T, Failure> =>
  fromJson(schema, json, { forms: FORMS, unknownFields: 'ignore' });
