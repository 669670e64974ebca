import type { Failure, Result } from '../../codec/failure.ts';
import { ok } from '../../codec/failure.ts';
import type { Json } from '../../codec/json/index.ts';
import { exactly, isLess, ONE } from '../closed-forms/exact.ts';
import { simulationFail } from '../errors.ts';
import type { ParameterType } from '../estimates/parameters.ts';
import type { ParameterValue } from '../result.ts';

type Read<T = ParameterValue> = Result<T, Failure>;

/** More LUX than there will ever be. */
const MAX_LUX = 1e12;

const outOfRange = (path: string, expected: string): Read<never> =>
  simulationFail('simulation/out-of-range', { path, expected });
const wrongType = (path: string, expected: string): Read<never> =>
  simulationFail('simulation/wrong-type', { path, expected });

/** Of the fraction that a share is: draws are below 2^256, of which its parts are counted. */
const MAX_DENOMINATOR = 10n ** 40n;
const SHARE = 'a number from 0 to 1 of up to 40 decimals, or a fraction as text such as "1/3"';

const readShare = (json: Json, path: string): Read<number | string> => {
  if (typeof json !== 'number' && typeof json !== 'string') return wrongType(path, SHARE);
  const value = exactly(json);
  if (value === undefined) return wrongType(path, SHARE);
  const isWithin = value.num >= 0n && !isLess(ONE, value) && value.den <= MAX_DENOMINATOR;
  return isWithin ? ok(json) : outOfRange(path, SHARE);
};

const readCount = (
  json: Json,
  path: string,
  { least, most }: { readonly least: number; readonly most: number },
): Read<number> => {
  const expected = `a whole number from ${least} to ${most}`;
  if (typeof json !== 'number') return wrongType(path, expected);
  const isWithin = Number.isInteger(json) && json >= least && json <= most;
  return isWithin ? ok(json) : outOfRange(path, expected);
};

const AMOUNT = 'an amount of LUX, a number from 0 to 10^12';

const readAmount = (json: Json, path: string): Read<number> => {
  if (typeof json !== 'number') return wrongType(path, AMOUNT);
  return json >= 0 && json <= MAX_LUX ? ok(json) : outOfRange(path, AMOUNT);
};

const readList = <T>(
  json: Json,
  path: string,
  most: number,
  readItem: (item: Json, path: string) => Read<T>,
): Read<readonly T[]> => {
  if (!Array.isArray(json)) return wrongType(path, 'a list');
  if (json.length === 0) return outOfRange(path, 'a list of at least one');
  if (json.length > most) {
    return simulationFail('simulation/too-many', { path, limit: String(most) });
  }
  const items: T[] = [];
  for (const [index, item] of (json as readonly Json[]).entries()) {
    const read = readItem(item, `${path}[${index}]`);
    if (!read.ok) return read;
    items.push(read.value);
  }
  return ok(items);
};

/** Lists hold numbers only. */
const readNumericShare = (json: Json, path: string): Read<number> => {
  const read = readShare(json, path);
  if (!read.ok) return read;
  return typeof read.value === 'number' ? ok(read.value) : wrongType(path, 'a number from 0 to 1');
};

/** The value of a parameter, or what it must be. */
export const readValue = (is: ParameterType, json: Json, path: string): Read => {
  switch (is.type) {
    case 'share':
      return readShare(json, path);
    case 'shares':
      if (is.orOne === true && !Array.isArray(json)) return readShare(json, path);
      return readList(json, path, is.most, readNumericShare);
    case 'count':
      return readCount(json, path, is);
    case 'counts':
      return readList(json, path, is.items, (item, at) => readCount(item, at, is));
    case 'amount':
      return readAmount(json, path);
    case 'amounts':
      return readList(json, path, is.items, readAmount);
    case 'flag':
      return typeof json === 'boolean' ? ok(json) : wrongType(path, 'true or false');
    case 'choice': {
      const expected = `one of ${is.choices.join(', ')}`;
      if (typeof json !== 'string') return wrongType(path, expected);
      return is.choices.includes(json) ? ok(json) : outOfRange(path, expected);
    }
  }
};

export { readCount, readList, wrongType };
