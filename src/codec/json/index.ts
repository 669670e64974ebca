export { type JsonSchemaOptions, jsonSchemaOf } from './describe.ts';
export { type JsonErrorCode, jsonErrors } from './errors.ts';
export type { Json, JsonObject, JsonOptions, JsonSchema, TextForm } from './json.ts';
export { fromJson } from './read.ts';
export { toJson } from './write.ts';
