import type { Parameters } from '../../machines/parameters/record.ts';
import type { KeyEntry } from '../keystore/keystore.ts';
import type { Plan } from './draft.ts';
import { option } from './input.ts';
import { findKey } from './names.ts';
import type { Node } from './node.ts';
import type { Session } from './session.ts';
import type { CommandSpec, Described, Input } from './spec.ts';
import { stop } from './stop.ts';
import { TRANSACTION_OPTIONS, transact } from './transact.ts';

/** What the plan of a transaction is made from. */
export interface Planning {
  readonly input: Input;
  readonly session: Session;
  readonly node: Node;
  /** The key that will sign. */
  readonly key: KeyEntry;
  /** Parameters in force. */
  readonly parameters: Parameters;
}

/** A command that sends a transaction: as any other, with a plan in place of what it does. */
export interface TransactionSpec extends Omit<CommandSpec, 'run'> {
  readonly plan: (planning: Planning) => Promise<Plan> | Plan;
}

const fromOption = (input: Input): string => {
  const name = option(input, 'from');
  return name ?? stop('cli/key-missing', { option: '--from' });
};

const run =
  (spec: TransactionSpec) =>
  async (input: Input, session: Session): Promise<void> => {
    const name = fromOption(input);
    const node = await session.node();
    const key = await findKey(session, node, name);
    const answer = await node.ask('asking for the parameters', node.client.parameters());
    const parameters = answer.parameters.current;
    const planning = { input, session, node, key, parameters };
    await transact(planning, await spec.plan(planning));
  };

const withOptions = (own: readonly Described[] = []): readonly Described[] => [
  ...own,
  ...TRANSACTION_OPTIONS,
];

/** The command of a transaction; what all of them share is here and nowhere else. */
export const transaction = (spec: TransactionSpec): CommandSpec => {
  const { plan: _, options, ...rest } = spec;
  return { ...rest, options: withOptions(options), run: run(spec) };
};
