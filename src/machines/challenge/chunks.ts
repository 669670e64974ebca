import { chunkDrawHash } from '../../codec/index.ts';

interface Draw {
  /** Randomness of the round after the last commit window. */
  readonly beacon: string;
  readonly challengeId: string;
  readonly round: number;
  /** Chunks that the party's output has. */
  readonly leaves: number;
  /** Chunks to draw: parameter `drawnChunks`. */
  readonly wanted: number;
}

const HASH_SPACE = 2n ** 256n;

/** One index below `leaves`, uniform: hashes beyond the last whole multiple are drawn again. */
const drawOne = (draw: Draw, index: number): number => {
  const leaves = BigInt(draw.leaves);
  const limit = HASH_SPACE - (HASH_SPACE % leaves);
  for (let counter = 0; ; counter += 1) {
    const drawn = BigInt(`0x${chunkDrawHash({ ...draw, index, counter })}`);
    if (drawn < limit) return Number(drawn % leaves);
  }
};

/** An index takes one of 256 numbers in the hash, which bounds the tries for distinct chunks. */
const MAX_TRIES = 256;

/**
 * The distinct chunks that a beacon round names, in the order drawn (PROTOCOL §6, 5): all of them
 * where the output has no more than are wanted.
 */
export const drawnChunks = (draw: Draw): readonly number[] => {
  if (draw.leaves <= draw.wanted) return Array.from({ length: draw.leaves }, (_, at) => at);
  const chosen: number[] = [];
  for (let index = 0; index < MAX_TRIES && chosen.length < draw.wanted; index += 1) {
    const chunk = drawOne(draw, index);
    if (!chosen.includes(chunk)) chosen.push(chunk);
  }
  return chosen;
};

/** The chunks named so far and more, each once. */
export const withNamed = (named: readonly number[], more: readonly number[]): readonly number[] => [
  ...new Set([...named, ...more]),
];

/**
 * What is compared of an output of so many leaves: the chunks that were named, as far as they
 * exist, and those drawn (PROTOCOL §7).
 */
export const comparedChunks = (draw: Draw, named: readonly number[]): readonly number[] => [
  ...new Set([...named.filter((index) => index < draw.leaves), ...drawnChunks(draw)]),
];
