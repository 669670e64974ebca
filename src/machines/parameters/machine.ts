import { defineActor, machineOf } from '../kit/index.ts';
import { steps } from './actions.ts';
import { guards } from './guards.ts';
import { initialParameters } from './initial.ts';
import { parametersMessage, parametersRules } from './messages.ts';
import { parametersContext } from './record.ts';

const machine = machineOf({
  context: initialParameters,
  events: parametersRules,
  guards,
  steps,
  table: {
    id: 'parameters',
    initial: 'enacted',
    states: {
      enacted: {
        on: { propose: { guard: 'mayPropose', target: 'proposed', actions: 'propose' } },
      },
      proposed: {
        on: {
          propose: { guard: 'mayPropose', actions: 'propose' },
          enact: { guard: 'mayEnact', target: 'enacted', actions: 'enact' },
        },
      },
    },
  },
});

/** Largest encoded context: two parameter sets. */
const CONTEXT_BYTES = 32_768;

/** The rules' numbers; they change with notice only, and every change keeps their relations. */
export const parameters = defineActor({
  kind: 'parameters',
  machine,
  guards,
  steps,
  initial: initialParameters,
  context: parametersContext,
  contextBytes: CONTEXT_BYTES,
  messages: parametersMessage,
  rules: parametersRules,
});
