import { openDrawnChunks } from '../../client/challenge.ts';
import type { CommittedOutput } from '../../client/output.ts';
import type { ActorId } from '../../machines/kit/address.ts';
import { commitAnswers, EVIDENCE, readAnswers } from '../kit/answer.ts';
import type { Plan } from '../kit/draft.ts';
import { option, optionList } from '../kit/input.ts';
import { loadRerun } from '../kit/rerun-file.ts';
import { randomnessOf } from '../kit/rounds.ts';
import { CHALLENGE, challengeOf, committedOf, SAVE, savedFile, SEAT, seatOf } from '../kit/seat.ts';
import type { Challenge } from '../kit/seat.ts';
import { stop } from '../kit/stop.ts';
import { transaction, type Planning } from '../kit/transaction.ts';
import { ID } from './opening.ts';

/** A defendant brings its output again: both of its roots say whose it is. */
const ofDefendant = (
  { input, session }: Planning,
  { context }: Challenge,
  file: string,
): CommittedOutput => {
  const { comparator, chunkBytes, defendants } = context;
  const files = { outputs: [file], evidence: optionList(input, 'evidence') };
  const role = 'defendant';
  const answers = readAnswers(files, { comparator, role, out: session.out });
  const made = defendants.map(({ provider: author, outputHash, evidenceRoot }) => {
    const committed = commitAnswers(answers, { author, comparator, role, chunkBytes });
    const isIts = committed.outputHash === outputHash && committed.evidenceRoot === evidenceRoot;
    return isIts ? committed : undefined;
  });
  return made.find((each) => each !== undefined) ?? stop('cli/output-of-other');
};

/** A seat has all of it in its file. */
const ofSeat = async (
  planning: Planning,
  id: ActorId<'challenge'>,
  record: Challenge,
): Promise<CommittedOutput> => {
  const seat = await seatOf(planning, record, 'revealed');
  const committed = committedOf(loadRerun(savedFile(planning, id, seat)), record.context);
  return committed.outputHash === seat.outputHash ? committed : stop('cli/output-of-other');
};

export const openChunks = transaction({
  name: 'open-chunks',
  summary: 'open the drawn chunks of an output, as a defendant or a seat',
  details:
    'One transaction for each chunk that is compared, sent together. A defendant names its ' +
    'output with --output, and its evidence where the comparator has any; a seat that has ' +
    'revealed needs nothing more. What is not opened does not count.',
  arguments: [CHALLENGE],
  options: [
    ['--output <file>', 'output of a defendant, or its description in a .json file'],
    EVIDENCE,
    SEAT,
    SAVE,
  ],
  examples: [
    [`aivm challenge open-chunks ${ID} --from worker3`, 'as a seat that has revealed'],
    [`aivm challenge open-chunks ${ID} --output answer.cbor --from worker`, 'as a defendant'],
    [
      `aivm challenge open-chunks ${ID} --output answer.json --evidence proofs.bin --from worker`,
      'as a defendant whose comparator looks at activations',
    ],
  ],
  plan: async (planning): Promise<Plan> => {
    const { input, node } = planning;
    const { id, record } = await challengeOf(planning, input);
    const { state, context } = record;
    if (state !== 'reveal') stop('cli/wrong-state', { state, expected: 'reveal' });
    const file = option(input, 'output');
    const output =
      file === undefined ? await ofSeat(planning, id, record) : ofDefendant(planning, record, file);
    const beacon = await randomnessOf(node, context.chunkRound);
    const messages = openDrawnChunks({ challenge: id, context, output, beacon });
    return {
      drafts: messages.map((message) => ({ receiver: id, message })),
      facts: { chunks: messages.map(({ index }) => index) },
    };
  },
});
