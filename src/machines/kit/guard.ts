import type { Call, CallEvent } from './call.ts';
import type { AnyMessage } from './message.ts';
import type { RefusalReason } from '../reasons.ts';

/** Why a guard refuses: a documented code, and what it speaks of as text. */
export interface Reason {
  readonly code: RefusalReason;
  readonly details: Readonly<Record<string, string>>;
}

type Printable = string | number | bigint | boolean;

export const because = (
  code: RefusalReason,
  details: Readonly<Record<string, Printable>> = {},
): Reason => ({
  code,
  details: Object.fromEntries(Object.keys(details).map((key) => [key, String(details[key])])),
});

/** One condition: the reason of refusal, or nothing when it holds. */
export type Check<C, M extends AnyMessage> = (
  context: C,
  message: M,
  call: Call,
) => Reason | undefined;

interface GuardArgs<C> {
  readonly context: C;
  readonly event: CallEvent<AnyMessage>;
}

/**
 * A guard is a predicate to XState and tells its reason to the compiled reducer: both come from the
 * same checks, so they cannot disagree.
 */
export interface Guard<C> {
  (args: GuardArgs<C>): boolean;
  /** The message it was made for; `compile` refuses it under any other. */
  readonly on: string;
  readonly why: (context: C, event: CallEvent<AnyMessage>) => Reason | undefined;
}

/** Makes the guards of one machine: `guard('stake', check, …)` holds when every check does. */
export const guardsOf =
  <C, M extends AnyMessage>() =>
  <T extends M['type']>(on: T, ...checks: Check<C, Extract<M, { type: T }>>[]): Guard<C> => {
    const why = (context: C, event: CallEvent<AnyMessage>): Reason | undefined => {
      for (const check of checks) {
        const reason = check(context, event.message as Extract<M, { type: T }>, event.call);
        if (reason !== undefined) return reason;
      }
      return undefined;
    };
    const predicate = ({ context, event }: GuardArgs<C>) => why(context, event) === undefined;
    return Object.assign(predicate, { on, why });
  };
