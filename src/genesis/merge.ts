import { assert, type Shape } from '../codec/index.ts';
import { parameters, type Parameters } from '../machines/parameters/record.ts';
import { parseAmount } from './amount.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A value of the file, which has passed the file's schema, as the codec's schema has it. */
const valueOf = (shape: Shape, base: unknown, given: unknown, luxDecimals: number): unknown => {
  if (given === undefined) return base;
  switch (shape.kind) {
    case 'uint':
      return shape.bits === 64 ? BigInt(given as number) : given;
    case 'bool':
    case 'hex':
    case 'text':
    case 'enum':
      return given;
    case 'amount':
      return parseAmount(given as string, luxDecimals);
    case 'list':
      return (given as readonly unknown[]).map((item) =>
        valueOf(shape.item, undefined, item, luxDecimals),
      );
    case 'record':
      return Object.fromEntries(
        shape.fields.map(({ name, shape: field }) => [
          name,
          valueOf(field, (base as Fields)[name], (given as Fields)[name], luxDecimals),
        ]),
      );
    default:
      assert(false, `parameters have no ${shape.kind}`);
  }
};

/** The preset's parameters with those that the file names in their place. */
export const mergeParameters = (
  preset: Parameters,
  given: Fields,
  luxDecimals: number,
): Parameters => valueOf(parameters.shape, preset, given, luxDecimals) as Parameters;
