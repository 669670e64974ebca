/**
 * Orders of insertion that are not what they were: encodings and roots may depend on contents only
 * (PROTOCOL §10). Seeded, so that a failure repeats.
 */

/** xorshift32: small, seeded, and the same on every engine. */
export const randomFrom = (seed: number): ((below: number) => number) => {
  let state = seed | 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
};

/** The same items in another order (Fisher–Yates). */
export const shuffled = <T>(items: Iterable<T>, random: (below: number) => number): T[] => {
  const list = [...items];
  for (let at = list.length - 1; at > 0; at -= 1) {
    const other = random(at + 1);
    [list[at], list[other]] = [list[other] as T, list[at] as T];
  }
  return list;
};

/** The same JSON with the keys of every object in another order. */
export const shuffledJson = (value: unknown, random: (below: number) => number): unknown => {
  if (Array.isArray(value)) return value.map((item) => shuffledJson(item, random));
  if (typeof value !== 'object' || value === null) return value;
  const entries = shuffled(Object.entries(value), random);
  return Object.fromEntries(entries.map(([key, item]) => [key, shuffledJson(item, random)]));
};
