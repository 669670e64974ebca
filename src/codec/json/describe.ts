import type { Schema } from '../schema/schema.ts';
import type { NamedShape, Shape, VariantShape } from '../schema/shape.ts';
import type { JsonObject, JsonOptions, JsonSchema } from './json.ts';

export interface JsonSchemaOptions extends JsonOptions {
  /**
   * Where the JSON Schema of a shape stands on its own, such as `#/components/schemas/Receipt`. It
   * is not asked about the shape that is being described.
   */
  readonly refOf?: (shape: Shape) => string | undefined;
}

/** Decimal digits of 2^64 − 1 and of 2^128 − 1. */
const U64_PATTERN = '^(0|[1-9][0-9]{0,19})$';
const AMOUNT_PATTERN = '^(0|[1-9][0-9]{0,38})$';

const describe = (shape: Shape, options: JsonSchemaOptions): JsonSchema => {
  const ref = options.refOf?.(shape);
  return ref === undefined ? describeWhole(shape, options) : { $ref: ref };
};

const describeUint = (bits: 8 | 16 | 32 | 64): JsonSchema =>
  bits === 64
    ? { type: 'string', pattern: U64_PATTERN, format: 'uint64' }
    : { type: 'integer', minimum: 0, maximum: Number((1n << BigInt(bits)) - 1n) };

const describeWhole = (shape: Shape, options: JsonSchemaOptions): JsonSchema => {
  const form = options.forms?.get(shape);
  if (form !== undefined) {
    return { type: 'string', pattern: form.pattern, description: form.description };
  }
  switch (shape.kind) {
    case 'bool':
      return { type: 'boolean' };
    case 'amount':
      return { type: 'string', pattern: AMOUNT_PATTERN, format: 'uint128' };
    case 'uint':
      return describeUint(shape.bits);
    case 'hex':
      return { type: 'string', pattern: `^[0-9a-f]{${2 * shape.bytes}}$` };
    case 'blob':
      return { type: 'string', pattern: '^([0-9a-f]{2})*$', maxLength: 2 * shape.maxBytes };
    case 'text':
      return { type: 'string', maxLength: shape.maxBytes };
    case 'enum':
      return { type: 'string', enum: shape.literals };
    case 'list':
      return {
        type: 'array',
        items: describe(shape.item, options),
        maxItems: shape.maxItems,
      };
    case 'optional':
      return { anyOf: [describe(shape.item, options), { type: 'null' }] };
    case 'embedded':
      return describe(shape.item, options);
    case 'rows': {
      const items = describeFields(shape.fields, options);
      return { type: 'array', items, maxItems: shape.maxRows };
    }
    case 'record':
      return describeFields(shape.fields, options);
    case 'variants':
      return {
        oneOf: shape.variants.map((variant) => describeVariant(variant, options)),
      };
  }
};

const describeFields = (
  fields: readonly NamedShape[],
  options: JsonSchemaOptions,
  type?: JsonSchema,
): JsonSchema => {
  const properties: Record<string, JsonObject> = type === undefined ? {} : { type };
  for (const { name, shape } of fields) properties[name] = describe(shape, options);
  const required = fields.filter(({ shape }) => shape.kind !== 'optional').map(({ name }) => name);
  return {
    type: 'object',
    properties,
    required: type === undefined ? required : ['type', ...required],
    ...(options.unknownFields === 'ignore' ? {} : { additionalProperties: false }),
  };
};

const describeVariant = ({ name, fields }: VariantShape, options: JsonSchemaOptions): JsonSchema =>
  describeFields(fields, options, { type: 'string', const: name });

/**
 * The JSON Schema (draft 2020-12) of what `toJson` gives and `fromJson` reads. It has the shape and
 * the limits; that a u64 is below 2^64 and what a `mapped` schema asks is beyond it.
 */
export const jsonSchemaOf = (
  schema: Schema<unknown>,
  options: JsonSchemaOptions = {},
): JsonSchema => describeWhole(schema.shape, options);
