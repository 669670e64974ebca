import {
  attestationIdOf,
  attestationSlot,
  bindingDigest,
  challengeAnnouncement,
  inputHash,
  outputTree,
  rerunCommit,
  taskKey,
} from '../codec/index.ts';
import type { AttestationContext } from '../machines/attestation/record.ts';
import type { ChallengeMessage } from '../machines/challenge/messages.ts';
import { appealDeposit, bondOf } from '../machines/challenge/money.ts';
import type { ChallengeContext } from '../machines/challenge/record.ts';
import { FIRST_SEAT, partyOf, wantedChunks } from '../machines/challenge/wanted.ts';
import { actorId, keyOf, type ActorId } from '../machines/kit/address.ts';
import { hasKnownShape, isTeacherForced, outputChunks } from '../machines/comparators/index.ts';
import type { DisputeTerms } from '../machines/parameters/record.ts';
import { challengeActor, type Chain } from './names.ts';
import type { CommittedOutput } from './output.ts';

type Message<T extends ChallengeMessage['type']> = Extract<ChallengeMessage, { readonly type: T }>;

/** An attestation that is to be challenged, as a node gives it. */
export interface Challenged {
  readonly slot: string;
  readonly context: AttestationContext;
}

type OpeningType = 'open' | 'audit' | 'protocolAudit' | 'equivocation';

export interface PreparedChallenge<T extends OpeningType = 'open'> {
  readonly receiver: ActorId<'challenge'>;
  readonly message: Message<T>;
}

/**
 * The challenge between two attestations of one claim (PROTOCOL §6), in any order. Chunks that the
 * challenger knows to differ may be named, up to four.
 */
export const prepareChallenge = (
  chain: Chain,
  first: Challenged,
  second: Challenged,
  named: readonly number[] = [],
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
    named,
  },
});

const accusation = ({ slot, context }: Challenged) => ({
  attestation: slot,
  provider: context.provider,
  modelId: context.modelId,
  profileHash: context.profileHash,
});

const alone = (chain: Chain, { context }: Challenged): ActorId<'challenge'> =>
  challengeActor({ ...chain, first: context.attestationId });

/** The challenge of one attestation that is thought to be wrong (PROTOCOL §6, audit). */
export const prepareAudit = (
  chain: Chain,
  accused: Challenged,
  named: readonly number[] = [],
): PreparedChallenge<'audit'> => ({
  receiver: alone(chain, accused),
  message: { type: 'audit', ...accusation(accused), named },
});

/** The audit of an attestation that the beacon has drawn by the ticket of `payer`, an address. */
export const prepareProtocolAudit = (
  chain: Chain,
  accused: Challenged,
  payer: string,
): PreparedChallenge<'protocolAudit'> => ({
  receiver: alone(chain, accused),
  message: { type: 'protocolAudit', ...accusation(accused), payer },
});

/** Another answer to the claim of an attestation, signed by the same provider. */
export interface OtherAnswer {
  readonly outputHash: string;
  readonly evidenceRoot: string;
  readonly requestId: string;
  readonly timestamp: bigint;
  /** SHA-256 of its TEE report, of the empty string where there is none. */
  readonly teeReportHash: string;
  readonly signature: string;
}

/** The proof that a provider signed two answers to one claim (PROTOCOL §6, equivocation). */
export const prepareEquivocation = (
  chain: Chain,
  accused: Challenged,
  other: OtherAnswer,
): PreparedChallenge<'equivocation'> => {
  const { context } = accused;
  const { provider, modelId } = context;
  const claim = { ...chain, modelId, inputHash: inputHash(context) };
  const binding = bindingDigest({ ...claim, ...other, provider });
  const second = attestationIdOf({ bindingDigest: binding, teeReportHash: other.teeReportHash });
  const { outputHash, evidenceRoot, requestId, timestamp, teeReportHash, signature } = other;
  const slot = attestationSlot({ provider, taskKey: taskKey(claim), requestId });
  return {
    receiver: challengeActor({ ...chain, first: context.attestationId, second }),
    message: {
      type: 'equivocation',
      ...accusation(accused),
      other: slot,
      outputHash,
      evidenceRoot,
      requestId,
      timestamp,
      teeReportHash,
      signature,
    },
  };
};

/**
 * What keeps others from opening a challenge in one's place: announced a block before, it lets its
 * author take over whatever copy of the opening came first. The salt stays secret until then.
 */
export const prepareAnnouncement = (of: {
  readonly challenge: ActorId<'challenge'>;
  /** Address of the account that will open it, 20 bytes, hex. */
  readonly challenger: string;
  /** 32 random bytes, hex. */
  readonly salt: string;
  readonly named?: readonly number[];
}) => {
  const { challenger, salt, named = [] } = of;
  const key = challengeAnnouncement({ challengeId: keyOf(of.challenge), challenger, salt });
  return {
    receiver: actorId('announcement', key),
    announce: { type: 'announce' },
    takeOver: { type: 'takeOver', announcement: key, salt, named },
  } as const;
};

/** What opening a challenge takes along, in nLUX (PROTOCOL §6.3). */
export const bondFor = (
  terms: DisputeTerms,
  rerunFeeNlux: bigint,
  form: 'pair' | 'audit' = 'pair',
): bigint => bondOf(terms, rerunFeeNlux, form);

/** The deposit of an appeal against what the panel in hand has decided, in nLUX. */
export const appealDepositFor = (context: ChallengeContext): bigint => appealDeposit(context);

/**
 * What a defendant has to show of its output before panels sit, or anyone for it: the whole of it
 * where seats answer on its tokens, its shape for `tokens`. Nothing if the comparator asks for
 * nothing, or the output is no defendant's.
 */
export const prepareShowing = (
  { comparator, defendants }: ChallengeContext,
  output: Uint8Array,
): Message<'publishOutput'> | Message<'publishShape'> | undefined => {
  if (!hasKnownShape(comparator)) return undefined;
  const { root, count: leaves, bytes, top } = outputTree(outputChunks(comparator, output));
  const defendant = defendants.findIndex(({ outputHash }) => outputHash === root);
  if (defendant === -1) return undefined;
  return isTeacherForced(comparator)
    ? { type: 'publishOutput', defendant, output }
    : { type: 'publishShape', defendant, leaves, bytes, top };
};

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

/** The number of a party: a defendant by its output, else the seat of the present panel. */
const partyNumber = (
  { defendants, seats, round }: ChallengeContext,
  { author, outputHash }: CommittedOutput,
): number | undefined => {
  const defendant = defendants.findIndex(
    (each) => each.provider === author && each.outputHash === outputHash,
  );
  if (defendant !== -1) return defendant;
  const seat = seats.find(
    (each) => each.round === round && each.provider === author && each.outputHash === outputHash,
  );
  return seat && FIRST_SEAT + seat.seat;
};

/**
 * The messages that open the chunks a party has to show in this round (PROTOCOL §6, 5), those it
 * has not opened yet; none for an output that is not a party's.
 */
export const openDrawnChunks = (of: {
  readonly challenge: ActorId<'challenge'>;
  readonly context: ChallengeContext;
  readonly output: CommittedOutput;
  /** Randomness of the round `context.chunkRound`, from the beacon's collection of rounds. */
  readonly beacon: string;
}): readonly Message<'openChunk'>[] => {
  const { context, output } = of;
  const party = partyNumber(context, output);
  if (party === undefined) return [];
  const draw = { challengeId: keyOf(of.challenge), randomness: of.beacon };
  const opened = partyOf(context, party)?.opened ?? 0n;
  return wantedChunks(context, draw, party, output.leaves)
    .filter((_, position) => (opened & (1n << BigInt(position))) === 0n)
    .map(({ index }) => output.openChunk(index, party));
};
