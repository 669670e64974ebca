import { setup, type AnyStateMachine } from 'xstate';
import { EFFECTS, type Step } from './step.ts';
import type { Guard } from './guard.ts';

interface Edge<G extends string, S extends string, N extends string> {
  readonly target?: N | `.${N}`;
  readonly guard?: G;
  readonly actions?: S;
}

type Edges<G extends string, S extends string, N extends string> =
  | Edge<G, S, N>
  | readonly Edge<G, S, N>[];

/** The table of a flat machine; a name that does not exist is a type error. */
export interface Table<E extends string, G extends string, S extends string, N extends string> {
  readonly id: string;
  readonly initial: NoInfer<N>;
  /** Accepted in every state: settlement messages only (PROTOCOL §3). */
  readonly on?: { readonly [T in E]?: Edges<G, S, NoInfer<N>> };
  readonly states: {
    readonly [T in N]: { readonly on?: { readonly [K in E]?: Edges<G, S, NoInfer<N>> } };
  };
}

/** Makes the XState v5 machine of a table; XState sees guards as predicates, steps as actions. */
export const machineOf = <
  C,
  E extends string,
  GS extends Readonly<Record<string, Guard<C>>>,
  SS extends Readonly<Record<string, Step<C>>>,
  N extends string,
>(parts: {
  readonly context: C;
  readonly events: Readonly<Record<E, unknown>>;
  readonly guards: GS;
  readonly steps: SS;
  readonly table: Table<E, keyof GS & string, keyof SS & string, N>;
}): AnyStateMachine => {
  const actions = Object.fromEntries(
    Object.keys(parts.steps).map((name) => [name, parts.steps[name]?.action]),
  );
  const implementations = {
    guards: parts.guards,
    actions: { ...actions, [EFFECTS]: () => undefined },
  };
  const config = { ...parts.table, context: parts.context };
  // The table's own types are the check; XState's inference adds nothing over one event shape.
  const untyped = setup(implementations as never) as unknown as {
    createMachine(config: unknown): AnyStateMachine;
  };
  return untyped.createMachine(config);
};
