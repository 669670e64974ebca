import { blob, hex, literalEnum, u64, variants, type Infer } from '../../codec/index.ts';
import { actorId, TRUST_STORE, type ActorId } from '../kit/address.ts';
import { GAS, quoteGas } from '../kit/gas.ts';
import type { MessageRules } from '../kit/message.ts';
import { MAX_REPORT_BYTES } from '../tee/limits.ts';
import { attestedClaim, VERDICTS, type AttestationContext } from './record.ts';

export const NO_REQUEST = '0'.repeat(64);
const NO_CHALLENGE = '0'.repeat(64);

export const attestationMessage = variants({
  attest: [
    1,
    {
      ...attestedClaim,
      timestamp: u64,
      teeReport: blob(MAX_REPORT_BYTES),
      signature: hex(65),
    },
  ],
  pay: [2, {}],
  settle: [3, {}],
  refund: [4, {}],
  /** The request hands over its fee. */
  escrow: [5, {}],
  dispute: [6, { challengeId: hex(32) }],
  verdict: [7, { verdict: literalEnum(VERDICTS) }],
});
export type AttestationMessage = Infer<typeof attestationMessage>;

const requestOf = (requestId: string): readonly ActorId[] =>
  requestId === NO_REQUEST ? [] : [actorId('request', requestId)];

const parties = (_: unknown, { context }: { context: AttestationContext }) => [
  actorId('provider', context.provider),
  actorId('profile', context.profileHash),
];

/**
 * Until it has stood in a challenge, a refund depends on whether its provider was tombstoned; after
 * that on its own verdict alone.
 */
const refundReads = (_: unknown, { context }: { context: AttestationContext }) =>
  context.challengeId === NO_CHALLENGE ? [actorId('provider', context.provider)] : [];

export const attestationRules: MessageRules<AttestationMessage, AttestationContext> = {
  attest: {
    from: ['account'],
    reads: ({ provider, modelId, profileHash, requestId }) => [
      actorId('model', modelId),
      actorId('profile', profileHash),
      actorId('provider', provider),
      TRUST_STORE,
      ...requestOf(requestId),
    ],
    gas: ({ teeReport }) => GAS.signature + quoteGas(teeReport),
  },
  pay: { from: ['account'], payable: true, reads: parties },
  settle: { from: ['account'], reads: parties },
  refund: { from: ['account'], reads: refundReads },
  escrow: { from: ['request'], payable: true },
  dispute: { from: ['challenge'] },
  verdict: { from: ['challenge'] },
};
