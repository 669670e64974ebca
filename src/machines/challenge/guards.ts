import {
  rerunCommit,
  sha256Hex,
  verifyEvidenceChunk,
  verifyOutputChunk,
} from '../../codec/index.ts';
import { because, guardsOf, keyOf, type AnyMessage, type Call, type Check } from '../kit/index.ts';
import { drawnChunks } from './chunks.ts';
import type { ChallengeMessage } from './messages.ts';
import { openChecks } from './open.ts';
import { randomnessOf, seatPanel } from './panel.ts';
import { isSender } from './reads.ts';
import type { ChallengeContext, Defendant, Seat } from './record.ts';

type Message<T extends ChallengeMessage['type']> = Extract<ChallengeMessage, { type: T }>;
type On<T extends ChallengeMessage['type']> = Check<ChallengeContext, Message<T>>;
type OnAny = Check<ChallengeContext, AnyMessage>;

const guard = guardsOf<ChallengeContext, ChallengeMessage>();

/** A window is judged by height, whether its timer has run or not (PROTOCOL §3). */
const inWindow: OnAny = ({ deadline }, _, { height }) =>
  height < deadline ? undefined : because('window-closed', { at: deadline });

/**
 * Timers are bounded per block, so a flood of them may delay a challenge; one that is later than
 * what it would draw from is kept ends void instead (I34, I54).
 */
const hasLapsed: OnAny = ({ lapsesAt }, _, { height }) =>
  height >= lapsesAt ? undefined : because('not-lapsed', { at: lapsesAt });

const hasNotLapsed: OnAny = ({ lapsesAt }, _, { height }) =>
  height < lapsesAt ? undefined : because('challenge-lapsed', { at: lapsesAt });

const isThePayload: On<'publish'> = (context, { payload }) => {
  if (context.payloadPublished) return because('payload-published');
  if (payload.length > context.payloadBytes) {
    return because('payload-too-large', { most: context.payloadBytes });
  }
  return sha256Hex(payload) === context.payloadHash ? undefined : because('payload-mismatch');
};

const payloadIsOut: OnAny = ({ payloadPublished }) =>
  payloadPublished ? undefined : because('payload-missing');

const seedIsKnown: OnAny = ({ seedRound }, _, call) =>
  randomnessOf(seedRound, call) === undefined
    ? because('round-unknown', { round: seedRound })
    : undefined;

const panelSits: OnAny = (context, _, call) => {
  const randomness = randomnessOf(context.seedRound, call);
  if (randomness === undefined) return because('round-unknown', { round: context.seedRound });
  const panel = seatPanel(context, randomness, call);
  return 'reason' in panel ? panel.reason : undefined;
};

const notMovedYet: OnAny = ({ seedMoved }) => (seedMoved ? because('seed-moved') : undefined);

/** The seat of this number in the present panel that is in one of the states. */
export const seatIn = (
  context: ChallengeContext,
  seat: number,
  state: Seat['state'],
): Seat | undefined =>
  context.seats.find(
    (each) => each.round === context.round && each.seat === seat && each.state === state,
  );

const ownsSeat =
  (state: Seat['state']): Check<ChallengeContext, Message<'commit'> | Message<'reveal'>> =>
  (context, { seat }, { from }) => {
    const found = seatIn(context, seat, state);
    if (found === undefined) return because('seat-unknown', { seat });
    return isSender(from, found)
      ? undefined
      : because('not-your-seat', { provider: `provider:${found.provider}` });
  };

const matchesCommitment: On<'reveal'> = (context, message, { self }) => {
  const seat = seatIn(context, message.seat, 'committed');
  const commitment = rerunCommit({
    challengeId: keyOf(self),
    round: context.round,
    seat: message.seat,
    member: seat?.provider ?? '0'.repeat(40),
    outputHash: message.outputHash,
    evidenceRoot: message.evidenceRoot,
    salt: message.salt,
  });
  return commitment === seat?.commitment ? undefined : because('commitment-mismatch');
};

/** A defendant, or a seat of the present panel that has revealed. */
export const partyOf = (
  { defendants, seats, round }: ChallengeContext,
  provider: string,
): Defendant | Seat | undefined =>
  defendants.find((each) => each.provider === provider) ??
  seats.find(
    (each) => each.round === round && each.provider === provider && each.state === 'revealed',
  );

/** Position of a chunk among those drawn for a tree of so many leaves; -1 if it was not. */
export const drawnPosition = (
  context: ChallengeContext,
  { leaves, index }: { readonly leaves: number; readonly index: number },
  randomness: string,
  { self }: Call,
): number =>
  drawnChunks({
    beacon: randomness,
    challengeId: keyOf(self),
    round: context.round,
    leaves,
    wanted: context.terms.drawnChunks,
  }).indexOf(index);

const isDrawn: On<'openChunk'> = (context, message, call) => {
  const party = partyOf(context, message.party);
  if (party === undefined) return because('party-unknown', { party: message.party });
  if (message.outputChunk.length > context.chunkBytes) {
    return because('chunk-too-large', { most: context.chunkBytes });
  }
  if (party.leaves !== 0 && party.leaves !== message.leaves) {
    return because('leaves-mismatch', { leaves: party.leaves });
  }
  const randomness = randomnessOf(context.chunkRound, call);
  if (randomness === undefined) return because('round-unknown', { round: context.chunkRound });
  const position = drawnPosition(context, message, randomness, call);
  const isOpen = (party.opened & (1 << position)) !== 0;
  return position >= 0 && !isOpen
    ? undefined
    : because('chunk-not-drawn', { index: message.index });
};

const isProved: On<'openChunk'> = (context, message) => {
  const party = partyOf(context, message.party);
  if (party === undefined) return because('party-unknown', { party: message.party });
  const { leaves: count, bytes, index } = message;
  const output = verifyOutputChunk({
    root: party.outputHash,
    count,
    bytes,
    index,
    chunk: message.outputChunk,
    proof: message.outputProof,
  });
  const evidence = verifyEvidenceChunk({
    root: party.evidenceRoot,
    author: party.provider,
    count,
    bytes,
    index,
    chunk: message.evidenceChunk,
    proof: message.evidenceProof,
  });
  return output && evidence ? undefined : because('chunk-proof-invalid');
};

/** With `exact` the evidence is the output itself, under its author's name (PROTOCOL §2). */
const evidenceIsOutput: On<'openChunk'> = (_, { outputChunk, evidenceChunk }) => {
  const isSame =
    outputChunk.length === evidenceChunk.length &&
    outputChunk.every((byte, at) => byte === evidenceChunk[at]);
  return isSame ? undefined : because('evidence-not-output');
};

const someAreSilent: OnAny = ({ seats, round, attempt, terms }) =>
  attempt + 1 < terms.commitWindows &&
  seats.some((seat) => seat.round === round && seat.state === 'drawn')
    ? undefined
    : because('seat-not-silent');

const someCommitted: OnAny = ({ seats, round }) =>
  seats.some((seat) => seat.round === round && seat.state === 'committed')
    ? undefined
    : because('nobody-committed');

export const guards = {
  mayOpen: guard('open', ...openChecks),
  mayPublish: guard('publish', inWindow, isThePayload),
  payloadIsOut: guard('wake', payloadIsOut),
  hasLapsed: guard('wake', hasLapsed),
  panelSits: guard('submitSeed', inWindow, hasNotLapsed, panelSits),
  seedIsKnown: guard('submitSeed', inWindow, hasNotLapsed, seedIsKnown),
  panelSitsAtLast: guard('wake', panelSits),
  seedIsKnownAtLast: guard('wake', seedIsKnown),
  mayMoveSeed: guard('wake', notMovedYet),
  mayCommit: guard('commit', inWindow, ownsSeat('drawn')),
  someAreSilent: guard('wake', someAreSilent),
  someCommitted: guard('wake', someCommitted),
  mayReveal: guard('reveal', inWindow, ownsSeat('committed'), matchesCommitment),
  mayOpenChunk: guard('openChunk', inWindow, isDrawn, isProved, evidenceIsOutput),
};
