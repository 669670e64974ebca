import { amount, bool, hex, u64, variants, type Infer } from '../../codec/index.ts';
import { actorId } from '../kit/address.ts';
import type { MessageRules } from '../kit/message.ts';
import type { RequestContext } from './record.ts';

export const requestMessage = variants({
  open: [
    1,
    {
      /** With the requester's address it names the request, so that one account has many. */
      nonce: u64,
      provider: hex(20),
      modelId: hex(32),
      profileHash: hex(32),
      payloadHash: hex(32),
      declaredValueNlux: amount,
      enforceable: bool,
      expiresAt: u64,
    },
  ],
  refund: [2, {}],
  fulfil: [3, {}],
  settled: [4, {}],
  refunded: [5, {}],
});
export type RequestMessage = Infer<typeof requestMessage>;

export const requestRules: MessageRules<RequestMessage, RequestContext> = {
  open: {
    from: ['account'],
    payable: true,
    reads: ({ provider, profileHash }) => [
      actorId('provider', provider),
      actorId('profile', profileHash),
    ],
  },
  refund: { from: ['account'] },
  fulfil: { from: ['attestation'] },
  settled: { from: ['attestation'] },
  refunded: { from: ['attestation'] },
};
