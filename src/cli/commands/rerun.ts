import { randomBytes } from 'node:crypto';
import { openDrawnChunks, prepareRerun } from '../../client/challenge.ts';
import { COLLECTION } from '../../client/collections.ts';
import { commitOutput, type CommittedOutput } from '../../client/output.ts';
import type { ActorView } from '../../client/wire/index.ts';
import { toHex } from '../../codec/bytes.ts';
import { BEACON, type ActorId } from '../../machines/kit/address.ts';
import { u64Key } from '../../machines/kit/collection.ts';
import type { ChallengeContext, Seat } from '../../machines/challenge/record.ts';
import { actorArgument, actorRecord } from '../kit/actors.ts';
import { readOutput } from '../kit/content.ts';
import { plan, type Plan } from '../kit/draft.ts';
import { argument, option, requiredOption } from '../kit/input.ts';
import { resolveAddress } from '../kit/names.ts';
import type { Node } from '../kit/node.ts';
import { parseCount } from '../kit/parse.ts';
import { loadRerun, rerunFile, saveRerun, type Rerun } from '../kit/rerun-file.ts';
import type { Described, Input } from '../kit/spec.ts';
import { stop } from '../kit/stop.ts';
import { transaction, type Planning } from '../kit/transaction.ts';

const CHALLENGE: Described = ['<challenge>', 'id of the challenge'];
const ID = 'e05b…';
const SAVE: Described = ['--save <file>', 'where commit kept salt and output (beside the keystore)'];
const SEAT: Described = ['--seat <number>', 'which seat, if several are yours'];
const SALT_BYTES = 32;
const MAX_SEAT = 255;

type Challenge = ActorView<'challenge'>;

/** The one seat of the present panel in this state that the signing key may speak for. */
const seatOf = (
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

const committedOf = ({ member, output }: Rerun, chunkBytes: number): CommittedOutput =>
  commitOutput({ author: member, output, chunkBytes });

const challengeOf = async (
  { session, node }: Planning,
  input: Input,
): Promise<{ readonly id: ActorId<'challenge'>; readonly record: Challenge }> => {
  const id = await actorArgument(session, node, 'challenge', argument(input, 0));
  return { id, record: await actorRecord(node, id) };
};

const keyText = (id: ActorId<'challenge'>): string => id.slice('challenge:'.length);

/** The file of a seat: named, or where commit put it. */
const savedFile = ({ input, session }: Planning, id: ActorId<'challenge'>, seat: Seat): string =>
  option(input, 'save') ??
  rerunFile(session.globals.keystore, {
    challenge: keyText(id),
    round: seat.round,
    seat: seat.seat,
    member: seat.provider,
  });

export const commit = transaction({
  name: 'commit',
  summary: 'commit to the output of a re-run, for a seat of the panel',
  details:
    'Salt and output are kept in a file that only you can read, written before anything is sent: ' +
    'reveal and open-chunks need it, and who commits without revealing loses stake.',
  arguments: [CHALLENGE],
  options: [
    ['--output <file>', 'what the re-run gave, or its description in a .json file'],
    SEAT,
    SAVE,
  ],
  examples: [[`aivm challenge commit ${ID} --output rerun.cbor --from worker3`, 'then reveal it']],
  plan: async (planning) => {
    const { input, session, parameters } = planning;
    const { id, record } = await challengeOf(planning, input);
    const seat = seatOf(planning, record, 'drawn');
    const output = readOutput(requiredOption(input, 'output'), session.out);
    const salt = toHex(randomBytes(SALT_BYTES));
    const { round, seat: number, provider: member } = seat;
    const rerun: Rerun = { challenge: keyText(id), round, seat: number, member, salt, output };
    const committed = committedOf(rerun, parameters.chunkBytes);
    const prepared = prepareRerun({
      challenge: id,
      round,
      seat: number,
      member,
      output: committed,
      salt,
    });
    const file = savedFile(planning, id, seat);
    if (planning.input.options['dryRun'] !== true) saveRerun(file, rerun);
    const names = { seat: String(number), outputHash: committed.outputHash, saved: file };
    return plan({ receiver: id, message: prepared.commit }, names);
  },
});

export const reveal = transaction({
  name: 'reveal',
  summary: 'reveal what a seat committed to',
  arguments: [CHALLENGE],
  options: [SEAT, SAVE],
  examples: [[`aivm challenge reveal ${ID} --from worker3`, 'from the file that commit kept']],
  plan: async (planning) => {
    const { input, parameters } = planning;
    const { id, record } = await challengeOf(planning, input);
    const seat = seatOf(planning, record, 'committed');
    const rerun = loadRerun(savedFile(planning, id, seat));
    const output = committedOf(rerun, parameters.chunkBytes);
    const prepared = prepareRerun({ ...rerun, challenge: id, output });
    if (prepared.commit.commitment !== seat.commitment) stop('cli/output-of-other');
    const { outputHash } = output;
    return plan({ receiver: id, message: prepared.reveal }, { outputHash });
  },
});

/** Randomness that names the chunks. */
const randomness = async (node: Node, round: bigint): Promise<string> => {
  const key = u64Key(round);
  const query = { from: key, limit: 1 };
  const page = await node.ask(
    'asking for the round',
    node.client.entries(BEACON, COLLECTION.beaconRounds, query),
  );
  const [found] = page.items;
  if (found?.key === key) return found.value.randomness;
  return stop('cli/round-unknown', { round: String(round) });
};

/** A defendant brings its output again; a seat has it in its file. */
const partyOf = async (
  planning: Planning,
  id: ActorId<'challenge'>,
  record: Challenge,
): Promise<CommittedOutput> => {
  const { input, session, node, key, parameters } = planning;
  const file = option(input, 'output');
  const { chunkBytes } = parameters;
  if (file === undefined) {
    return committedOf(
      loadRerun(savedFile(planning, id, seatOf(planning, record, 'revealed'))),
      chunkBytes,
    );
  }
  const party = option(input, 'party');
  const author = party === undefined ? key.address : await resolveAddress(session, node, party);
  return commitOutput({ author, output: readOutput(file, session.out), chunkBytes });
};

const isParty = ({ defendants, seats, round }: ChallengeContext, hash: string): boolean =>
  defendants.some(({ outputHash }) => outputHash === hash) ||
  seats.some((seat) => seat.round === round && seat.outputHash === hash);

export const openChunks = transaction({
  name: 'open-chunks',
  summary: 'open the drawn chunks of an output, as a defendant or a seat',
  details:
    'One transaction for each drawn chunk, sent together. A defendant names its output with ' +
    '--output; a seat that has revealed needs nothing more. What is not opened does not count.',
  arguments: [CHALLENGE],
  options: [
    ['--output <file>', 'output of a defendant, or its description in a .json file'],
    ['--party <provider>', 'whose output it is, with --output (the key of --from)'],
    SEAT,
    SAVE,
  ],
  examples: [
    [`aivm challenge open-chunks ${ID} --from worker3`, 'as a seat that has revealed'],
    [`aivm challenge open-chunks ${ID} --output answer.cbor --from worker`, 'as a defendant'],
  ],
  plan: async (planning): Promise<Plan> => {
    const { input, node } = planning;
    const { id, record } = await challengeOf(planning, input);
    const { state, context } = record;
    if (state !== 'reveal') stop('cli/wrong-state', { state, expected: 'reveal' });
    const output = await partyOf(planning, id, record);
    if (!isParty(context, output.outputHash)) stop('cli/output-of-other');
    const beacon = await randomness(node, context.chunkRound);
    const messages = openDrawnChunks({ challenge: id, context, output, beacon });
    return {
      drafts: messages.map((message) => ({ receiver: id, message })),
      facts: { chunks: messages.map(({ index }) => index) },
    };
  },
});
