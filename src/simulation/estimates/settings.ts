import { assert } from '../../codec/failure.ts';
import { exact, multiply, nearest, rational, type Rational } from '../closed-forms/exact.ts';
import type { ParameterValue } from '../result.ts';

/** nLUX of a LUX (PROTOCOL §2). */
export const NLUX: bigint = 1_000_000_000n;

const toNlux = (lux: number | string): bigint => nearest(multiply(exact(lux), rational(NLUX)));

type Values = Readonly<Record<string, ParameterValue>>;

/**
 * Parameters that were checked against their table: asking for another type is a programmer's
 * error.
 */
export class Settings {
  /** By their canonical names, in the order of the table. */
  readonly values: Values;

  constructor(values: Values) {
    this.values = values;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.values, name);
  }

  #value(name: string): ParameterValue {
    const value = this.has(name) ? this.values[name] : undefined;
    assert(value !== undefined, `the parameter ${name} has no value`);
    return value;
  }

  #scalar(name: string): number | string {
    const value = this.#value(name);
    assert(typeof value === 'number' || typeof value === 'string', `${name} is a number`);
    return value;
  }

  share(name: string): Rational {
    return exact(this.#scalar(name));
  }

  count(name: string): number {
    return Number(this.#scalar(name));
  }

  /** nLUX. */
  amount(name: string): bigint {
    return toNlux(this.#scalar(name));
  }

  flag(name: string): boolean {
    return this.#value(name) === true;
  }

  choice(name: string): string {
    return String(this.#scalar(name));
  }

  counts(name: string): readonly number[] {
    const value = this.#value(name);
    assert(typeof value === 'object', `${name} is a list`);
    return value;
  }

  shares(name: string): readonly Rational[] {
    const value = this.#value(name);
    return typeof value === 'object' ? value.map(exact) : [this.share(name)];
  }

  /** nLUX. */
  amounts(name: string): readonly bigint[] {
    return this.counts(name).map(toNlux);
  }
}
