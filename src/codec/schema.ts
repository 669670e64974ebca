export type { Infer, Lowered, Schema } from './schema/schema.ts';
export type { NamedShape, Shape, VariantShape } from './schema/shape.ts';
export { amount, bool, literalEnum, u16, u32, u64, u8 } from './schema/scalars.ts';
export { blob, hex, text } from './schema/strings.ts';
export { MAX_CONTAINERS, list, mapped, optional } from './schema/composites.ts';
export type { Fields, InferFields } from './schema/layout.ts';
export { record, rows } from './schema/records.ts';
export {
  type InferVariants,
  type VariantDefinitions,
  type VariantOf,
  variants,
} from './schema/variants.ts';
export { decode, embedded, encode } from './schema/codec.ts';
