import { describe, expect, test } from 'vitest';
import { transition, type AnyStateMachine } from 'xstate';
import { compile } from '../../../../src/machines/kit/compile.ts';
import type { Call, CallEvent } from '../../../../src/machines/kit/call.ts';
import { because, guardsOf } from '../../../../src/machines/kit/guard.ts';
import type { AnyMessage } from '../../../../src/machines/kit/message.ts';
import { EFFECTS, stepsOf } from '../../../../src/machines/kit/step.ts';
import { emit } from '../../../../src/machines/kit/effect.ts';
import { machineOf } from '../../../../src/machines/kit/table.ts';

type Go = { readonly type: 'go' } | { readonly type: 'stop' };
interface Count {
  readonly count: number;
}

const guard = guardsOf<Count, Go>();
const step = stepsOf<Count, Go>();
const guards = {
  isZero: guard('go', ({ count }) => (count === 0 ? undefined : because('value-missing'))),
  isOne: guard('go', ({ count }) => (count === 1 ? undefined : because('not-offered', { count }))),
  mayStop: guard('stop'),
};
const counted = (by: number) => (context: Count) => ({
  context: { count: context.count + by },
  effects: [emit('counted', { by })],
});
const steps = { one: step('go', counted(1)), ten: step('go', counted(10)) };
const rules = { go: {}, stop: {} };

/** A configuration as it is read when it is compiled: XState's own checks do not come first. */
const compiled = (config: object) => {
  const machine = { id: 'm', config: { id: 'm', ...config } } as unknown as AnyStateMachine;
  return compile<Count>({ machine, guards, steps, rules });
};

/** One with a way that `go` takes from `a`. */
const going = (edge: unknown, more: object = {}) =>
  compiled({ initial: 'a', states: { a: { on: { go: edge } }, b: {} }, ...more });

const event = (type: string) =>
  ({ type, message: { type }, call: {} as Call }) as CallEvent<AnyMessage>;

const taken = (machine: ReturnType<typeof compiled>, count = 0, type = 'go') =>
  machine.transition('a', { count }, event(type));

describe('a table', () => {
  test('keeps the order of its states, and begins in the initial one', () => {
    const machine = compiled({ initial: 'b', states: { a: {}, b: {} } });
    expect([machine.initial, machine.states]).toEqual(['b', ['a', 'b']]);
    expect([...machine.edges.keys()]).toEqual(['a', 'b']);
  });

  test('takes no message that it has no edge for', () => {
    expect(taken(going('b'), 0, 'stop')).toEqual({ kind: 'not-accepted' });
  });

  test('goes where an edge of a name alone says, and changes nothing', () => {
    expect(taken(going('b'))).toEqual({ state: 'b', context: { count: 0 }, effects: [] });
    expect(taken(going('.b'))).toMatchObject({ state: 'b' });
  });

  test('stays where it is unless an edge says where to go', () => {
    const { context, effects } = counted(1)({ count: 0 });
    expect(taken(going({ actions: 'one' }))).toEqual({ state: 'a', context, effects });
  });

  test('tells the guard that refuses, and why', () => {
    const machine = going({ guard: 'isOne', target: 'b' });
    expect(machine.edges.get('a')?.get('go')?.[0]?.guard?.name).toBe('isOne');
    expect(taken(machine, 1)).toMatchObject({ state: 'b' });
    const reason = { code: 'not-offered', details: { count: '0' } };
    expect(taken(machine)).toEqual({ kind: 'guard', guard: 'isOne', reason });
  });

  test('takes the first of several edges whose guard holds', () => {
    const edges = [
      { guard: 'isZero', actions: 'one' },
      { guard: 'isOne', actions: 'ten', target: 'b' },
    ];
    const machine = going(edges);
    expect(taken(machine, 0)).toMatchObject({ state: 'a', context: { count: 1 } });
    expect(taken(machine, 1)).toMatchObject({ state: 'b', context: { count: 11 } });
    expect(taken(machine, 2)).toMatchObject({ kind: 'guard', guard: 'isOne' });
  });

  test("tries the edges of the root after the state's own", () => {
    const machine = going({ guard: 'isZero', actions: 'one' }, { on: { go: '.b', stop: '.b' } });
    expect(taken(machine, 0)).toMatchObject({ state: 'a', context: { count: 1 } });
    expect(taken(machine, 5)).toMatchObject({ state: 'b', context: { count: 5 } });
    expect(taken(machine, 0, 'stop')).toMatchObject({ state: 'b' });
  });
});

describe('what a flat machine does not have is refused at the start', () => {
  test.each([
    ['a key of the machine', { initial: 'a', states: { a: {} }, entry: 'one' }, 'm: entry is not'],
    ['a key of a state', { initial: 'a', states: { a: { entry: 'one' } } }, 'm.a: entry is not'],
    [
      'a key of an edge',
      { initial: 'a', states: { a: { on: { go: { target: 'a', reenter: true } } } } },
      'm.a.go: reenter is not',
    ],
    ['no initial state', { states: { a: {} } }, 'm: no initial state'],
    [
      'an unknown message',
      { initial: 'a', states: { a: { on: { leave: 'a' } } } },
      'm.a.leave: no such message',
    ],
    [
      'an unknown state',
      { initial: 'a', states: { a: { on: { go: 'c' } } } },
      'm.a.go: no state c',
    ],
    [
      'a guard of another message',
      { initial: 'a', states: { a: { on: { go: { guard: 'mayStop' } } } } },
      'm.a.go: guard mayStop is for another',
    ],
    [
      'a guard that there is not',
      { initial: 'a', states: { a: { on: { go: { guard: 'mayFly' } } } } },
      'm.a.go: guard mayFly is for another',
    ],
    [
      'a step of another message',
      { initial: 'a', states: { a: { on: { stop: { actions: 'one' } } } } },
      'm.a.stop: one is for another',
    ],
    [
      'a step that there is not',
      { initial: 'a', states: { a: { on: { go: { actions: 'two' } } } } },
      'm.a.go: two is for another',
    ],
  ])('%s', (_, config, message) => {
    expect(() => compiled(config)).toThrow(message);
  });
});

describe('XState sees of a table', () => {
  const machine = machineOf({
    context: { count: 0 },
    events: { go: {}, stop: {} },
    guards,
    steps,
    table: {
      id: 'm',
      initial: 'a',
      states: { a: { on: { go: { guard: 'isZero', target: 'b', actions: 'one' } } }, b: {} },
    },
  });
  const begin = () => machine.resolveState({ value: 'a', context: { count: 0 } });

  test('the context it begins with', () => {
    expect(machine.config.context).toEqual({ count: 0 });
  });

  test('the context that a step leaves, and its effects as one action that does nothing', () => {
    const [next, actions] = transition(machine, begin(), event('go') as never);
    expect([next.value, next.context]).toEqual(['b', { count: 1 }]);
    const effects = [emit('counted', { by: 1 })];
    expect(actions).toMatchObject([{ type: EFFECTS, params: { effects } }]);
    expect(machine.implementations.actions).toHaveProperty(EFFECTS);
  });

  test('its guards as predicates', () => {
    const context = { count: 1 };
    expect(guards.isOne({ context, event: event('go') })).toBe(true);
    expect(guards.isZero({ context, event: event('go') })).toBe(false);
  });
});
