import * as Schema from 'effect/Schema';
import * as SchemaGetter from 'effect/SchemaGetter';
import * as HttpApiSchema from 'effect/http-api/HttpApiSchema';
import {
  jsonSchemaOf,
  type Json,
  type JsonSchema,
  type Schema as WireSchema,
} from '../../../codec/index.ts';
import { FORMS, writeJson } from '../../../client/wire/index.ts';
import { COMPONENTS, refOf } from './components.ts';

/*
 * The bodies of the API are described by the schemas of the codec, once for server, client and the
 * OpenAPI description. Here they become schemas of Effect, which route and document.
 */

interface Described {
  /** Name among the components of the OpenAPI description. */
  readonly identifier: string;
  readonly description: string;
}

/** What a server answers may become more; what a client sends has no unknown field. */
const answerSchema = (schema: WireSchema<unknown>): JsonSchema =>
  jsonSchemaOf(schema, { forms: FORMS, refOf, unknownFields: 'ignore' });
const requestSchema = (schema: WireSchema<unknown>): JsonSchema =>
  jsonSchemaOf(schema, { forms: FORMS, refOf });

/** Any JSON, described by a JSON Schema of ours. */
export const described = ({ identifier, description }: Described, schema: () => JsonSchema) =>
  Schema.Json.check(
    Schema.makeFilter(() => true, {
      identifier,
      description,
      toJsonSchema: () => ({ ...schema() }),
    }),
  );

/** Handlers are typed: what they give is what they say. */
const isAny = <T>(value: unknown): value is T => value !== undefined;

/** What a handler gives as a value of the codec's schema and the client gets as JSON. */
export const answer = <T>(schema: WireSchema<T>, names: Described) =>
  described(names, () => answerSchema(schema)).pipe(
    Schema.decodeTo(Schema.declare(isAny<T>), {
      // Only ever encoded: clients decode with the codec.
      decode: SchemaGetter.transform((json: Json) => json as T),
      encode: SchemaGetter.transform((value: T) => writeJson(schema, value)),
    }),
  );

/** One of several answers, which the handler writes itself. */
export const anyAnswer = (schemas: readonly WireSchema<unknown>[], names: Described) =>
  described(names, () => ({ anyOf: schemas.map(answerSchema) }));

/** A body that is sent: one of several. */
export const request = (schemas: readonly WireSchema<unknown>[], names: Described) =>
  described(names, () => {
    const all = schemas.map(requestSchema);
    return all.length === 1 ? (all[0] as JsonSchema) : { anyOf: all };
  });

/** The parts that bodies refer to by name. */
export const componentSchemas = () =>
  COMPONENTS.map(({ schema, isSent, ...names }) =>
    described(names, () => (isSent ? requestSchema(schema) : answerSchema(schema))),
  );

/** Decimal digits of a u64. */
export const decimal = (description: string) =>
  Schema.String.check(
    Schema.isPattern(/^(?:0|[1-9][0-9]{0,19})$/u, { description, expected: 'decimal digits' }),
  );

export const hexDigits = (bytes: number, description: string) =>
  Schema.String.check(
    Schema.isPattern(new RegExp(`^[0-9a-f]{${2 * bytes}}$`, 'u'), {
      description,
      expected: `${2 * bytes} lower-case hex digits`,
    }),
  );

export const flag = (description: string) =>
  Schema.Literals(['true', 'false']).annotate({ description, expected: 'true or false' });

const FAILURE = described(
  { identifier: 'Failure', description: 'What went wrong.' },
  (): JsonSchema => ({
    type: 'object',
    properties: {
      code: { type: 'string', description: 'Stable: docs/errors.md lists them.' },
      message: { type: 'string', description: 'What is wrong and what to do.' },
      details: {
        type: 'object',
        additionalProperties: { type: 'string' },
        description: 'What the message speaks of, by name.',
      },
    },
    required: ['code', 'message', 'details'],
  }),
);

/** Statuses that every request may come to. */
const ALWAYS = [400, 414, 500, 503] as const;

/** The failures of an endpoint, by status; handlers answer them themselves. */
export const failures = (...more: readonly (404 | 409 | 410 | 413 | 415 | 429)[]) =>
  [...ALWAYS, ...more]
    .toSorted((a, b) => a - b)
    .map((status) => FAILURE.pipe(HttpApiSchema.status(status)));
