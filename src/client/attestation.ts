import {
  attestationSlot,
  nobleSecp256k1,
  ok,
  type Failure,
  type Result,
  type Secp256k1,
} from '../codec/index.ts';
import { identityOf } from '../machines/attestation/identity.ts';
import { NO_REQUEST, type AttestationMessage } from '../machines/attestation/messages.ts';
import { actorId, type ActorId } from '../machines/kit/address.ts';
import { attempt } from './attempt.ts';
import { claimOf, type Chain } from './names.ts';

export type AttestMessage = Extract<AttestationMessage, { readonly type: 'attest' }>;

/** What a provider claims: that it ran the profile on the payload and got the output. */
export interface AttestationClaim extends Chain {
  /** Address of the provider, 20 bytes, hex. */
  readonly provider: string;
  readonly modelId: string;
  readonly profileHash: string;
  readonly payloadHash: string;
  /** Root of the output tree. */
  readonly outputHash: string;
  /** Root of the tree over the provider's own evidence. */
  readonly evidenceRoot: string;
  /** Absent if nobody asked. */
  readonly requestId?: string | undefined;
  /** Unix seconds. */
  readonly timestamp: bigint;
  /** Absent if the profile asks for none. */
  readonly teeReport?: Uint8Array | undefined;
  /** A key of the provider that is valid at the height of inclusion, 32 bytes, hex. */
  readonly providerKey: string;
  readonly engine?: Secp256k1;
}

export interface PreparedAttestation {
  /** Where the transaction that carries the message goes. */
  readonly receiver: ActorId<'attestation'>;
  /** Key of that actor. */
  readonly slot: string;
  /** What is signed, and what a challenge names. */
  readonly attestationId: string;
  /** What a TEE report over this claim carries: 32 bytes of REPORTDATA, zeros after them. */
  readonly bindingDigest: string;
  readonly message: AttestMessage;
}

const NO_REPORT = new Uint8Array(0);

/** Signs an attestation and says where it goes (PROTOCOL §2, §4). */
export const prepareAttestation = (
  claim: AttestationClaim,
): Result<PreparedAttestation, Failure> => {
  const { networkId, chainId, providerKey, engine = nobleSecp256k1, ...given } = claim;
  const { requestId = NO_REQUEST, teeReport = NO_REPORT, ...rest } = given;
  const unsigned = { type: 'attest', ...rest, requestId, teeReport, signature: '' } as const;
  const identity = attempt('client/not-encodable', () =>
    identityOf(unsigned, { networkId, chainId }),
  );
  if (!identity.ok) return identity;
  const { slot, attestationId, bindingDigest } = identity.value;
  const signature = attempt('client/bad-key', () => engine.sign(attestationId, providerKey));
  if (!signature.ok) return signature;
  const message: AttestMessage = { ...unsigned, signature: signature.value };
  const receiver = actorId('attestation', slot);
  return ok({ receiver, slot, attestationId, bindingDigest, message });
};

/** Where the attestation of a provider for a claim lives, whether it exists or not. */
export const attestationActor = (
  of: Chain & {
    readonly provider: string;
    readonly modelId: string;
    readonly profileHash: string;
    readonly payloadHash: string;
    readonly requestId?: string | undefined;
  },
): ActorId<'attestation'> => {
  const { provider, requestId = NO_REQUEST } = of;
  return actorId('attestation', attestationSlot({ provider, taskKey: claimOf(of), requestId }));
};
