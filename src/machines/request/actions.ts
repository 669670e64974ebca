import { emit, keyOf, payAccount, send, stepsOf } from '../kit/index.ts';
import type { RequestMessage } from './messages.ts';
import type { RequestContext } from './record.ts';

const step = stepsOf<RequestContext, RequestMessage>();

export const steps = {
  open: step('open', (context, message, { from, value, height }) => ({
    context: {
      ...context,
      requester: keyOf(from),
      provider: message.provider,
      modelId: message.modelId,
      profileHash: message.profileHash,
      payloadHash: message.payloadHash,
      feeNlux: value,
      declaredValueNlux: message.declaredValueNlux,
      enforceable: message.enforceable,
      openedAt: height,
      expiresAt: message.expiresAt,
    },
    effects: [
      emit('requested', {
        requester: from,
        provider: `provider:${message.provider}`,
        payloadHash: message.payloadHash,
        feeNlux: value,
        expiresAt: message.expiresAt,
      }),
    ],
  })),
  refund: step('refund', (context) => ({
    context,
    effects: [
      ...payAccount(context.requester, 'refund', context.feeNlux),
      emit('requestRefunded', { amountNlux: context.feeNlux }),
    ],
  })),
  fulfil: step('fulfil', (context, _, { from }) => ({
    context: { ...context, attestation: keyOf(from) },
    effects: [
      send(from as `attestation:${string}`, { type: 'escrow' }, context.feeNlux),
      emit('fulfilled', { attestation: from }),
    ],
  })),
  settled: step('settled', (context) => ({ context, effects: [] })),
  refunded: step('refunded', (context) => ({ context, effects: [] })),
};
