import { defineActor, machineOf } from '../kit/index.ts';
import { steps } from './actions.ts';
import { guards } from './guards.ts';
import { modelMessage, modelRules } from './messages.ts';
import { heldByModel, initialModel, modelContext } from './record.ts';

/** What goes on as long as a model exists. */
const existing = {
  update: { guard: 'mayUpdate', actions: 'update' },
  transfer: { guard: 'mayTransfer', actions: 'transfer' },
  accept: { guard: 'mayAccept', actions: 'accept' },
  profileAdded: { actions: 'addProfile' },
  profileRemoved: { actions: 'removeProfile' },
} as const;

const machine = machineOf({
  context: initialModel,
  events: modelRules,
  guards,
  steps,
  table: {
    id: 'model',
    initial: 'absent',
    states: {
      absent: {
        on: { register: { guard: 'mayRegister', target: 'active', actions: 'register' } },
      },
      active: {
        on: {
          ...existing,
          deprecate: { guard: 'mayDeprecate', target: 'deprecated', actions: 'deprecate' },
        },
      },
      deprecated: {
        on: {
          ...existing,
          remove: { guard: 'mayRemove', target: 'absent', actions: 'remove' },
        },
      },
    },
  },
});

/** Largest encoded context: all texts full. */
const CONTEXT_BYTES = 512;

/**
 * A model is its weights: the address is their hash, so whoever registers public weights first
 * gains no power over others (PROTOCOL §2). The owner controls metadata and transfer, nothing else.
 * `deprecated` is a signal to people only: profiles can still be registered, served and attested
 * under it. It can be removed once no profile stands under it, against its deposit.
 */
export const model = defineActor({
  kind: 'model',
  machine,
  guards,
  steps,
  initial: initialModel,
  context: modelContext,
  contextBytes: CONTEXT_BYTES,
  accountedNlux: heldByModel,
  messages: modelMessage,
  rules: modelRules,
});
