import { defineActor, machineOf } from '../kit/index.ts';
import { steps } from './actions.ts';
import { guards } from './guards.ts';
import { attestationMessage, attestationRules } from './messages.ts';
import { heldByAttestation, attestationContext, initialAttestation } from './record.ts';

const refundable = { refund: { guard: 'mayRefund', actions: 'refund' } } as const;

const machine = machineOf({
  context: initialAttestation,
  events: attestationRules,
  guards,
  steps,
  table: {
    id: 'attestation',
    initial: 'absent',
    on: { escrow: { actions: 'escrow' } },
    states: {
      absent: { on: { attest: { guard: 'mayAttest', target: 'pending', actions: 'attest' } } },
      pending: {
        on: {
          pay: [
            { guard: 'mayPayFinal', target: 'final', actions: 'payFinal' },
            { guard: 'mayPay', actions: 'pay' },
          ],
          settle: { guard: 'isFinal', target: 'final', actions: 'settle' },
          refund: { guard: 'mayRefundVoided', target: 'void', actions: 'refund' },
          dispute: { guard: 'isPending', target: 'disputed', actions: 'dispute' },
        },
      },
      disputed: {
        on: {
          verdict: [
            { guard: 'saysValid', target: 'final', actions: 'verdict' },
            { guard: 'saysFaulty', target: 'faulty', actions: 'verdict' },
            { guard: 'saysVoid', target: 'void', actions: 'verdict' },
          ],
        },
      },
      final: {
        on: {
          pay: { guard: 'mayPayAtOnce', actions: 'payAtOnce' },
          settle: { guard: 'hasEscrow', actions: 'settle' },
        },
      },
      faulty: { on: refundable },
      void: { on: refundable },
    },
  },
});

const CONTEXT_BYTES = 1_024;

/** A provider's signed statement that a model gave an output (PROTOCOL §2, §4). */
export const attestation = defineActor({
  kind: 'attestation',
  machine,
  guards,
  steps,
  initial: initialAttestation,
  context: attestationContext,
  contextBytes: CONTEXT_BYTES,
  accountedNlux: heldByAttestation,
  messages: attestationMessage,
  rules: attestationRules,
});
