import type { Failure } from '../../codec/index.ts';
import type { Json, JsonObject } from '../../codec/json/index.ts';
import { parseAmount } from '../../genesis/amount.ts';
import { simulationFail } from '../errors.ts';
import { MAX_NAME_CHARACTERS } from '../scenario/limits.ts';

type Failed = { readonly ok: false; readonly failure: Failure };

const NLUX_DIGITS = 9;
/** Above it not every nLUX of an amount in LUX is a float of its own: such amounts are texts. */
const MOST_LUX = 1_000_000;

export const isObject = (json: Json | undefined): json is JsonObject =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

/** nLUX of an amount in LUX, as a number or as text such as `"0.3"`. */
const nluxOf = (json: Json): bigint | undefined => {
  if (typeof json === 'string') return parseAmount(`${json} LUX`);
  if (typeof json !== 'number' || !(json >= 0 && json <= MOST_LUX)) return undefined;
  return parseAmount(`${json.toFixed(NLUX_DIGITS)} LUX`);
};

/**
 * Reads the fields of one object of a scenario. The first thing that is wrong is kept, and reading
 * goes on with defaults: whoever reads asks for `failure` at the end.
 */
export class Fields {
  readonly #given: JsonObject;
  readonly #path: string;
  readonly #known: string[] = [];
  #failed: Failed | undefined;

  constructor(json: Json | undefined, path: string) {
    this.#path = path;
    this.#given = isObject(json) ? json : {};
    if (json !== undefined && !isObject(json)) {
      this.fail(simulationFail('simulation/wrong-type', { path, expected: 'an object' }));
    }
  }

  fail(failed: Failed): void {
    this.#failed ??= failed;
  }

  pathOf(name: string): string {
    return this.#path === '' ? name : `${this.#path}.${name}`;
  }

  /** The value as it is. */
  json(name: string): Json | undefined {
    this.#known.push(name);
    return Object.hasOwn(this.#given, name) ? this.#given[name] : undefined;
  }

  #read<T>(name: string, preset: T, expected: string, read: (json: Json) => T | undefined): T {
    const given = this.json(name);
    if (given === undefined) return preset;
    const value = read(given);
    if (value !== undefined) return value;
    const isOfType = typeof given === 'number' || typeof given === 'string';
    const code = isOfType ? 'simulation/out-of-range' : 'simulation/wrong-type';
    this.fail(simulationFail(code, { path: this.pathOf(name), expected }));
    return preset;
  }

  /** A number from 0 to 1. */
  share(name: string, preset = 0): number {
    return this.#read(name, preset, 'a number from 0 to 1', (json) =>
      typeof json === 'number' && json >= 0 && json <= 1 ? json : undefined,
    );
  }

  /** A number from `least` to `most`. */
  number(name: string, preset: number, least: number, most: number): number {
    return this.#read(name, preset, `a number from ${least} to ${most}`, (json) =>
      typeof json === 'number' && json >= least && json <= most ? json : undefined,
    );
  }

  /** An integer from `least` to `most`. */
  count(name: string, preset: number, least: number, most: number): number {
    return this.#read(name, preset, `an integer from ${least} to ${most}`, (json) =>
      typeof json === 'number' && Number.isInteger(json) && json >= least && json <= most
        ? json
        : undefined,
    );
  }

  /** An amount in LUX; gives nLUX. */
  lux(name: string, presetNlux: bigint): bigint {
    const expected = `an amount in LUX, at most ${MOST_LUX} as a number, or a text such as "0.3"`;
    return this.#read(name, presetNlux, expected, nluxOf);
  }

  /** A text that may stand in the names of tallies; not one of those that are `taken`. */
  name(name: string, preset: string, taken: readonly string[]): string {
    const others = `other than ${taken.join(', ')}`;
    const expected = `a text of 1 to ${MAX_NAME_CHARACTERS} characters, ${others}`;
    return this.#read(name, preset, expected, (json) => {
      if (typeof json !== 'string' || !json.isWellFormed() || taken.includes(json))
        return undefined;
      return json.length > 0 && json.length <= MAX_NAME_CHARACTERS ? json : undefined;
    });
  }

  flag(name: string, preset: boolean): boolean {
    return this.#read(name, preset, 'true or false', (json) =>
      typeof json === 'boolean' ? json : undefined,
    );
  }

  choice<T extends string>(name: string, preset: T, choices: readonly T[]): T {
    return this.#read(name, preset, `one of ${choices.join(', ')}`, (json) =>
      choices.find((each) => each === json),
    );
  }

  /** What is wrong, if anything; asked last, since a field that was never read is unknown. */
  get failure(): Failed | undefined {
    const unknown = Object.keys(this.#given).find((name) => !this.#known.includes(name));
    if (this.#failed === undefined && unknown !== undefined) {
      const about = { path: this.pathOf(unknown), known: this.#known.join(', ') };
      this.fail(simulationFail('simulation/unknown-field', about));
    }
    return this.#failed;
  }
}
