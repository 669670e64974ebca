import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WorkingState } from '../../../src/actors/working.ts';
import type { ActorId } from '../../../src/machines/kit/index.ts';
import {
  act,
  ANNA,
  BERT,
  CARL,
  prepared,
  run,
  startState,
} from '../../unit/actors/support/chain.ts';
import { TEST_REGISTRY } from '../../unit/actors/support/chain.ts';
import { initialPuppet, puppetEntries } from '../../unit/actors/support/puppet.ts';

const IDS: readonly ActorId[] = [ANNA, BERT, CARL];
const ENTRIES = puppetEntries('provider');

interface Write {
  readonly id: ActorId;
  readonly what: 'balance' | 'wake' | 'context' | 'state' | 'entry' | 'read';
  readonly amount: number;
}

const anyWrite: fc.Arbitrary<Write> = fc.record({
  id: fc.constantFrom(...IDS),
  what: fc.constantFrom('balance', 'wake', 'context', 'state', 'entry', 'read'),
  amount: fc.integer({ min: 0, max: 5 }),
});
const anyWrites = fc.array(anyWrite, { maxLength: 12 });

const write = (state: WorkingState, { id, what, amount }: Write): void => {
  const cell = state.actor(id);
  const { value } = cell;
  if (what === 'balance') state.setActor(cell, { ...value, balance: BigInt(amount) });
  if (what === 'wake') {
    state.setActor(cell, { ...value, wakeAt: amount === 0 ? undefined : BigInt(amount) });
  }
  if (what === 'context') {
    state.setActor(cell, { ...value, context: { ...initialPuppet, counter: amount } });
  }
  if (what === 'state') state.setActor(cell, { ...value, state: amount > 2 ? 'shut' : 'open' });
  if (what === 'entry') {
    const entry = state.entry(ENTRIES, id, `0${amount % 3}`);
    state.setEntry(entry, ENTRIES, amount === 0 ? undefined : { value: amount });
  }
  if (what === 'read') {
    state.bytesOf(cell);
    state.exists(cell);
  }
};

/** A state in which the actors are, and some are not. */
const source = run(startState(), [
  prepared({ to: ANNA, value: 3n, message: act([{ type: 'put', key: 1, value: 2 }]) }),
  prepared({ to: BERT, nonce: 1n, message: act([{ type: 'wake', height: 4n }]) }),
]).state;

const outcomeOf = (state: WorkingState) => ({
  delta: state.balanceDelta,
  changes: new Map([...state.changes()].sort(([a], [b]) => (a < b ? -1 : 1))),
});

describe('the journal', () => {
  it('makes what was rolled back as if it had never been', () => {
    fc.assert(
      fc.property(anyWrites, anyWrites, anyWrites, fc.boolean(), (kept, undone, after, settles) => {
        const [one, other] = [0, 1].map(() => new WorkingState(TEST_REGISTRY, source)) as [
          WorkingState,
          WorkingState,
        ];
        for (const each of kept) write(one, each);
        if (settles) one.settle();
        const mark = one.mark();
        for (const each of undone) write(one, each);
        one.rollback(mark);
        for (const each of after) write(one, each);
        for (const each of [...kept, ...after]) write(other, each);
        expect(outcomeOf(one)).toEqual(outcomeOf(other));
      }),
      { numRuns: 500, seed: 11 },
    );
  });

  it('leaves no change at all when everything is rolled back', () => {
    fc.assert(
      fc.property(anyWrites, (undone) => {
        const state = new WorkingState(TEST_REGISTRY, source);
        const mark = state.mark();
        for (const each of undone) write(state, each);
        state.rollback(mark);
        expect(outcomeOf(state)).toEqual({ delta: 0n, changes: new Map() });
      }),
      { numRuns: 300, seed: 12 },
    );
  });
});
