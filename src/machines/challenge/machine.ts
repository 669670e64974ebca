import { defineActor, machineOf } from '../kit/index.ts';
import { steps } from './actions.ts';
import { guards } from './guards.ts';
import { challengeMessage, challengeRules } from './messages.ts';
import { heldByChallenge } from './money.ts';
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
      reserved: { actions: 'reserved' },
      tombstoned: { actions: 'tombstoned' },
    },
    states: {
      absent: {
        on: {
          open: { guard: 'mayOpen', target: 'publish', actions: 'openPair' },
          audit: { guard: 'mayAudit', target: 'publish', actions: 'openAudit' },
          protocolAudit: {
            guard: 'mayAuditForProtocol',
            target: 'publish',
            actions: 'openProtocolAudit',
          },
          equivocation: {
            guard: 'provesEquivocation',
            target: 'final',
            actions: 'openEquivocation',
          },
        },
      },
      publish: {
        on: {
          takeOver: { guard: 'mayTakeOver', actions: 'takeOver' },
          publish: { guard: 'mayPublish', actions: 'publish' },
          publishOutput: { guard: 'mayPublishOutput', actions: 'publishOutput' },
          publishShape: { guard: 'mayPublishShape', actions: 'publishShape' },
          wake: [
            lapsed,
            { guard: 'isSubstantiated', target: 'awaitSeed', actions: 'awaitSeed' },
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
          cannotRun: { guard: 'mayDecline', actions: 'cannotRun' },
          wake: [
            lapsed,
            { guard: 'someAreMissing', actions: 'replaceMissing' },
            { guard: 'someCommitted', target: 'reveal', actions: 'beginReveal' },
            { guard: 'isLastPanel', target: 'final', actions: 'nobodyAnsweredAtLast' },
            { target: 'awaitSeed', actions: 'nobodyAnswered' },
          ],
        },
      },
      reveal: {
        on: {
          reveal: { guard: 'mayReveal', actions: 'reveal' },
          openChunk: { guard: 'mayOpenChunk', actions: 'openChunk' },
          wake: [
            lapsed,
            { guard: 'isLastPanel', target: 'final', actions: 'decideAtLast' },
            { guard: 'staysUndecided', target: 'awaitSeed', actions: 'goOnUndecided' },
            { target: 'decided', actions: 'decide' },
          ],
        },
      },
      decided: {
        on: {
          appeal: { guard: 'mayAppeal', target: 'appealed', actions: 'appeal' },
          wake: { target: 'final', actions: 'accept' },
        },
      },
      appealed: {
        on: {
          wake: [lapsed, { target: 'awaitSeed', actions: 'hearAppeal' }],
        },
      },
      final: {},
    },
  },
});

/** Largest encoded context: a ladder of three panels with every seat replaced twice. */
const CONTEXT_BYTES = 16_384;

/** A dispute over one attestation or two, from the bond to the last payment (PROTOCOL §6). */
export const challenge = defineActor({
  kind: 'challenge',
  machine,
  guards,
  steps,
  initial: initialChallenge,
  context: challengeContext,
  contextBytes: CONTEXT_BYTES,
  accountedNlux: heldByChallenge,
  messages: challengeMessage,
  rules: challengeRules,
});
