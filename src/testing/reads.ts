import { operationsOn } from '../runtime/ledger/operations.ts';
import type { AivmOperations } from '../runtime/operations.ts';
import type { Moment } from './engine/engine.ts';
import type { RuntimeMoment } from './engine/runtime-engine.ts';
import { testingError } from './errors.ts';

const NAMES = [
  'block',
  'blockBytes',
  'check',
  'checkTx',
  'decodeTx',
  'dryRun',
  'events',
  'list',
  'parameters',
  'query',
  'receipt',
  'receipts',
  'stateHashByActor',
  'supply',
  'tip',
  'traceBlock',
] as const satisfies readonly (keyof AivmOperations)[];

/** The operations of a host that read: they execute nothing that stays. */
export type Reads = Pick<AivmOperations, (typeof NAMES)[number]>;

type Operation = (...args: readonly unknown[]) => unknown;

const isOfRuntime = (moment: Moment): moment is RuntimeMoment => 'ledger' in moment;

/** The reading operations, each on the moment that there is when it is called. */
export const readsOf = (momentNow: () => Moment): Reads => {
  const run =
    (name: (typeof NAMES)[number]): Operation =>
    (...args) => {
      const moment = momentNow();
      if (!isOfRuntime(moment)) throw testingError('testing/no-runtime');
      return (operationsOn(moment.ledger)[name] as Operation)(...args);
    };
  return Object.fromEntries(NAMES.map((name) => [name, run(name)])) as unknown as Reads;
};
