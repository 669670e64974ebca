import { defineActor, machineOf } from '../kit/index.ts';
import { steps } from './actions.ts';
import { guards } from './guards.ts';
import { beaconMessage, beaconRules } from './messages.ts';
import { beaconContext, initialBeacon } from './record.ts';

const machine = machineOf({
  context: initialBeacon,
  events: beaconRules,
  guards,
  steps,
  table: {
    id: 'beacon',
    initial: 'open',
    states: {
      open: { on: { submitRound: { guard: 'maySubmit', actions: 'submit' } } },
    },
  },
});

/** Largest encoded context: a drand source with its key. */
const CONTEXT_BYTES = 192;

/**
 * Randomness that nobody chose (PROTOCOL §6.4): which round counts is fixed before anyone knows it,
 * and every round that is due can be submitted, in any order and at any age, since a challenge may
 * wait for it; it is kept as long as a challenge can ask for it. One round a block: a host puts the
 * round that is missing first in the blocks it builds, so that nobody keeps a challenge waiting by
 * submitting others.
 */
export const beacon = defineActor({
  kind: 'beacon',
  machine,
  guards,
  steps,
  initial: initialBeacon,
  context: beaconContext,
  contextBytes: CONTEXT_BYTES,
  messages: beaconMessage,
  rules: beaconRules,
});
