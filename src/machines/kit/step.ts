import { enqueueActions } from 'xstate';
import type { Call, CallEvent } from './call.ts';
import type { Effect } from './effect.ts';
import type { AnyMessage } from './message.ts';

/** What a transition does once its guard holds. Total: it never refuses. */
export interface Applied<C> {
  readonly context: C;
  readonly effects: readonly Effect[];
}

export type Apply<C, M extends AnyMessage> = (context: C, message: M, call: Call) => Applied<C>;

/**
 * The action of a transition: XState runs it as an `assign` of the context and one named no-op
 * whose params are the effects; the compiled reducer calls `apply` itself.
 */
export interface Step<C> {
  readonly on: string;
  readonly apply: (context: C, event: CallEvent<AnyMessage>) => Applied<C>;
  /** The same as an XState action. */
  readonly action: ReturnType<typeof enqueueActions>;
}

/** Name of the no-op that carries a transition's effects through XState. */
export const EFFECTS = 'effects';

/** Makes the steps of one machine: `step('stake', (context, message, call) => …)`. */
export const stepsOf =
  <C, M extends AnyMessage>() =>
  <T extends M['type']>(on: T, apply: Apply<C, Extract<M, { type: T }>>): Step<C> => {
    const run = (context: C, event: CallEvent<AnyMessage>) =>
      apply(context, event.message as Extract<M, { type: T }>, event.call);
    const action = enqueueActions(({ context, event, enqueue }) => {
      const applied = run(context as C, event as unknown as CallEvent<AnyMessage>);
      enqueue.assign(applied.context as object);
      enqueue({ type: EFFECTS, params: { effects: applied.effects } } as never);
    });
    return { on, apply: run, action };
  };
