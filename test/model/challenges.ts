// What people send to a challenge, from its opening to its last window (PROTOCOL §6).
import { sha256 } from './bytes.ts';
import { openChunk, panelsOf } from './chunks.ts';
import { amountIn, bytesIn, hexOf, listIn, must, need, numberIn, sure } from './chain.ts';
import type { Call, Message, World } from './chain.ts';
import { openEquivocation } from './equivocations.ts';
import * as ids from './ids.ts';
import { openAudit, openPair, openProtocolAudit, takeOver } from './openings.ts';
import { hasLapsed, isInWindow, moveNextSeed, seatPanel, seedRoundOf, type On } from './panels.ts';
import { signsAt } from './providers.ts';
import { decline } from './stake.ts';
import type { Seat } from './state.ts';
import { hasShape } from './trees.ts';

const publish = (on: On, message: Message): void => {
  const payload = bytesIn(message, 'payload');
  need(on.of.state === 'publish' && isInWindow(on), 'not now');
  need(!on.of.payloadPublished, 'published already');
  need(payload.length <= on.of.payloadBytes, 'too large');
  need(sha256(payload) === on.of.payloadHash, 'not the payload');
  on.of.payloadPublished = true;
};

/** How many chunks a text has, and not what is in them (docs/protocol.md, Outputs). */
const publishShape = (on: On, message: Message): void => {
  need(on.of.state === 'publish' && isInWindow(on), 'not now');
  need(on.of.comparator.type === 'tokens', 'not asked for');
  const accused = must(on.of.defendants[numberIn(message, 'defendant')], 'no such defendant');
  need(!accused.substantiated, 'published already');
  const leaves = numberIn(message, 'leaves');
  const isShape = hasShape(
    accused.outputHash,
    leaves,
    amountIn(message, 'bytes'),
    hexOf(message, 'top'),
  );
  need(isShape, 'not the shape of the output');
  Object.assign(accused, { substantiated: true, leaves });
};

const submitSeed = (on: On): void => {
  need(on.of.state === 'awaitSeed' && isInWindow(on) && !hasLapsed(on), 'not now');
  const randomness = on.world.state.rounds.get(seedRoundOf(on.of))?.randomness;
  seatPanel(on, must(randomness, 'the round is unknown'));
};

/** The seat in the present panel that is in this state and whose owner, or key, asks. */
const ownSeat = ({ world, of }: On, message: Message, call: Call, state: Seat['state']): Seat => {
  const seat = of.seats.find(
    (each) =>
      each.round === of.round && each.seat === numberIn(message, 'seat') && each.state === state,
  );
  need(seat !== undefined, 'no such seat');
  const provider = sure(world.state.providers.get(seat.provider));
  const isIts = seat.owner === call.from || signsAt(provider, call.from, world.state.height);
  need(isIts, 'not the seat of the sender');
  return seat;
};

const commit = (on: On, message: Message, call: Call): void => {
  need(on.of.state === 'commit' && isInWindow(on), 'not now');
  const commitment = hexOf(message, 'commitment');
  Object.assign(ownSeat(on, message, call, 'drawn'), { state: 'committed', commitment });
};

const cannotRun = (on: On, message: Message, call: Call): void => {
  const { world, of } = on;
  need(of.state === 'commit' && isInWindow(on), 'not now');
  const seat = ownSeat(on, message, call, 'drawn');
  seat.state = 'unable';
  decline(world, sure(world.state.providers.get(seat.provider)), of.profileHash);
};

const reveal = (on: On, message: Message, call: Call): void => {
  need(on.of.state === 'reveal' && isInWindow(on), 'not now');
  const seat = ownSeat(on, message, call, 'committed');
  const [outputHash, evidenceRoot] = [hexOf(message, 'outputHash'), hexOf(message, 'evidenceRoot')];
  const commitment = ids.commitmentOf({
    challenge: on.self,
    round: on.of.round,
    seat: seat.seat,
    member: seat.provider,
    outputHash,
    evidenceRoot,
    salt: hexOf(message, 'salt'),
  });
  need(commitment === seat.commitment, 'not what was committed');
  Object.assign(seat, { state: 'revealed', outputHash, evidenceRoot });
};

const appeal = (on: On, message: Message, call: Call): void => {
  const { of } = on;
  need(of.state === 'decided' && isInWindow(on) && !hasLapsed(on), 'not now');
  const next = panelsOf(of)[of.round] ?? 0;
  const deposit = BigInt(of.terms.appealPanels * next) * of.rerunFeeNlux;
  need(call.value === deposit, 'not the deposit');
  of.state = 'appealed';
  of.named = [...new Set([...of.named, ...listIn<number>(message, 'named')])];
  moveNextSeed(on);
  of.appeals.push({
    round: of.round,
    appellant: call.from,
    depositNlux: call.value,
    findings: of.defendants.map(({ finding }) => finding),
  });
};

const PAYABLE = ['open', 'audit', 'takeOver', 'appeal'];

export const challenge = (world: World, message: Message, call: Call): void => {
  need(call.value === 0n || PAYABLE.includes(message.type), 'takes no value');
  if (message.type === 'open') return openPair(world, message, call);
  if (message.type === 'audit') return openAudit(world, message, call);
  if (message.type === 'protocolAudit') return openProtocolAudit(world, message, call);
  if (message.type === 'equivocation') return openEquivocation(world, message, call);
  const of = must(world.state.challenges.get(call.self), 'no such challenge');
  const on = { world, self: call.self, of };
  switch (message.type) {
    case 'takeOver':
      return takeOver(world, of, message, call);
    case 'publish':
      return publish(on, message);
    case 'publishShape':
      return publishShape(on, message);
    case 'publishOutput':
      return need(false, 'no comparator of the model asks for whole outputs');
    case 'submitSeed':
      return submitSeed(on);
    case 'commit':
      return commit(on, message, call);
    case 'cannotRun':
      return cannotRun(on, message, call);
    case 'reveal':
      return reveal(on, message, call);
    case 'openChunk':
      return openChunk(world, call.self, of, message);
    case 'appeal':
      return appeal(on, message, call);
    default:
      return need(false, 'nobody may send this');
  }
};
