import { defineActor, guardsOf, machineOf, stepsOf } from '../kit/index.ts';
import { accountMessage, accountRules, type AccountMessage } from './messages.ts';
import { accountContext, initialAccount, type AccountContext } from './record.ts';
import { valuePositive } from '../kit/checks.ts';
import { emit } from '../kit/effect.ts';

const guard = guardsOf<AccountContext, AccountMessage>();
const step = stepsOf<AccountContext, AccountMessage>();

const guards = { mayReceive: guard('transfer', valuePositive) };

const steps = {
  receive: step('transfer', (context, _, { self, from, value }) => ({
    context,
    effects: [emit('transferred', { from, to: self, amountNlux: value })],
  })),
  credit: step('credit', (context, { purpose }, { self, from, value }) => ({
    context,
    effects: [emit('credited', { from, to: self, amountNlux: value, purpose })],
  })),
};

const machine = machineOf({
  context: initialAccount,
  events: accountRules,
  guards,
  steps,
  table: {
    id: 'account',
    initial: 'open',
    on: { credit: { actions: 'credit' } },
    states: {
      open: { on: { transfer: { guard: 'mayReceive', actions: 'receive' } } },
    },
  },
});

const CONTEXT_BYTES = 16;

/** Holds a balance and counts its transactions; exists as soon as it has either. */
export const account = defineActor({
  kind: 'account',
  machine,
  guards,
  steps,
  initial: initialAccount,
  context: accountContext,
  contextBytes: CONTEXT_BYTES,
  messages: accountMessage,
  rules: accountRules,
});
