// Names that follow from content (PROTOCOL §2, §6, and docs/protocol.md for slots and requests).
import { fromHex, H, sized, u32, u64, u8 } from './bytes.ts';
import { canonical, type Specification } from './specification.ts';

export const NO_HASH = '0'.repeat(64);
export const NOBODY = '0'.repeat(40);

export interface Chain {
  readonly networkId: number;
  readonly chainId: string;
}

const chainBytes = ({ networkId, chainId }: Chain) => [u32(networkId), fromHex(chainId)] as const;

export const modelIdOf = (weightHash: string, teeRequired: boolean): string =>
  H('aivm/model/1', fromHex(weightHash), u8(teeRequired ? 1 : 0));

export const profileHashOf = (specification: Specification): string =>
  H('aivm/profile/1', sized(canonical(specification)));

export interface Claim {
  readonly provider: string;
  readonly modelId: string;
  readonly profileHash: string;
  readonly payloadHash: string;
  readonly outputHash: string;
  readonly evidenceRoot: string;
  readonly requestId: string;
  readonly timestamp: bigint;
}

const inputHash = ({ profileHash, payloadHash }: Claim): string =>
  H('aivm/input/1', fromHex(profileHash), fromHex(payloadHash));

const taskKey = (chain: Chain, claim: Claim): string =>
  H('aivm/task/1', ...chainBytes(chain), fromHex(claim.modelId), fromHex(inputHash(claim)));

export const slotOf = (chain: Chain, claim: Claim): string =>
  H(
    'aivm/attestation-slot/1',
    fromHex(claim.provider),
    fromHex(taskKey(chain, claim)),
    fromHex(claim.requestId),
  );

/** What is signed: it covers every field, and the hash of the report. */
export const attestationIdOf = (chain: Chain, claim: Claim, reportHash: string): string => {
  const binding = H(
    'aivm/attestation-binding/1',
    ...chainBytes(chain),
    fromHex(claim.modelId),
    fromHex(inputHash(claim)),
    fromHex(claim.outputHash),
    fromHex(claim.evidenceRoot),
    fromHex(claim.requestId),
    fromHex(claim.provider),
    u64(claim.timestamp),
  );
  return H('aivm/attestation/1', fromHex(binding), fromHex(reportHash));
};

export const requestIdOf = (chain: Chain, requester: string, nonce: bigint): string =>
  H('aivm/request/1', ...chainBytes(chain), fromHex(requester), u64(nonce));

/** What a provider's key signs to say that it speaks for an owner. */
export const keyProofOf = (chain: Chain, owner: string): string =>
  H('aivm/provider-key/1', ...chainBytes(chain), fromHex(owner));

export const challengeIdOf = (chain: Chain, one: string, other?: string): string => {
  const [lower, higher] = other === undefined ? [one, NO_HASH] : [one, other].sort();
  return H(
    'aivm/challenge/1',
    ...chainBytes(chain),
    fromHex(lower ?? NO_HASH),
    fromHex(higher ?? NO_HASH),
  );
};

export const announcementOf = (challenge: string, challenger: string, salt: string): string =>
  H('aivm/challenge-announcement/1', fromHex(challenge), fromHex(challenger), fromHex(salt));

export const auditDraw = (randomness: string, attestationId: string): string =>
  H('aivm/audit/1', fromHex(randomness), fromHex(attestationId));

export const devRandomness = (chainId: string, round: bigint): string =>
  H('aivm/dev-beacon/1', fromHex(chainId), u64(round));

export interface Commitment {
  readonly challenge: string;
  readonly round: number;
  readonly seat: number;
  readonly member: string;
  readonly outputHash: string;
  readonly evidenceRoot: string;
  readonly salt: string;
}

export const commitmentOf = (of: Commitment): string =>
  H(
    'aivm/rerun-commit/1',
    fromHex(of.challenge),
    u8(of.round),
    u8(of.seat),
    fromHex(of.member),
    fromHex(of.outputHash),
    fromHex(of.evidenceRoot),
    fromHex(of.salt),
  );
