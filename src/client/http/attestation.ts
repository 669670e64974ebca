import { ok, type Failure, type Result } from '../../codec/index.ts';
import { actorId } from '../../machines/kit/address.ts';
import { attestationActor } from '../attestation.ts';
import type { Chain } from '../names.ts';
import { attestationAnswer, type AttestationAnswer } from '../wire/index.ts';
import { checkProof } from './state.ts';
import type { Transport } from './transport.ts';

/** Who is said to have run what on which payload. */
export interface ClaimQuery {
  readonly provider: string;
  readonly modelId: string;
  readonly profileHash: string;
  /** SHA-256 of the canonical payload. */
  readonly payloadHash: string;
  readonly requestId?: string | undefined;
}

export type AttestationQuery = (
  | { readonly slot: string }
  | { readonly claim: ClaimQuery & Chain }
) & {
  /** See `ActorQuery`. */
  readonly trustedRoot?: string;
};

/** The slot is made here from the claim, so that the node cannot answer about another one. */
export const askAttestation = async (
  transport: Transport,
  query: AttestationQuery,
): Promise<Result<AttestationAnswer, Failure>> => {
  const id = 'slot' in query ? actorId('attestation', query.slot) : attestationActor(query.claim);
  const path = `/v1/attestations/${id.slice(id.indexOf(':') + 1)}`;
  const answer = await transport.answer(path, attestationAnswer, { query: { prove: 'true' } });
  if (!answer.ok) return answer;
  const { attestation, proof, root } = answer.value;
  const proven = { actor: id, record: attestation?.record, proof, root };
  const checked = await checkProof(proven, query.trustedRoot);
  return checked.ok ? ok(answer.value) : checked;
};
