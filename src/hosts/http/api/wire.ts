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
import { FAILURE_STATUSES } from '../status.ts';

/*
 * The bodies of the API are described by the schemas of the codec, once for server, client and the
 * OpenAPI description. Here they become schemas of Effect, which route and document.
 */

interface Described {
  /** Name among the components of the OpenAPI description. */
  readonly identifier: string;
  readonly description: string;
}

/** Any JSON, described by a JSON Schema of ours. */
const jsonOf = ({ identifier, description }: Described, schema: () => JsonSchema) =>
  Schema.Json.check(
    Schema.makeFilter(() => true, {
      identifier,
      description,
      toJsonSchema: () => ({ ...schema() }),
    }),
  );

/** What a handler gives as a value of the codec's schema and the client gets as JSON. */
export const answer = <T>(schema: WireSchema<T>, described: Described) => {
  const describe = (): JsonSchema =>
    jsonSchemaOf(schema, { forms: FORMS, unknownFields: 'ignore' });
  return jsonOf(described, describe).pipe(
    Schema.decodeTo(
      Schema.declare((_): _ is T => true),
      {
        // Only ever encoded: clients decode with the codec.
        decode: SchemaGetter.transform((json: Json) => json as T),
        encode: SchemaGetter.transform((value: T) => writeJson(schema, value)),
      },
    ),
  );
};

/** One of several answers, which the handler writes itself. */
export const anyAnswer = (schemas: readonly WireSchema<unknown>[], described: Described) =>
  jsonOf(described, () => ({
    anyOf: schemas.map((schema) => jsonSchemaOf(schema, { forms: FORMS, unknownFields: 'ignore' })),
  }));

/** A body that is sent: no field may be there that the schema does not have. */
export const request = (schemas: readonly WireSchema<unknown>[], described: Described) =>
  jsonOf(described, () => {
    const all = schemas.map((schema) => jsonSchemaOf(schema, { forms: FORMS }));
    return all.length === 1 ? (all[0] as JsonSchema) : { anyOf: all };
  });

/** JSON that has a description of its own. */
export const document = jsonOf;

/** Decimal digits of a u64. */
export const decimal = (description: string) =>
  Schema.String.check(
    Schema.isPattern(/^(?:0|[1-9][0-9]{0,19})$/, { description, expected: 'decimal digits' }),
  );

export const hexDigits = (bytes: number, description: string) =>
  Schema.String.check(
    Schema.isPattern(new RegExp(`^[0-9a-f]{${2 * bytes}}$`), {
      description,
      expected: `${2 * bytes} lower-case hex digits`,
    }),
  );

export const flag = (description: string) =>
  Schema.Literals(['true', 'false']).annotate({ description, expected: 'true or false' });

const failure = (status: number) =>
  Schema.Struct({
    code: Schema.String.annotate({ description: 'Stable; see docs/errors.md.' }),
    message: Schema.String.annotate({ description: 'What is wrong and what to do.' }),
    details: Schema.Record(Schema.String, Schema.String),
  })
    .annotate({ description: 'What went wrong, with a stable code.' })
    .pipe(HttpApiSchema.status(status));

/** Every status with which an answer can fail; the body has one form. */
export const FAILURES = FAILURE_STATUSES.map(failure);
