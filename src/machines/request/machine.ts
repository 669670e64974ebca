import { defineActor, machineOf } from '../kit/index.ts';
import { steps } from './actions.ts';
import { guards } from './guards.ts';
import { requestMessage, requestRules } from './messages.ts';
import { heldByRequest, initialRequest, requestContext } from './record.ts';

const machine = machineOf({
  context: initialRequest,
  events: requestRules,
  guards,
  steps,
  table: {
    id: 'request',
    initial: 'absent',
    states: {
      absent: { on: { open: { guard: 'mayOpen', target: 'open', actions: 'open' } } },
      open: {
        on: {
          fulfil: { guard: 'mayFulfil', target: 'fulfilled', actions: 'fulfil' },
          refund: { guard: 'mayRefund', target: 'refunded', actions: 'refund' },
        },
      },
      fulfilled: {
        on: {
          settled: { target: 'settled', actions: 'settled' },
          refunded: { target: 'refunded', actions: 'refunded' },
        },
      },
      settled: {},
      refunded: {},
    },
  },
});

const CONTEXT_BYTES = 512;

/** A paid order for one inference by one provider; the fee waits here (PROTOCOL §3, §5). */
export const request = defineActor({
  kind: 'request',
  machine,
  guards,
  steps,
  initial: initialRequest,
  context: requestContext,
  contextBytes: CONTEXT_BYTES,
  accountedNlux: heldByRequest,
  messages: requestMessage,
  rules: requestRules,
});
