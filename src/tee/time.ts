import { byteAt } from './bytes.ts';
import { assert } from './result.ts';

/** Whole seconds since 1970-01-01T00:00:00Z. */
export type Seconds = number;

/** 9999-12-31T23:59:59Z, the last moment X.509 and the vendor's dates can say. */
export const MAX_SECONDS: Seconds = 253_402_300_799;

const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334] as const;
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** floor(year / 100) for 0 <= year < 43,000, without a division. */
const century = (year: number): number => (year * 5_243) >>> 19;

const isLeap = (year: number): boolean =>
  (year & 3) === 0 && (century(year) * 100 !== year || (century(year) & 3) === 0);

/** Leap years from year 1 up to and including `year`. */
const leapsThrough = (year: number): number => (year >>> 2) - century(year) + (century(year) >>> 2);

const LEAPS_BEFORE_1970 = leapsThrough(1969);

interface Fields {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** Seconds of a Gregorian date from 1970 on; undefined when there is no such date. */
const fromFields = (f: Fields): Seconds | undefined => {
  const daysBefore = DAYS_BEFORE_MONTH[f.month - 1];
  const monthDays = DAYS_IN_MONTH[f.month - 1];
  if (daysBefore === undefined || monthDays === undefined || f.year < 1970) return undefined;
  const leap = isLeap(f.year);
  const days = f.month === 2 && leap ? 29 : monthDays;
  if (f.day < 1 || f.day > days || f.hour > 23 || f.minute > 59 || f.second > 59) return undefined;
  const dayNumber =
    365 * (f.year - 1970) +
    (leapsThrough(f.year - 1) - LEAPS_BEFORE_1970) +
    daysBefore +
    (leap && f.month > 2 ? 1 : 0) +
    f.day -
    1;
  return dayNumber * 86_400 + f.hour * 3_600 + f.minute * 60 + f.second;
};

/** The decimal number of `count` digits at `offset`, or NaN when there is another character. */
const digits = (bytes: Uint8Array, offset: number, count: number): number => {
  let value = 0;
  for (let i = offset; i < offset + count; i += 1) {
    const digit = byteAt(bytes, i) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
};

const compact = (bytes: Uint8Array, offset: number, year: number): Seconds | undefined => {
  const fields: Fields = {
    year,
    month: digits(bytes, offset, 2),
    day: digits(bytes, offset + 2, 2),
    hour: digits(bytes, offset + 4, 2),
    minute: digits(bytes, offset + 6, 2),
    second: digits(bytes, offset + 8, 2),
  };
  if (Object.values(fields).some(Number.isNaN)) return undefined;
  return bytes[offset + 10] === 0x5a ? fromFields(fields) : undefined;
};

/**
 * `YYMMDDHHMMSSZ`, the only form of UTCTime in DER. RFC 5280 §4.1.2.5.1: a year of 50 or more lies
 * in the twentieth century.
 */
export const parseUtcTime = (bytes: Uint8Array): Seconds | undefined => {
  if (bytes.length !== 13) return undefined;
  const short = digits(bytes, 0, 2);
  return compact(bytes, 2, short >= 50 ? 1900 + short : 2000 + short);
};

/** `YYYYMMDDHHMMSSZ`, the only form of GeneralizedTime in RFC 5280 §4.1.2.5.2. */
export const parseGeneralizedTime = (bytes: Uint8Array): Seconds | undefined =>
  bytes.length === 15 ? compact(bytes, 4, digits(bytes, 0, 4)) : undefined;

const ISO_PUNCTUATION: readonly (readonly [number, number])[] = [
  [4, 0x2d],
  [7, 0x2d],
  [10, 0x54],
  [13, 0x3a],
  [16, 0x3a],
  [19, 0x5a],
];

/** `YYYY-MM-DDTHH:MM:SSZ` exactly, as the vendor serves dates: no offset, no fraction. */
export const parseIsoTime = (text: string): Seconds | undefined => {
  if (text.length !== 20) return undefined;
  const bytes = new Uint8Array(20);
  for (let i = 0; i < 20; i += 1) {
    const code = text.charCodeAt(i);
    if (code > 127) return undefined;
    bytes[i] = code;
  }
  if (ISO_PUNCTUATION.some(([at, code]) => bytes[at] !== code)) return undefined;
  const fields: Fields = {
    year: digits(bytes, 0, 4),
    month: digits(bytes, 5, 2),
    day: digits(bytes, 8, 2),
    hour: digits(bytes, 11, 2),
    minute: digits(bytes, 14, 2),
    second: digits(bytes, 17, 2),
  };
  return Object.values(fields).some(Number.isNaN) ? undefined : fromFields(fields);
};

/** The caller's time as an integer; anything else is a programmer error. */
export const secondsOf = (now: bigint | number): Seconds => {
  const value = Number(now);
  assert(Number.isSafeInteger(value) && value >= 0, 'now must be whole Unix seconds');
  return value;
};

const SECONDS_PER_DAY = 86_400;
const SECONDS_PER_YEAR = 365 * SECONDS_PER_DAY;

/** How often `unit` fits into `value`, and what is left; for small quotients. */
const countOff = (value: number, unit: number): readonly [count: number, rest: number] => {
  let count = 0;
  let rest = value;
  while (rest >= unit) {
    rest -= unit;
    count += 1;
  }
  return [count, rest];
};

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

/** `YYYY-MM-DDTHH:MM:SSZ` of a moment from 1970 to 9999: the inverse of `parseIsoTime`. */
export const formatIsoTime = (seconds: Seconds): string => {
  assert(seconds >= 0 && seconds <= MAX_SECONDS, 'a moment from 1970 to 9999');
  let year = 1970;
  let rest = seconds;
  for (;;) {
    const length = SECONDS_PER_YEAR + (isLeap(year) ? SECONDS_PER_DAY : 0);
    if (rest < length) break;
    rest -= length;
    year += 1;
  }
  let month = 0;
  for (const days of DAYS_IN_MONTH) {
    const length = (days + (month === 1 && isLeap(year) ? 1 : 0)) * SECONDS_PER_DAY;
    if (rest < length) break;
    rest -= length;
    month += 1;
  }
  const [day, inDay] = countOff(rest, SECONDS_PER_DAY);
  const [hour, inHour] = countOff(inDay, 3_600);
  const [minute, second] = countOff(inHour, 60);
  const clock = `${pad(hour, 2)}:${pad(minute, 2)}:${pad(second, 2)}`;
  return `${pad(year, 4)}-${pad(month + 1, 2)}-${pad(day + 1, 2)}T${clock}Z`;
};
