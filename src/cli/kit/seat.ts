import type { CommittedOutput } from '../../client/output.ts';
import type { ActorView } from '../../client/wire/index.ts';
import type { ChallengeContext, Seat } from '../../machines/challenge/record.ts';
import { actorId, type ActorId } from '../../machines/kit/address.ts';
import { isKeyAt } from '../../machines/provider/keys.ts';
import { actorArgument, actorRecord } from './actors.ts';
import { commitAnswers } from './answer.ts';
import { argument, option } from './input.ts';
import { parseCount } from './parse.ts';
import { rerunFile, type Rerun } from './rerun-file.ts';
import type { Described, Input } from './spec.ts';
import { stop } from './stop.ts';
import type { Planning } from './transaction.ts';

export const CHALLENGE: Described = ['<challenge>', 'id of the challenge'];
export const SAVE: Described = [
  '--save <file>',
  'where commit kept salt and output (beside the keystore)',
];
export const SEAT: Described = ['--seat <number>', 'which seat, if several are yours'];
const MAX_SEAT = 255;

/** A challenge as a node gives it. */
export type Challenge = ActorView<'challenge'>;

/** A provider's owner speaks for its seat, and whoever holds a key of it that is valid now. */
const speaksFor = async ({ key, node }: Planning, seat: Seat): Promise<boolean> => {
  if (seat.owner === key.address) return true;
  const id = actorId('provider', seat.provider);
  const { record, height } = await node.ask(`asking for ${id}`, node.client.actor(id));
  // It is the next block at the earliest that carries what is signed now.
  return record !== undefined && isKeyAt(record.context, key.address, height + 1n);
};

/** The one seat of the present panel in this state that the signing key may speak for. */
export const seatOf = async (
  planning: Planning,
  { context }: Challenge,
  state: Seat['state'],
): Promise<Seat> => {
  const { input, node } = planning;
  const given = option(input, 'seat');
  const number = given === undefined ? undefined : parseCount(given, 0, MAX_SEAT);
  const present = context.seats.filter(({ round }) => round === context.round);
  const mine: Seat[] = [];
  for (const seat of present) {
    if (seat.state !== state || (number !== undefined && seat.seat !== number)) continue;
    if (await speaksFor(planning, seat)) mine.push(seat);
  }
  const [only, another] = mine;
  if (only === undefined) {
    const seats = present.map(
      (seat) => `${seat.seat}: ${node.texts.address(seat.provider)} ${seat.state}`,
    );
    return stop('cli/not-a-seat', { seats: seats.join(', ') || 'none' });
  }
  return another === undefined ? only : stop('cli/option-missing', { option: '--seat' });
};

/** Both trees over what a seat answers. */
export const committedOf = (
  { member, answers }: Rerun,
  { comparator, chunkBytes }: ChallengeContext,
): CommittedOutput =>
  commitAnswers(answers, { author: member, comparator, role: 'seat', chunkBytes });

/** The challenge that the first argument names. */
export const challengeOf = async (
  { session, node }: Planning,
  input: Input,
): Promise<{ readonly id: ActorId<'challenge'>; readonly record: Challenge }> => {
  const id = await actorArgument(session, node, 'challenge', argument(input, 0));
  return { id, record: await actorRecord(node, id) };
};

/** The challenge's own id. */
export const keyText = (id: ActorId<'challenge'>): string => id.slice('challenge:'.length);

/** The file of a seat: named, or where commit put it. */
export const savedFile = (
  { input, session }: Planning,
  id: ActorId<'challenge'>,
  seat: Seat,
): string =>
  option(input, 'save') ??
  rerunFile(session.globals.keystore, {
    challenge: keyText(id),
    round: seat.round,
    seat: seat.seat,
    member: seat.provider,
  });
