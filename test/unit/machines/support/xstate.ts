import { expect } from 'vitest';
import { transition, type AnyStateMachine } from 'xstate';
import {
  EFFECTS,
  type ActorDefinition,
  type ActorKind,
} from '../../../../src/machines/kit/index.ts';
import type { AnyMessage, CallEvent, Effect } from '../../../../src/machines/kit/index.ts';

type Event = CallEvent<AnyMessage>;
type Registry = Readonly<Record<ActorKind, ActorDefinition>>;

export const REFUSED = 'refused';

/** What XState's own `transition()` makes of an event, in the words of the compiled reducer. */
export const xstateTransition = (
  machine: AnyStateMachine,
  state: string,
  context: unknown,
  event: Event,
) => {
  const snapshot = machine.resolveState({ value: state, context });
  const taken = machine.getTransitionData(snapshot, event);
  const [next, actions] = transition(machine, snapshot, event as never);
  if (taken.length === 0) {
    expect(next.value).toBe(state);
    expect(next.context).toBe(snapshot.context);
    expect(actions).toEqual([]);
    return REFUSED;
  }
  const effects: Effect[] = [];
  for (const { type, params } of actions as readonly { type: string; params: unknown }[]) {
    expect(type).toBe(EFFECTS);
    effects.push(...(params as { effects: readonly Effect[] }).effects);
  }
  return { state: next.value as string, context: next.context as unknown, effects };
};

/** What the compiled reducer makes of it, without the reason of a refusal. */
const compiledTransition = (
  { compiled }: ActorDefinition,
  state: string,
  context: unknown,
  event: Event,
) => {
  const result = compiled.transition(state, context, event);
  return { result, outcome: 'kind' in result ? REFUSED : result };
};

/** What `run` gives, or that it threw: garbage may break an assertion, in both engines alike. */
const orThrown = <T>(run: () => T): { readonly value: T } | { readonly thrown: true } => {
  try {
    return { value: run() };
  } catch {
    return { thrown: true };
  }
};

/** Both engines on one event; asserts that they agree and gives what they agree on. */
export const compareEngines = (
  definition: ActorDefinition,
  state: string,
  context: unknown,
  event: Event,
): 'applied' | 'refused' | 'thrown' => {
  const ours = orThrown(() => compiledTransition(definition, state, context, event).outcome);
  const theirs = orThrown(() => xstateTransition(definition.machine, state, context, event));
  expect(theirs).toEqual(ours);
  if ('thrown' in ours) return 'thrown';
  return ours.value === REFUSED ? REFUSED : 'applied';
};

/**
 * The same definitions, each comparing every transition that it makes with XState's own: whatever
 * runs on these is a test of the compiler. `seen` is told of each edge that was taken.
 */
export const checkedRegistry = (
  registry: Registry,
  seen: (kind: ActorKind, state: string, message: string) => void,
): Registry => {
  const checked = (definition: ActorDefinition): ActorDefinition => ({
    ...definition,
    compiled: {
      ...definition.compiled,
      transition: (state, context, event) => {
        const { result, outcome } = compiledTransition(definition, state, context, event);
        expect(xstateTransition(definition.machine, state, context, event)).toEqual(outcome);
        if (outcome !== REFUSED) seen(definition.kind, state, event.type);
        return result;
      },
    },
  });
  const entries = Object.entries(registry).map(([kind, each]) => [kind, checked(each)]);
  return Object.fromEntries(entries) as Registry;
};
