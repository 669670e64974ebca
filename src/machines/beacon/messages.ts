import { blob, u64, variants, type Infer } from '../../codec/index.ts';
import { GAS } from '../kit/gas.ts';
import type { MessageRules } from '../kit/message.ts';
import type { BeaconContext } from './record.ts';

/** A drand quicknet signature is a compressed point of G1; a dev value is a hash. */
export const MAX_BEACON_PROOF_BYTES = 48;

export const beaconMessage = variants({
  submitRound: [1, { round: u64, proof: blob(MAX_BEACON_PROOF_BYTES) }],
});
export type BeaconMessage = Infer<typeof beaconMessage>;

export const beaconRules: MessageRules<BeaconMessage, BeaconContext> = {
  submitRound: {
    from: ['account'],
    gas: (_, { context }) => (context.source.type === 'drand' ? GAS.pairing : GAS.hash),
  },
};
