import { actorId, AUDIT_POOL, BEACON, type ActorId } from '../kit/address.ts';
import type { ReadContext } from '../kit/message.ts';
import type { ChallengeContext } from './record.ts';

type About = ReadContext<ChallengeContext>;

interface Pair {
  readonly first: string;
  readonly second: string;
  readonly firstProvider: string;
  readonly secondProvider: string;
  readonly modelId: string;
  readonly profileHash: string;
}

interface Single {
  readonly attestation: string;
  readonly provider: string;
  readonly modelId: string;
  readonly profileHash: string;
}

/** Opening reads both attestations and all who stand behind them. */
export const openReads = (message: Pair): readonly ActorId[] => [
  actorId('attestation', message.first),
  actorId('attestation', message.second),
  actorId('provider', message.firstProvider),
  actorId('provider', message.secondProvider),
  actorId('profile', message.profileHash),
  actorId('model', message.modelId),
  BEACON,
];

export const auditReads = (message: Single): readonly ActorId[] => [
  actorId('attestation', message.attestation),
  actorId('provider', message.provider),
  actorId('profile', message.profileHash),
  actorId('model', message.modelId),
  BEACON,
];

export const protocolAuditReads = (message: Single): readonly ActorId[] => [
  ...auditReads(message),
  AUDIT_POOL,
];

export const equivocationReads = (
  message: Single & { readonly other: string },
): readonly ActorId[] => [
  actorId('attestation', message.attestation),
  actorId('attestation', message.other),
  actorId('provider', message.provider),
  actorId('profile', message.profileHash),
];

export const takeOverReads = ({ announcement }: { readonly announcement: string }) => [
  actorId('announcement', announcement),
  BEACON,
];

/**
 * A draw reads the beacon, the set of the profile, the payers of the attestations, and who owns
 * the providers among the excluded addresses.
 */
export const drawReads = (_: unknown, { context }: About): readonly ActorId[] => [
  BEACON,
  actorId('profile', context.profileHash),
  ...context.defendants.map(({ attestation }) => actorId('attestation', attestation)),
  ...excludedAddresses(context).map((address) => actorId('provider', address)),
];

/** Those who hold, or held, a seat of the present panel: their keys say who may act for them. */
export const seatReads = (message: { readonly seat: number }, { context }: About) =>
  context.seats
    .filter(({ round, seat }) => round === context.round && seat === message.seat)
    .map(({ provider }) => actorId('provider', provider));

const NOBODY = '0'.repeat(40);

/** The excluded addresses, the present challenger's among them. */
export const excludedAddresses = ({ excluded, challenger }: ChallengeContext): readonly string[] =>
  challenger === NOBODY || excluded.includes(challenger) ? excluded : [...excluded, challenger];
