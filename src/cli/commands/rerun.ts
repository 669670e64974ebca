import { randomBytes } from 'node:crypto';
import { openDrawnChunks, prepareRerun } from '../../client/challenge.ts';
import { COLLECTION } from '../../client/collections.ts';
import { commitOutput, type CommittedOutput } from '../../client/output.ts';
import { toHex } from '../../codec/bytes.ts';
import { BEACON, type ActorId } from '../../machines/kit/address.ts';
import { u64Key } from '../../machines/kit/collection.ts';
import type { ChallengeContext } from '../../machines/challenge/record.ts';
import { readOutput } from '../kit/content.ts';
import { plan, type Plan } from '../kit/draft.ts';
import { flag, option, requiredOption } from '../kit/input.ts';
import { resolveAddress } from '../kit/names.ts';
import type { Node } from '../kit/node.ts';
import { keepRerun, loadRerun, type Rerun } from '../kit/rerun-file.ts';
import {
  CHALLENGE,
  challengeOf,
  committedOf,
  keyText,
  SAVE,
  savedFile,
  SEAT,
  seatOf,
  type Challenge,
} from '../kit/seat.ts';
import { stop } from '../kit/stop.ts';
import { transaction, type Planning } from '../kit/transaction.ts';

const ID = 'e05b…';
const SALT_BYTES = 32;

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
    const made: Rerun = { challenge: keyText(id), round, seat: number, member, salt, output };
    const file = savedFile(planning, id, seat);
    const rerun = flag(input, 'dryRun') ? made : keepRerun(file, made);
    const committed = committedOf(rerun, parameters.chunkBytes);
    const prepared = prepareRerun({ ...rerun, challenge: id, output: committed });
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
