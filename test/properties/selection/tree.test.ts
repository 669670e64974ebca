import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { actorId } from '../../../src/machines/kit/index.ts';
import { LOCAL } from '../../../src/genesis/presets/local.ts';
import { EMPTY_SET, retiredNodes, setNodes } from '../../../src/machines/profile/record.ts';
import type { SetNode, StakeSet } from '../../../src/machines/profile/record.ts';
import { setAtBoundary } from '../../../src/machines/profile/set.ts';
import { membersOf, type NodeReader } from '../../../src/machines/profile/set-read.ts';
import { setWeight } from '../../../src/machines/profile/set-tree.ts';
import { populationOf } from '../../../src/machines/profile/population.ts';
import { longestChallengeBlocks } from '../../../src/machines/parameters/schedule.ts';
import { u64Key } from '../../../src/machines/kit/index.ts';
import { registered } from '../../unit/machines/profile/support.ts';
import { address, linesArbitrary, sorted, treeOf, type Line } from './support.ts';

const SEED = 90_210;

interface Change {
  readonly owner: number;
  readonly provider: number;
  readonly weight: bigint;
}

/** Weights of few members, again and again; 0 takes one out. */
const changes = fc.array(
  fc.record({
    owner: fc.nat(5),
    provider: fc.nat(3),
    weight: fc.oneof(fc.constant(0n), fc.bigInt(1n, 5n), fc.bigInt(1n, 10n ** 30n)),
  }),
  { maxLength: 60 },
);

const lineOf = ({ owner, provider, weight }: Change): Line => ({
  owner: address(owner),
  provider: address(1_000 + provider),
  weight,
});

const linesOf = (read: NodeReader, set: StakeSet): readonly Line[] =>
  membersOf(read, set).map(({ owner, provider, weightNlux }) => ({
    owner,
    provider,
    weight: weightNlux,
  }));

/** The tree without its ids. */
const shapeOf = (read: NodeReader, id: bigint): unknown => {
  const node = id === 0n ? undefined : read(id);
  if (node?.type !== 'branch') return node;
  const { bit, left, right } = node;
  const side = (child: typeof left) => ({
    weight: child.weightNlux,
    owners: child.owners,
    below: shapeOf(read, child.node),
  });
  return { bit, left: side(left), right: side(right) };
};

/** The last weight of each member. */
const outcome = (lines: readonly Line[]): readonly Line[] =>
  sorted([...new Map(lines.map((line) => [line.owner + line.provider, line])).values()]);

describe('the sum tree', () => {
  test('is a sorted list with sums, whatever came in, changed and left', () => {
    fc.assert(
      fc.property(changes, (given) => {
        const lines = given.map(lineOf);
        const { set, nodes } = treeOf(lines);
        const read: NodeReader = (id) => nodes.get(id);
        const expected = outcome(lines);
        expect(linesOf(read, set)).toEqual(expected);
        expect(set.weightNlux).toBe(expected.reduce((sum, { weight }) => sum + weight, 0n));
        expect(set.owners).toBe(new Set(expected.map(({ owner }) => owner)).size);
        // Nothing else is left: a tree of n members has 2n − 1 nodes.
        expect(nodes.size).toBe(Math.max(0, 2 * expected.length - 1));
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  test('has one shape for one set of members, in any order of changes', () => {
    fc.assert(
      fc.property(changes, fc.infiniteStream(fc.nat()), (given, keys) => {
        const lines = given.map(lineOf);
        const order = outcome(lines)
          .map((line) => ({ line, key: keys.next().value }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ line }) => line);
        const [one, two] = [treeOf(lines), treeOf(order)];
        const shape = ({ set, nodes }: typeof one) => shapeOf((id) => nodes.get(id), set.root);
        expect(shape(one)).toEqual(shape(two));
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  test('answers as a list does: member at a point, interval of an owner', () => {
    fc.assert(
      fc.property(linesArbitrary(), fc.bigInt(0n, 10n ** 30n), fc.nat(12), (lines, far, number) => {
        const { set, nodes } = treeOf(lines);
        const population = populationOf(set, (id) => nodes.get(id));
        const point = far % set.weightNlux;
        let from = 0n;
        const starts = sorted(lines).map((line) => {
          const start = from;
          from += line.weight;
          return { ...line, start };
        });
        const ofOwner = (owner: string) => {
          const all = starts.filter((line) => line.owner === owner);
          const weight = all.reduce((sum, line) => sum + line.weight, 0n);
          return all[0] && { from: all[0].start, weight };
        };
        const at = starts.findLast(({ start }) => start <= point);
        const interval = at && ofOwner(at.owner);
        expect(population.memberAt(point)).toEqual({
          owner: at?.owner,
          provider: at?.provider,
          weight: at?.weight,
          ownerFrom: interval?.from,
          ownerWeight: interval?.weight,
        });
        expect(population.intervalOf(address(number))).toEqual(ofOwner(address(number)));
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  test('one set of keys that differ in one bit anywhere', () => {
    const zero = '0'.repeat(40);
    const flip = (bit: number) =>
      ((1n << BigInt(159 - bit)) as bigint).toString(16).padStart(40, '0');
    const lines = Array.from({ length: 160 }, (_, bit) => [
      { owner: flip(bit), provider: zero, weight: 1n },
      { owner: zero, provider: flip(bit), weight: 1n },
    ]).flat();
    const { set, nodes } = treeOf(lines);
    expect(set.owners).toBe(161);
    expect(linesOf((id) => nodes.get(id), set)).toEqual(sorted(lines));
  });
});

describe('copy on write', () => {
  test('never touches a node that an older version can see', () => {
    fc.assert(
      fc.property(changes, fc.nat(7), (given, every) => {
        const nodes = new Map<bigint, SetNode>();
        const kept: { readonly set: StakeSet; readonly lines: readonly Line[] }[] = [];
        const read: NodeReader = (id) => nodes.get(id);
        let set: StakeSet = EMPTY_SET;
        let next = 1n;
        let mutableFrom = 1n;
        given.map(lineOf).forEach((line, index) => {
          if (index % (every + 1) === 0) {
            kept.push({ set, lines: linesOf(read, set) });
            mutableFrom = next;
          }
          const change = setWeight(set, line, line.weight, { read, next, mutableFrom });
          for (const id of change.retired) expect(id < mutableFrom).toBe(true);
          for (const [id, node] of change.puts) {
            expect(id >= mutableFrom).toBe(true);
            if (node === undefined) nodes.delete(id);
            else nodes.set(id, node);
          }
          ({ set, next } = change);
        });
        for (const { set: version, lines } of kept) expect(linesOf(read, version)).toEqual(lines);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });
});

interface Opened {
  readonly set: StakeSet;
  readonly lines: readonly Line[];
  readonly until: bigint;
}

describe('the versions of a profile', () => {
  const steps = fc.array(
    fc.record({
      wait: fc.oneof(fc.constant(0), fc.nat(4), fc.nat(40)),
      provider: fc.nat(11),
      weight: fc.oneof(fc.constant(0n), fc.bigInt(1n, 4n)),
    }),
    { minLength: 20, maxLength: 150 },
  );

  test('stay whole as long as a challenge can ask for them, and go when none can', () => {
    fc.assert(
      fc.property(steps, (given) => {
        const solo = registered();
        solo.parameters = LOCAL;
        const read: NodeReader = (id) => solo.entry(setNodes, u64Key(id));
        let open: Opened[] = [];
        const challenge = () => {
          const set = setAtBoundary(solo.context, solo.height, LOCAL.epochBlocks);
          const until = solo.height + longestChallengeBlocks(LOCAL.dispute);
          open = open.filter((one) => one.until >= solo.height);
          open.push({ set, lines: linesOf(read, set), until });
        };
        for (const { wait, provider, weight } of given) {
          challenge();
          solo.height += BigInt(wait);
          challenge();
          const from = actorId('provider', address(provider));
          const owner = address(provider % 5);
          solo.send(from, { type: 'setWeight', owner, weightNlux: weight });
          for (const one of open) {
            if (one.until >= solo.height) expect(linesOf(read, one.set)).toEqual(one.lines);
          }
        }
        // Two nodes more than it retires are freed with each change, so all goes in the end.
        for (let change = 0; change < 400; change++) {
          solo.height += 1_000n;
          const from = actorId('provider', address(1));
          const weightNlux = BigInt(1 + (change % 2));
          solo.send(from, { type: 'setWeight', owner: address(1), weightNlux });
        }
        const live = membersOf(read, solo.context.live).length;
        const queued = solo.count(retiredNodes);
        expect(solo.count(setNodes)).toBe(2 * live - 1 + queued);
        expect(queued).toBeLessThanOrEqual(2 * live - 1);
      }),
      { seed: SEED, numRuns: 40 },
    );
  });
});
