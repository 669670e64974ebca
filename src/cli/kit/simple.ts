import type { ActorId } from '../../machines/kit/address.ts';
import type { Messages } from '../../machines/messages.ts';
import { actorArgument, type ManyKind } from './actors.ts';
import type { Draft } from './draft.ts';
import { argument } from './input.ts';
import type { CommandSpec, Described } from './spec.ts';
import { transaction } from './transaction.ts';

/** Types of messages of a kind that have no fields. */
type Bare<K extends ManyKind> = {
  readonly [T in Messages[K]['type']]: keyof Extract<Messages[K], { type: T }> extends 'type'
    ? T
    : never;
}[Messages[K]['type']];

/** Name of the command, which is that of the message, and what it does. */
type Simple<K extends ManyKind> = readonly [message: Bare<K>, summary: string];

/** Commands that send a message without fields to one actor: a line each, and no more. */
export const simpleTransactions = <K extends ManyKind>(
  kind: K,
  form: Described,
  example: string,
  rows: readonly Simple<K>[],
): readonly CommandSpec[] =>
  rows.map(([message, summary]) =>
    transaction({
      name: message,
      summary,
      arguments: [form],
      examples: [[`aivm ${kind} ${message} ${example} --from alice`, summary]],
      plan: async ({ input, session, node }) => {
        const receiver: ActorId<K> = await actorArgument(session, node, kind, argument(input, 0));
        return { drafts: [{ receiver, message: { type: message } } as unknown as Draft] };
      },
    }),
  );
