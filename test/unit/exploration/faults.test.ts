// Faults seeded into the machines of a world: each is found, by a shortest way that can be gone
// again.
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/codec/index.ts';
import { parseReplay, replay, replayOf, storyText } from '../../../src/exploration/index.ts';
import { explore, type Machines } from '../../../src/exploration/index.ts';
import { keepsLocks, losesTimer, neverEnds, slashesTwice } from './machines.ts';
import { worldOf } from './support.ts';

const FAULTS: readonly (readonly [string, Machines, readonly string[]])[] = [
  ['a lock that is not released', keepsLocks, ['I3']],
  ['a timer that is lost', losesTimer, ['I35', 'I54']],
  ['a slash that is too high', slashesTwice, ['I4']],
  ['a wait without an end', neverEnds, ['I34']],
];

describe('a seeded fault is found', () => {
  const world = worldOf('pair');

  it.each(FAULTS)(
    '%s',
    (_, machines, ids) => {
      const { counterexample, isComplete } = explore(world, { machines });
      expect(isComplete).toBe(false);
      const found = counterexample?.violations.map(({ id }) => id) ?? [];
      expect(
        ids.some((id) => found.includes(id)),
        found.join(),
      ).toBe(true);
      expect(counterexample?.path.length).toBeGreaterThan(0);

      if (counterexample === undefined) throw new Error('nothing was found');
      const file = JSON.parse(JSON.stringify(replayOf(world, counterexample))) as Json;
      const read = parseReplay(world, file);
      const again = replay(world, read.ok ? read.value.steps : [], { machines });
      const violations = again.ok ? again.value.violations.map(({ id }) => id) : [];
      expect(violations).toEqual(found);
      // On the chain's own machines the same way is sound.
      const sound = replay(world, counterexample.path);
      expect(sound.ok && sound.value.violations).toEqual([]);
    },
    60_000,
  );

  it('and told as a story', () => {
    const { counterexample } = explore(world, { machines: losesTimer });
    const again = replay(world, counterexample?.path ?? [], { machines: losesTimer });
    const text = again.ok ? storyText(again.value) : '';
    expect(text).toMatch(/^ {3}1\. \[\d+\] anyone publishes the payload of pair\(ada, bob\)\n/);
    expect(text).toMatch(/payloadPublished: by account:anyone, bytes \d+\n/);
    expect(text).toMatch(/\n {3}\d\. \[\d+\] a block passes\n/);
    expect(text).toMatch(/panelDrawn: round 1, members provider:member \d/);
    expect(text).toMatch(/\nI35: commit ends at \d+, it wakes at undefined/);
  }, 60_000);
});
