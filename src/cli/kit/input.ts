import type { Input } from './spec.ts';
import { stop } from './stop.ts';

/** `gasLimit` as it is typed: `--gas-limit`. */
const flagOf = (name: string): string =>
  `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** An argument that the command's form requires. */
export const argument = ({ arguments: given }: Input, at: number): string => {
  const value = given[at];
  return typeof value === 'string' ? value : stop('cli/usage', { cause: 'an argument is missing' });
};

export const optionalArgument = ({ arguments: given }: Input, at: number): string | undefined => {
  const value = given[at];
  return typeof value === 'string' ? value : undefined;
};

/** The last argument of a form such as `<file...>`. */
export const restArguments = ({ arguments: given }: Input, at: number): readonly string[] => {
  const value = given[at];
  return Array.isArray(value) ? (value as readonly string[]) : [];
};

export const option = ({ options }: Input, name: string): string | undefined => {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
};

/** The values of an option that takes several. */
export const optionList = ({ options }: Input, name: string): readonly string[] => {
  const value = options[name];
  return Array.isArray(value) ? (value as readonly string[]) : [];
};

/** The values of an option that takes several and must have one. */
export const requiredList = (input: Input, name: string): readonly string[] => {
  const values = optionList(input, name);
  return values.length > 0 ? values : stop('cli/option-missing', { option: flagOf(name) });
};

export const requiredOption = (input: Input, name: string): string =>
  option(input, name) ?? stop('cli/option-missing', { option: flagOf(name) });

export const flag = ({ options }: Input, name: string): boolean => options[name] === true;

/** One of a few words. */
export const choice = <T extends string>(
  input: Input,
  name: string,
  known: readonly T[],
): T | undefined => {
  const value = option(input, name);
  if (value === undefined) return undefined;
  const found = known.find((each) => each === value);
  return found ?? stop('cli/bad-option', { option: flagOf(name), expected: known.join(', ') });
};
