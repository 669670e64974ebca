// Numbers that follow from a seed, so that everybody who calibrates asks the same questions.

/** Draws integers from `[0, size)`. */
export type Draw = (size: number) => number;

const STATE_BITS = 32;

/** xorshift32 (Marsaglia 2003, "Xorshift RNGs", the triple 13, 17, 5); `seed` is not zero. */
export const drawsFrom = (seed: number): Draw => {
  let state = seed >>> 0;
  if (state === 0) throw new RangeError('xorshift32 stays at zero: give another seed.');
  return (size) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    // The upper bits of the product: the lower bits of the state are the weaker ones.
    return Number((BigInt(state >>> 0) * BigInt(size)) >> BigInt(STATE_BITS));
  };
};

/** One of `items`. */
export const pick = <T>(draw: Draw, items: readonly T[]): T => {
  const item = items[draw(items.length)];
  if (item === undefined) throw new RangeError('There is nothing to draw from.');
  return item;
};
