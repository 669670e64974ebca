import { defineActor, machineOf } from '../kit/index.ts';
import { steps } from './actions.ts';
import { guards } from './guards.ts';
import { profileMessage, profileRules } from './messages.ts';
import { heldByProfile, initialProfile, profileContext } from './record.ts';

/** What providers say of themselves is never refused: a verdict may hang on it (PROTOCOL §3). */
const served = {
  setWeight: { actions: 'setWeight' },
  leave: { actions: 'leave' },
} as const;

const machine = machineOf({
  context: initialProfile,
  events: profileRules,
  guards,
  steps,
  table: {
    id: 'profile',
    initial: 'absent',
    states: {
      absent: {
        on: { register: { guard: 'mayRegister', target: 'active', actions: 'register' } },
      },
      active: {
        on: {
          ...served,
          join: { actions: 'join' },
          appendMeasurement: { guard: 'mayAppend', actions: 'append' },
          retire: { guard: 'mayRetire', target: 'retired', actions: 'retire' },
        },
      },
      retired: {
        on: {
          ...served,
          remove: [
            { guard: 'mayRemove', target: 'absent', actions: 'remove' },
            { guard: 'maySweep', actions: 'sweep' },
          ],
        },
      },
    },
  },
});

/** Largest encoded context: all texts and both lists of measurements full. */
const CONTEXT_BYTES = 20_480;

/**
 * How a model is run and compared (PROTOCOL §2): immutable under its hash. Its creator may append
 * measurements and retire it, nothing else; a retired one takes no attestations and no new members.
 * It keeps the set of those who serve it, from which panels are drawn (`set.ts`).
 */
export const profile = defineActor({
  kind: 'profile',
  machine,
  guards,
  steps,
  initial: initialProfile,
  context: profileContext,
  contextBytes: CONTEXT_BYTES,
  accountedNlux: heldByProfile,
  messages: profileMessage,
  rules: profileRules,
});
