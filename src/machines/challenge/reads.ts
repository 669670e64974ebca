import { actorId, BEACON, keyOf, type ActorId } from '../kit/address.ts';
import type { ReadContext } from '../kit/message.ts';
import type { ChallengeContext } from './record.ts';

interface Opening {
  readonly first: string;
  readonly second: string;
  readonly firstProvider: string;
  readonly secondProvider: string;
  readonly modelId: string;
  readonly profileHash: string;
}

/** Opening reads both attestations and all who stand behind them. */
export const openReads = (message: Opening): readonly ActorId[] => [
  actorId('attestation', message.first),
  actorId('attestation', message.second),
  actorId('provider', message.firstProvider),
  actorId('provider', message.secondProvider),
  actorId('profile', message.profileHash),
  actorId('model', message.modelId),
  BEACON,
];

/**
 * A draw reads the beacon, the set of the profile, the payers of both attestations, and who owns
 * the providers among the excluded addresses.
 */
export const drawReads = (
  _: unknown,
  { context }: ReadContext<ChallengeContext>,
): readonly ActorId[] => [
  BEACON,
  actorId('profile', context.profileHash),
  ...context.defendants.map(({ attestation }) => actorId('attestation', attestation)),
  ...context.excluded.map((address) => actorId('provider', address)),
];

export const isSender = (from: ActorId, party: { provider: string; owner: string }): boolean =>
  keyOf(from) === party.owner || keyOf(from) === party.provider;
