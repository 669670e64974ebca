/** Exact arithmetic on amounts; every rounding of the protocol goes through here. */

const BASIS_POINTS = 10_000n;

/** `⌈amount · bps / 10⁴⌉`, for non-negative arguments. */
export const bpsCeil = (amountNlux: bigint, bps: number): bigint =>
  ceilDiv(amountNlux * BigInt(bps), BASIS_POINTS);

/** `⌊amount · bps / 10⁴⌋`, for non-negative arguments. */
export const bpsFloor = (amountNlux: bigint, bps: number): bigint =>
  (amountNlux * BigInt(bps)) / BASIS_POINTS;

/** `⌈amount · 10⁴ / bps⌉`: the amount of which `bps` basis points are at least `amount`. */
export const bpsInverseCeil = (amountNlux: bigint, bps: number): bigint =>
  ceilDiv(amountNlux * BASIS_POINTS, BigInt(bps));

export const ceilDiv = (a: bigint, b: bigint): bigint => (a + b - 1n) / b;

export const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);
export const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);
