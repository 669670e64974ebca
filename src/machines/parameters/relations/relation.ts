import type { Parameters } from '../record.ts';

/** One condition that a parameter set must meet, so that the rules of the chain hold together. */
export interface Relation {
  /** Stable name, shown in failures and in the documentation. */
  readonly name: string;
  /** The field to change when it fails, as in the genesis file below `parameters`. */
  readonly path: string;
  readonly holds: (parameters: Parameters) => boolean;
  /** What is asked of the field, with the bound that these parameters give. */
  readonly explain: (parameters: Parameters) => string;
}

/** One number of a parameter set with its path. */
export interface NumberField {
  readonly path: string;
  readonly of: (parameters: Parameters) => bigint | number;
}

export const field = (path: string, of: NumberField['of']): NumberField => ({ path, of });

/** A relation that asks the same of each of several fields. */
export const forEach = (
  fields: readonly NumberField[],
  name: string,
  holds: (value: bigint) => boolean,
  explanation: string,
): readonly Relation[] =>
  fields.map(({ path, of }) => ({
    name,
    path,
    holds: (parameters) => holds(BigInt(of(parameters))),
    explain: (parameters) => `${explanation}; it is ${of(parameters)}`,
  }));
