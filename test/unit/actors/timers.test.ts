import { describe, expect, it } from 'vitest';
import { readActor, MAX_TIMERS_PER_BLOCK } from '../../../src/actors/index.ts';
import type { GenesisActor } from '../../../src/actors/index.ts';
import { addressHex, type ActorId } from '../../../src/machines/kit/index.ts';
import { act, ALICE, ANNA, BERT, CARL, prepared, RICH, run, runOne } from './support/chain.ts';
import { providerOf, startState, stateOf, TEST_CHAIN, TEST_PARAMETERS } from './support/chain.ts';
import { compileProgram, initialPuppet, type Program } from './support/puppet.ts';

/** A puppet with a timer, and what it does when it wakes. */
const sleeper = (
  id: ActorId,
  wakeAt: bigint,
  plan: Program = [],
  state = 'open',
): GenesisActor => ({
  id,
  state,
  balance: 0n,
  context: { ...initialPuppet, counter: 1, plan: compileProgram(plan) } as never,
  wakeAt,
});

const sleeping = (sleepers: readonly GenesisActor[], timersPerBlock = 4) =>
  stateOf({ [ALICE]: RICH }, sleepers, { ...TEST_PARAMETERS, timersPerBlock });

const timersIn = (state: ReturnType<typeof startState>): readonly string[] =>
  [...state.records.keys()].filter((key) => key.startsWith('02'));

const byAddress = (a: ActorId, b: ActorId): number => (addressHex(a) < addressHex(b) ? -1 : 1);

describe('timers', () => {
  it('are delivered once, at the beginning of the block that reaches them', () => {
    const set = runOne(startState(), { to: ANNA, message: act([{ type: 'wake', height: 3n }]) });
    expect(timersIn(set.state)).toHaveLength(1);
    const early = run(set.state, [], 2n);
    expect(early.begin.timers).toEqual([]);
    const due = run(early.state, [prepared({ to: ANNA, nonce: 1n, message: act([]) })], 3n);
    expect(due.begin.timers).toEqual([{ actor: ANNA, height: 3n }]);
    expect(due.trace.map(({ message }) => message)).toEqual(['wake', 'act']);
    expect(timersIn(due.state)).toEqual([]);
    expect(readActor(TEST_CHAIN, due.state, ANNA)?.wakeAt).toBeUndefined();
    expect(run(due.state, [], 4n).begin.timers).toEqual([]);
  });

  it('come in the order of height, then address, whatever the order they were set in', () => {
    const late = [ANNA, BERT, CARL].sort(byAddress);
    const first = providerOf('first');
    const sleepers = [...late.map((id) => sleeper(id, 7n)), sleeper(first, 6n)];
    const { begin } = run(sleeping(sleepers.reverse()), [], 9n);
    expect(begin.timers.map(({ actor }) => actor)).toEqual([first, ...late]);
  });

  it('stop once they have used the gas of a block, and one comes in every block', () => {
    const ids = ['a', 'b', 'c'].map(providerOf).sort(byAddress);
    const gas = { ...TEST_PARAMETERS.gas, timerGasLimit: 1n };
    const state = stateOf(
      { [ALICE]: RICH },
      ids.map((id) => sleeper(id, 5n)),
      { ...TEST_PARAMETERS, gas },
    );
    const first = run(state, [], 5n);
    expect([first.begin.timers.length, first.begin.carriedOver]).toEqual([1, true]);
    const second = run(first.state, [], 6n);
    expect([second.begin.timers.length, second.begin.carriedOver]).toEqual([1, true]);
    const third = run(second.state, [], 7n);
    expect([third.begin.timers.length, third.begin.carriedOver]).toEqual([1, false]);
  });

  it('are bounded per block; the rest come first in the next', () => {
    const ids = ['a', 'b', 'c', 'd', 'e'].map(providerOf).sort(byAddress);
    const state = sleeping([...ids.map((id) => sleeper(id, 5n)), sleeper(CARL, 6n)], 3);
    const first = run(state, [], 6n);
    expect(first.begin.timers.map(({ actor }) => actor)).toEqual(ids.slice(0, 3));
    expect(first.begin.carriedOver).toBe(true);
    const second = run(first.state, [], 7n);
    expect(second.begin.timers.map(({ actor }) => actor)).toEqual([...ids.slice(3), CARL]);
    expect(second.begin.carriedOver).toBe(false);
    expect(timersIn(second.state)).toEqual([]);
  });

  it('never exceed the limit of the protocol, whatever the parameter says', () => {
    const many = Array.from({ length: MAX_TIMERS_PER_BLOCK + 1 }, (_, i) =>
      sleeper(providerOf(`s${i}`), 5n),
    );
    const { begin } = run(sleeping(many, 1_000_000), [], 5n);
    expect(begin.timers).toHaveLength(MAX_TIMERS_PER_BLOCK);
    expect(begin.carriedOver).toBe(true);
  });

  it('are replaced by a later one of the same actor, and cancelled', () => {
    const wake = (height: bigint) => act([{ type: 'wake', height }]);
    const first = runOne(startState(), { to: ANNA, message: wake(5n) });
    const replaced = runOne(first.state, { to: ANNA, nonce: 1n, message: wake(8n) });
    expect(timersIn(replaced.state)).toHaveLength(1);
    expect(run(replaced.state, [], 5n).begin.timers).toEqual([]);
    expect(run(replaced.state, [], 8n).begin.timers).toEqual([{ actor: ANNA, height: 8n }]);
    const cancel = act([{ type: 'cancel' }]);
    const cancelled = runOne(replaced.state, { to: ANNA, nonce: 2n, message: cancel });
    expect(timersIn(cancelled.state)).toEqual([]);
  });

  it('set for a height that is past wait for the next block', () => {
    const set = runOne(
      startState(),
      { to: ANNA, message: act([{ type: 'wake', height: 1n }]) },
      5n,
    );
    expect(run(set.state, [], 6n).begin.timers).toEqual([{ actor: ANNA, height: 1n }]);
    const again = sleeper(ANNA, 5n, [{ type: 'wake', height: 2n }]);
    const { begin, state } = run(sleeping([again]), [], 5n);
    expect(begin.timers).toHaveLength(1);
    expect(timersIn(state)).toHaveLength(1);
  });

  it('that an earlier timer of the block moves or cancels are passed over', () => {
    const [low, high] = [ANNA, BERT].sort(byAddress) as [ActorId, ActorId];
    const moves = (ops: Program): Program => [
      { type: 'send', to: high, value: 0n, program: compileProgram(ops) },
    ];
    const moved = sleeping([
      sleeper(low, 5n, moves([{ type: 'wake', height: 9n }])),
      sleeper(high, 5n),
    ]);
    const first = run(moved, [], 5n);
    expect(first.begin.timers).toEqual([{ actor: low, height: 5n }]);
    expect(run(first.state, [], 9n).begin.timers).toEqual([{ actor: high, height: 9n }]);
    const cancelled = sleeping([sleeper(low, 5n, moves([{ type: 'cancel' }])), sleeper(high, 5n)]);
    expect(timersIn(run(cancelled, [], 5n).state)).toEqual([]);
  });

  it('set off whole cascades, whose events stand in the receipt', () => {
    const plan: Program = [
      { type: 'emit', times: 1 },
      { type: 'send', to: BERT, value: 0n, program: compileProgram([{ type: 'emit', times: 1 }]) },
    ];
    const { begin, activity } = run(sleeping([sleeper(ANNA, 5n, plan)]), [], 5n);
    expect(begin.events.map(({ actor }) => actor)).toEqual([ANNA, BERT]);
    expect(begin.activity).toBe(activity);
  });

  it('cannot be refused: the host stops', () => {
    const refusing = compileProgram([{ type: 'refuse' }]);
    const plan: Program = [{ type: 'send', to: BERT, value: 0n, program: refusing }];
    expect(() => run(sleeping([sleeper(ANNA, 5n, plan)]), [], 5n)).toThrow(/was refused/);
  });

  it('must be those that the records name, else the store is damaged', () => {
    const state = sleeping([sleeper(ANNA, 5n)]);
    const key = timersIn(state)[0] ?? '';
    state.records.set(key.replace(/05(?=04)/, '04'), Uint8Array.of(0x80));
    expect(() => run(state, [], 5n)).toThrow(/does not have/);
  });

  it('at height 0 are an error of the program', () => {
    const message = act([{ type: 'wake', height: 0n }]);
    expect(() => runOne(startState(), { to: ANNA, message })).toThrow(/height 0/);
  });
});
