import { rerunCommit } from '../../codec/index.ts';
import { actorId, because, guardsOf, keyOf, type AnyMessage, type Check } from '../kit/index.ts';
import { isKeyAt } from '../provider/keys.ts';
import { openChunkChecks } from './chunk-opening.ts';
import { isUndecided, judgePanel } from './judgement.ts';
import { nextPanelSize } from './ladder.ts';
import type { ChallengeMessage } from './messages.ts';
import { appealDeposit } from './money.ts';
import { auditChecks, protocolAuditChecks } from './open/audit.ts';
import { equivocationChecks } from './open/equivocation.ts';
import { pairChecks } from './open/pair.ts';
import { takeOverChecks } from './open/take-over.ts';
import { seatPanel } from './panel.ts';
import { isTheOutput, isThePayload, isTheShape } from './publication.ts';
import { randomnessOf } from './randomness.ts';
import type { ChallengeContext, Seat } from './record.ts';
import { seedRoundOf } from './schedule.ts';

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

/** The payload is out, and some defendant has shown what the comparator asks of it. */
const isSubstantiated: OnAny = ({ payloadPublished, defendants }) => {
  if (!payloadPublished) return because('payload-missing');
  return defendants.some(({ substantiated }) => substantiated)
    ? undefined
    : because('output-missing');
};

const seedIsKnown: OnAny = (context, _, call) => {
  const round = seedRoundOf(context);
  return randomnessOf(round, call) === undefined ? because('round-unknown', { round }) : undefined;
};

const panelSits: OnAny = (context, message, call) => {
  const randomness = randomnessOf(seedRoundOf(context), call);
  if (randomness === undefined) return seedIsKnown(context, message, call);
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

type SeatMessage = Message<'commit'> | Message<'cannotRun'> | Message<'reveal'>;

/** A provider's owner speaks for its seat, and whoever holds a key of it that is valid now. */
const ownsSeat =
  (state: Seat['state']): Check<ChallengeContext, SeatMessage> =>
  (context, { seat }, { from, read, height }) => {
    const found = seatIn(context, seat, state);
    if (found === undefined) return because('seat-unknown', { seat });
    const provider = read.actor(actorId('provider', found.provider))?.context;
    const isKey = provider !== undefined && isKeyAt(provider, keyOf(from), height);
    return keyOf(from) === found.owner || isKey
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

/** Seats that nobody has taken in this commit window, if another window is left. */
const someAreMissing: OnAny = ({ seats, round, attempt, terms }) =>
  attempt + 1 < terms.commitWindows &&
  seats.some(
    (seat) =>
      seat.round === round &&
      seat.attempt === attempt &&
      (seat.state === 'drawn' || seat.state === 'unable'),
  )
    ? undefined
    : because('seat-not-silent');

const someCommitted: OnAny = ({ seats, round }) =>
  seats.some((seat) => seat.round === round && seat.state === 'committed')
    ? undefined
    : because('nobody-committed');

const isLastPanel: OnAny = (context) =>
  nextPanelSize(context) === 0 ? undefined : because('panel-follows');

const staysUndecided: OnAny = (context, _, call) =>
  isUndecided(judgePanel(context, call).context) ? undefined : because('panel-decided');

const bringsDeposit: On<'appeal'> = (context, _, { value }) => {
  const depositNlux = appealDeposit(context);
  return value === depositNlux ? undefined : because('deposit-mismatch', { depositNlux });
};

export const guards = {
  mayOpen: guard('open', ...pairChecks),
  mayAudit: guard('audit', ...auditChecks),
  mayAuditForProtocol: guard('protocolAudit', ...protocolAuditChecks),
  provesEquivocation: guard('equivocation', ...equivocationChecks),
  mayTakeOver: guard('takeOver', inWindow, ...takeOverChecks),
  mayPublish: guard('publish', inWindow, isThePayload),
  mayPublishOutput: guard('publishOutput', inWindow, isTheOutput),
  mayPublishShape: guard('publishShape', inWindow, isTheShape),
  isSubstantiated: guard('wake', isSubstantiated),
  hasLapsed: guard('wake', hasLapsed),
  panelSits: guard('submitSeed', inWindow, hasNotLapsed, panelSits),
  seedIsKnown: guard('submitSeed', inWindow, hasNotLapsed, seedIsKnown),
  panelSitsAtLast: guard('wake', panelSits),
  seedIsKnownAtLast: guard('wake', seedIsKnown),
  mayMoveSeed: guard('wake', notMovedYet),
  mayCommit: guard('commit', inWindow, ownsSeat('drawn')),
  mayDecline: guard('cannotRun', inWindow, ownsSeat('drawn')),
  someAreMissing: guard('wake', someAreMissing),
  someCommitted: guard('wake', someCommitted),
  isLastPanel: guard('wake', isLastPanel),
  staysUndecided: guard('wake', staysUndecided),
  mayReveal: guard('reveal', inWindow, ownsSeat('committed'), matchesCommitment),
  mayOpenChunk: guard('openChunk', inWindow, ...openChunkChecks),
  mayAppeal: guard('appeal', inWindow, hasNotLapsed, bringsDeposit),
};
