import fc from 'fast-check';
import { drawHash, hash, u32be } from '../../../src/codec/index.ts';
import { populationOf } from '../../../src/machines/profile/population.ts';
import { EMPTY_SET, type SetNode, type StakeSet } from '../../../src/machines/profile/record.ts';
import { setWeight } from '../../../src/machines/profile/set-tree.ts';
import type { Population } from '../../../src/machines/selection/index.ts';

/** One line of the naive list that the tree is compared with. */
export interface Line {
  readonly owner: string;
  readonly provider: string;
  readonly weight: bigint;
}

/** An address that is spread over the whole range, as real ones are. */
export const address = (number: number): string => hash('aivm/test/1', u32be(number)).slice(0, 40);

const byKey = (a: Line, b: Line): number => (a.owner + a.provider < b.owner + b.provider ? -1 : 1);

export const sorted = (lines: readonly Line[]): readonly Line[] =>
  lines.filter(({ weight }) => weight > 0n).toSorted(byKey);

/** A tree of these lines, in the order given, and its nodes. */
export const treeOf = (lines: readonly Line[]) => {
  const nodes = new Map<bigint, SetNode>();
  let set: StakeSet = EMPTY_SET;
  let next = 1n;
  for (const { owner, provider, weight } of lines) {
    const read = (id: bigint) => nodes.get(id);
    const change = setWeight(set, { owner, provider }, weight, { read, next, mutableFrom: 1n });
    for (const [id, node] of change.puts) {
      if (node === undefined) nodes.delete(id);
      else nodes.set(id, node);
    }
    ({ set, next } = change);
  }
  return { set, nodes };
};

export const populationOfLines = (lines: readonly Line[]): Population => {
  const { set, nodes } = treeOf(lines);
  return populationOf(set, (id) => nodes.get(id));
};

/** Members of few owners with few different weights, each provider once. */
export const linesArbitrary = (most = 24): fc.Arbitrary<readonly Line[]> =>
  fc
    .uniqueArray(
      fc.record({
        owner: fc.nat(9),
        provider: fc.nat(40),
        weight: fc.oneof(fc.bigInt(1n, 9n), fc.bigInt(1n, 10n ** 24n)),
      }),
      { selector: ({ provider }) => provider, minLength: 1, maxLength: most },
    )
    .map((lines) =>
      lines.map(({ owner, provider, weight }) => ({
        owner: address(owner),
        provider: address(100 + provider),
        weight,
      })),
    );

/** PROTOCOL §6.1 by walking a list: shares nothing with the tree. */
export const naiveDraw = (
  lines: readonly Line[],
  excluded: ReadonlySet<string>,
  draw: { readonly seed: string; readonly seat: number; readonly attempt: number },
  isExcluded: (line: Line) => boolean = () => false,
): Line | undefined => {
  const without = new Set(excluded);
  let counter = 0;
  for (;;) {
    const left = sorted(lines).filter(({ owner }) => !without.has(owner));
    const total = left.reduce((sum, { weight }) => sum + weight, 0n);
    if (total === 0n) return undefined;
    let value: bigint;
    do {
      value = BigInt(`0x${drawHash({ ...draw, counter: counter++ })}`);
    } while (value >= (2n ** 256n / total) * total);
    let rest = value % total;
    const drawn = left.find(({ weight }) => {
      rest -= weight;
      return rest < 0n;
    });
    if (drawn === undefined || !isExcluded(drawn)) return drawn;
    without.add(drawn.owner);
  }
};
