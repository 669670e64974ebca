import { commitOutput, type CommittedOutput } from '../../client/output.ts';
import type { ActorView } from '../../client/wire/index.ts';
import type { Seat } from '../../machines/challenge/record.ts';
import type { ActorId } from '../../machines/kit/address.ts';
import { actorArgument, actorRecord } from './actors.ts';
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

/** The one seat of the present panel in this state that the signing key may speak for. */
export const seatOf = (
  { input, key, node }: Planning,
  { context }: Challenge,
  state: Seat['state'],
): Seat => {
  const given = option(input, 'seat');
  const number = given === undefined ? undefined : parseCount(given, 0, MAX_SEAT);
  const present = context.seats.filter(({ round }) => round === context.round);
  const mine = present.filter(
    (seat) =>
      seat.state === state &&
      (seat.provider === key.address || seat.owner === key.address) &&
      (number === undefined || seat.seat === number),
  );
  const [only, another] = mine;
  if (only === undefined) {
    const seats = present.map(
      (seat) => `${seat.seat}: ${node.texts.address(seat.provider)} ${seat.state}`,
    );
    return stop('cli/not-a-seat', { seats: seats.join(', ') || 'none' });
  }
  return another === undefined ? only : stop('cli/option-missing', { option: '--seat' });
};

/** Both trees over the output of a re-run. */
export const committedOf = ({ member, output }: Rerun, chunkBytes: number): CommittedOutput =>
  commitOutput({ author: member, output, chunkBytes });

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
