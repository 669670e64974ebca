import { providerKeyProof } from '../../codec/index.ts';
import { because, type Call, type Reason } from '../kit/index.ts';

/**
 * Nobody registers, or rotates to, a key that is not theirs: the key of address `key` itself signs
 * for its owner (both addresses of 20 bytes, hex), on this chain. Without a signature that recovers
 * to any key, `signer` of the reason is empty.
 */
export const whyNotProven = (
  key: string,
  owner: string,
  proof: string,
  { networkId, chainId, verifier }: Call,
): Reason | undefined => {
  const signer = verifier.recoverAddress(providerKeyProof({ networkId, chainId, owner }), proof);
  return signer === key ? undefined : because('key-not-proven', { signer: signer ?? '' });
};
