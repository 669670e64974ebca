import type { AnyStateMachine } from 'xstate';
import type { Schema } from '../../codec/index.ts';
import type { ActorKind } from './address.ts';
import { compile, type CompiledMachine } from './compile.ts';
import type { Guard } from './guard.ts';
import type { AnyMessage, MessageRules } from './message.ts';
import type { Step } from './step.ts';

/**
 * nLUX that a record accounts for. The actor's balance is that after each of its messages, which
 * the kernel asserts; so no part of it is more than the whole (I1, I3). Kinds that may be paid
 * anything, such as accounts and pools, account for nothing.
 */
export type Accounted<C> = (context: C, state: string) => bigint;

/** Everything the kernel needs to know of one kind of actor. */
export interface ActorDefinition<C = unknown, M extends AnyMessage = AnyMessage> {
  readonly kind: ActorKind;
  /** The table, readable as the specification; also what XState itself runs in tests. */
  readonly machine: AnyStateMachine;
  readonly compiled: CompiledMachine<C>;
  /** Context of an actor that is not in state: its machine stands in its initial state. */
  readonly initial: C;
  readonly context: Schema<C>;
  /** Largest encoded context; a transition that exceeds it is refused. */
  readonly contextBytes: number;
  readonly accountedNlux?: Accounted<C> | undefined;
  readonly messages: Schema<M>;
  readonly rules: MessageRules<M, C>;
}

interface Parts<C, M extends AnyMessage> {
  readonly kind: ActorKind;
  readonly machine: AnyStateMachine;
  readonly guards: Readonly<Record<string, Guard<C>>>;
  readonly steps: Readonly<Record<string, Step<C>>>;
  readonly initial: C;
  readonly context: Schema<C>;
  readonly contextBytes: number;
  readonly accountedNlux?: Accounted<C> | undefined;
  readonly messages: Schema<M>;
  readonly rules: MessageRules<M, C>;
}

export const defineActor = <C, M extends AnyMessage>(parts: Parts<C, M>): ActorDefinition<C, M> => {
  const { guards, steps, ...rest } = parts;
  const compiled = compile({ machine: parts.machine, guards, steps, rules: parts.rules });
  return { ...rest, compiled };
};
