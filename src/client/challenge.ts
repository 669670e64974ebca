import { rerunCommit } from '../codec/index.ts';
import type { AttestationContext } from '../machines/attestation/record.ts';
import { drawnChunks } from '../machines/challenge/chunks.ts';
import type { ChallengeMessage } from '../machines/challenge/messages.ts';
import { bondOf } from '../machines/challenge/money.ts';
import type { ChallengeContext } from '../machines/challenge/record.ts';
import { keyOf, type ActorId } from '../machines/kit/address.ts';
import type { DisputeTerms } from '../machines/parameters/record.ts';
import { challengeActor, type Chain } from './names.ts';
import type { CommittedOutput } from './output.ts';

type Message<T extends ChallengeMessage['type']> = Extract<ChallengeMessage, { readonly type: T }>;

/** An attestation that is to be challenged, as a node gives it. */
export interface Challenged {
  readonly slot: string;
  readonly context: AttestationContext;
}

export interface PreparedChallenge {
  readonly receiver: ActorId<'challenge'>;
  readonly message: Message<'open'>;
}

/** The challenge between two attestations of one claim (PROTOCOL §6), in any order. */
export const prepareChallenge = (
  chain: Chain,
  first: Challenged,
  second: Challenged,
): PreparedChallenge => ({
  receiver: challengeActor({
    ...chain,
    first: first.context.attestationId,
    second: second.context.attestationId,
  }),
  message: {
    type: 'open',
    first: first.slot,
    second: second.slot,
    firstProvider: first.context.provider,
    secondProvider: second.context.provider,
    modelId: first.context.modelId,
    profileHash: first.context.profileHash,
  },
});

/** What opening a challenge takes along, in nLUX (PROTOCOL §6.3). */
export const bondFor = (terms: DisputeTerms, rerunFeeNlux: bigint): bigint =>
  bondOf(terms, rerunFeeNlux);

/** A seat's answer, made before it is committed to and kept until it is revealed. */
export interface Rerun {
  readonly commit: Message<'commit'>;
  readonly reveal: Message<'reveal'>;
}

/** The two messages of a seat that re-ran the inference (PROTOCOL §6, 4 and 5). */
export const prepareRerun = (of: {
  readonly challenge: ActorId<'challenge'>;
  /** Of the panel, from 1. */
  readonly round: number;
  readonly seat: number;
  /** Address of the provider that was drawn, 20 bytes, hex. */
  readonly member: string;
  readonly output: CommittedOutput;
  /** 32 random bytes, hex: without them the commitment could be guessed. */
  readonly salt: string;
}): Rerun => {
  const { outputHash, evidenceRoot } = of.output;
  const { seat, salt } = of;
  const commitment = rerunCommit({
    ...of,
    outputHash,
    evidenceRoot,
    challengeId: keyOf(of.challenge),
  });
  return {
    commit: { type: 'commit', seat, commitment },
    reveal: { type: 'reveal', seat, outputHash, evidenceRoot, salt },
  };
};

/** The messages that open the chunks a party has to show (PROTOCOL §6, 5). */
export const openDrawnChunks = (of: {
  readonly challenge: ActorId<'challenge'>;
  readonly context: ChallengeContext;
  readonly output: CommittedOutput;
  /** Randomness of the round `context.chunkRound`, from the beacon's collection of rounds. */
  readonly beacon: string;
}): readonly Message<'openChunk'>[] =>
  drawnChunks({
    beacon: of.beacon,
    challengeId: keyOf(of.challenge),
    round: of.context.round,
    leaves: of.output.leaves,
    wanted: of.context.terms.drawnChunks,
  }).map((index) => of.output.openChunk(index));
