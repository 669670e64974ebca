// A sample that is the same for the same seed.
import { createHash } from 'node:crypto';

const rank = (seed: number, key: string): string =>
  createHash('sha256').update(`${seed} ${key}`).digest('hex');

/** So many of them, in their own order. */
export const sampleOf = <T extends { readonly key: string }>(
  all: readonly T[],
  count: number,
  seed: number,
): readonly T[] => {
  const ranks = new Map(all.map(({ key }) => [key, rank(seed, key)]));
  const rankOf = ({ key }: T): string => ranks.get(key) ?? '';
  const byRank = all.toSorted((a, b) => (rankOf(a) < rankOf(b) ? -1 : 1));
  const chosen = new Set(byRank.slice(0, count));
  return all.filter((each) => chosen.has(each));
};
