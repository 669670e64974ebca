import type { Tallies, Tally } from '../tally.ts';

/** A tally as JSON holds it: amounts as decimal text. */
type WireTally = readonly [
  name: string,
  n: number,
  sum: string,
  squares: string,
  counts?: readonly (readonly [value: string, times: number])[],
];

export const toWire = (tallies: Tallies): readonly WireTally[] =>
  [...tallies].map(([name, { n, sum, squares, counts }]) => {
    const line = [name, n, String(sum), String(squares)] as const;
    if (counts === undefined) return line;
    return [...line, [...counts].map(([value, times]) => [String(value), times] as const)];
  });

const WHOLE = /^-?\d+$/;

const isCount = (value: unknown): value is number => Number.isSafeInteger(value);
const isWhole = (value: unknown): value is string => typeof value === 'string' && WHOLE.test(value);

const countsOf = (wire: unknown): ReadonlyMap<bigint, number> | undefined => {
  if (!Array.isArray(wire)) return undefined;
  const counts = new Map<bigint, number>();
  for (const entry of wire as readonly unknown[]) {
    if (!Array.isArray(entry)) return undefined;
    const [value, times] = entry as readonly unknown[];
    if (!isWhole(value) || !isCount(times)) return undefined;
    counts.set(BigInt(value), times);
  }
  return counts;
};

const tallyOf = (wire: unknown): readonly [string, Tally] | undefined => {
  if (!Array.isArray(wire)) return undefined;
  const [name, n, sum, squares, counted] = wire as readonly unknown[];
  if (typeof name !== 'string' || !isCount(n) || !isWhole(sum) || !isWhole(squares)) {
    return undefined;
  }
  const tally = { n, sum: BigInt(sum), squares: BigInt(squares) };
  if (counted === undefined) return [name, tally];
  const counts = countsOf(counted);
  return counts === undefined ? undefined : [name, { ...tally, counts }];
};

/** What `toWire` wrote, or nothing if this is not it. */
export const fromWire = (wire: unknown): Tallies | undefined => {
  if (!Array.isArray(wire)) return undefined;
  const tallies = (wire as readonly unknown[]).map(tallyOf);
  const whole = tallies.filter((each) => each !== undefined);
  return whole.length === tallies.length ? new Map(whole) : undefined;
};
