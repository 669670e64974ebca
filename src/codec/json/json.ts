import type { Failure, Result } from '../failure.ts';
import type { Lowered } from '../schema/schema.ts';
import type { Shape } from '../schema/shape.ts';

/** A JSON value (RFC 8259), as `JSON.parse` gives it. */
export type Json = boolean | number | string | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

/** A JSON Schema (draft 2020-12, the dialect of OpenAPI 3.1). */
export type JsonSchema = JsonObject;

/**
 * A text that stands in JSON for a value that is something else on the wire, such as `kind:hex` for
 * the bytes of an address. It works on the form that the wire has (`Lowered`).
 */
export interface TextForm {
  /** A regular expression (ECMA-262) that every such text matches; part of the JSON Schema. */
  readonly pattern: string;
  readonly description: string;
  toText(lowered: Lowered): string;
  fromText(text: string): Result<Lowered, Failure>;
}

export interface JsonOptions {
  /** Text forms by the shape of the schema that they are for, compared by identity. */
  readonly forms?: ReadonlyMap<Shape, TextForm>;
  /**
   * What becomes of a field that the schema does not have: refused (the default, for what people
   * and programs send), or passed over (for answers of a server that may be newer).
   */
  readonly unknownFields?: 'refuse' | 'ignore';
}
