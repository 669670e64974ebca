import { defineActor, machineOf } from '../kit/index.ts';
import { steps } from './actions.ts';
import { guards } from './guards.ts';
import { challengeMessage, challengeRules } from './messages.ts';
import { challengeContext, initialChallenge } from './record.ts';

const lapsed = { guard: 'hasLapsed', target: 'final', actions: 'lapse' } as const;

const machine = machineOf({
  context: initialChallenge,
  events: challengeRules,
  guards,
  steps,
  table: {
    id: 'challenge',
    initial: 'absent',
    on: {
      locked: { actions: 'locked' },
      slashed: { actions: 'slashed' },
    },
    states: {
      absent: { on: { open: { guard: 'mayOpen', target: 'publish', actions: 'open' } } },
      publish: {
        on: {
          publish: { guard: 'mayPublish', actions: 'publish' },
          wake: [
            lapsed,
            { guard: 'payloadIsOut', target: 'awaitSeed', actions: 'awaitSeed' },
            { target: 'final', actions: 'unsubstantiated' },
          ],
        },
      },
      awaitSeed: {
        on: {
          submitSeed: [
            { guard: 'panelSits', target: 'commit', actions: 'seatPanel' },
            { guard: 'seedIsKnown', target: 'final', actions: 'cannotSit' },
          ],
          wake: [
            lapsed,
            { guard: 'panelSitsAtLast', target: 'commit', actions: 'seatPanelAtLast' },
            { guard: 'seedIsKnownAtLast', target: 'final', actions: 'cannotSitAtLast' },
            { guard: 'mayMoveSeed', actions: 'moveSeed' },
            { target: 'final', actions: 'noSeed' },
          ],
        },
      },
      commit: {
        on: {
          commit: { guard: 'mayCommit', actions: 'commit' },
          wake: [
            lapsed,
            { guard: 'someAreSilent', actions: 'replaceSilent' },
            { guard: 'someCommitted', target: 'reveal', actions: 'beginReveal' },
            { target: 'final', actions: 'nobodyAnswered' },
          ],
        },
      },
      reveal: {
        on: {
          reveal: { guard: 'mayReveal', actions: 'reveal' },
          openChunk: { guard: 'mayOpenChunk', actions: 'openChunk' },
          wake: [lapsed, { target: 'final', actions: 'decide' }],
        },
      },
      final: {},
    },
  },
});

/** Largest encoded context: a ladder of three panels with every seat replaced twice. */
const CONTEXT_BYTES = 12_288;

/** A dispute over two attestations, from the bond to the last payment (PROTOCOL §6). */
export const challenge = defineActor({
  kind: 'challenge',
  machine,
  guards,
  steps,
  initial: initialChallenge,
  context: challengeContext,
  contextBytes: CONTEXT_BYTES,
  messages: challengeMessage,
  rules: challengeRules,
});
