import {
  challengeId,
  encode,
  inputHash,
  modelId,
  profileHash,
  requestId,
  taskKey,
} from '../codec/index.ts';
import { actorId, type ActorId } from '../machines/kit/address.ts';
import { profileSpecification, type ProfileSpecification } from '../machines/profile/record.ts';

/** The chain that a name or a signature is for. */
export interface Chain {
  readonly networkId: number;
  /** 32 bytes, hex. */
  readonly chainId: string;
}

/** Where a model lives: any holder of its weights can compute it (PROTOCOL §2). */
export const modelActor = (of: {
  /** SHA-256 of the weights, hex. */
  readonly weightHash: string;
  readonly teeRequired: boolean;
}): ActorId<'model'> => actorId('model', modelId(of));

/** Hash of a profile's specification, which is its name (PROTOCOL §2). */
export const profileHashOf = (specification: ProfileSpecification): string =>
  profileHash(encode(profileSpecification, specification));

/** Where a profile lives. */
export const profileActor = (specification: ProfileSpecification): ActorId<'profile'> =>
  actorId('profile', profileHashOf(specification));

/** Where a request lives: the requester chooses the nonce, one for each of its requests. */
export const requestActor = (
  of: Chain & { readonly requester: string; readonly nonce: bigint },
): ActorId<'request'> => actorId('request', requestId(of));

/** The claim that attestations of one model, profile and payload are about (PROTOCOL §2). */
export const claimOf = (
  of: Chain & {
    readonly modelId: string;
    readonly profileHash: string;
    readonly payloadHash: string;
  },
): string => taskKey({ ...of, inputHash: inputHash(of) });

/**
 * Where a challenge lives, by the ids (not slots) of its attestations in any order; an audit has
 * but one.
 */
export const challengeActor = (
  of: Chain & { readonly first: string; readonly second?: string | undefined },
): ActorId<'challenge'> => actorId('challenge', challengeId(of));
