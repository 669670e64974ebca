import { randomBytes } from 'node:crypto';
import { prepareRerun } from '../../client/challenge.ts';
import { toHex } from '../../codec/bytes.ts';
import { isTeacherForced } from '../../machines/comparators/index.ts';
import type { ChallengeContext } from '../../machines/challenge/record.ts';
import { leavesOfSeats } from '../../machines/challenge/wanted.ts';
import { EVIDENCE, readAnswers, type Answer } from '../kit/answer.ts';
import { plan } from '../kit/draft.ts';
import { flag, optionList, requiredList } from '../kit/input.ts';
import { keepRerun, loadRerun, type Rerun } from '../kit/rerun-file.ts';
import { CHALLENGE, challengeOf, committedOf, keyText } from '../kit/seat.ts';
import { SAVE, savedFile, SEAT, seatOf } from '../kit/seat.ts';
import { stop } from '../kit/stop.ts';
import { transaction, type Planning } from '../kit/transaction.ts';
import { ID } from './opening.ts';

const SALT_BYTES = 32;

/** A seat gives one output, or one on the tokens of each output that was published. */
const answersOf = ({ input, session }: Planning, context: ChallengeContext): readonly Answer[] => {
  const { comparator, defendants } = context;
  const outputs = requiredList(input, 'output');
  const shown = defendants.filter(({ substantiated }) => substantiated).length;
  const wanted = isTeacherForced(comparator) ? shown : 1;
  if (outputs.length !== wanted) {
    stop('cli/bad-option', { option: '--output', expected: `${wanted} file(s), in this order` });
  }
  const files = { outputs, evidence: optionList(input, 'evidence') };
  return readAnswers(files, { comparator, role: 'seat', out: session.out });
};

export const commit = transaction({
  name: 'commit',
  summary: 'commit to the output of a re-run, for a seat of the panel',
  details:
    'Salt and output are kept in a file that only you can read, written before anything is sent: ' +
    'reveal and open-chunks need it, and who commits without revealing loses stake. Where the ' +
    'comparator has seats answer on published tokens (logprobs, toploc), give an output and its ' +
    'evidence for each published output, that of A first.',
  arguments: [CHALLENGE],
  options: [
    ['--output <file...>', 'what the re-run gave, or its description in a .json file'],
    EVIDENCE,
    SEAT,
    SAVE,
  ],
  examples: [
    [`aivm challenge commit ${ID} --output rerun.cbor --from worker3`, 'then reveal it'],
    [
      `aivm challenge commit ${ID} --output on-a.json on-b.json ` +
        '--evidence on-a.bin on-b.bin --from worker3',
      'what the model says to the tokens of A and of B',
    ],
  ],
  plan: async (planning) => {
    const { input } = planning;
    const { id, record } = await challengeOf(planning, input);
    const seat = await seatOf(planning, record, 'drawn');
    const answers = answersOf(planning, record.context);
    const salt = toHex(randomBytes(SALT_BYTES));
    const { round, seat: number, provider: member } = seat;
    const made: Rerun = { challenge: keyText(id), round, seat: number, member, salt, answers };
    const committed = committedOf(made, record.context);
    const leaves = leavesOfSeats(record.context) ?? committed.leaves;
    if (committed.leaves !== leaves) {
      stop('cli/bad-output', { expected: `${leaves} chunks, as the published outputs have` });
    }
    const file = savedFile(planning, id, seat);
    const rerun = flag(input, 'dryRun') ? made : keepRerun(file, made);
    const prepared = prepareRerun({ ...rerun, challenge: id, output: committed });
    const names = { seat: String(number), outputHash: committed.outputHash, saved: file };
    return plan({ receiver: id, message: prepared.commit }, names);
  },
});

export const cannotRun = transaction({
  name: 'cannot-run',
  summary: 'say that a seat cannot run this profile',
  details:
    'Not paid and not punished; another seat is drawn at once when the window ends. Twice in an ' +
    'epoch ends the service of the profile.',
  arguments: [CHALLENGE],
  options: [SEAT],
  examples: [
    [`aivm challenge cannot-run ${ID} --from worker3`, 'better than silence, which costs'],
  ],
  plan: async (planning) => {
    const { id, record } = await challengeOf(planning, planning.input);
    const { seat } = await seatOf(planning, record, 'drawn');
    return plan({ receiver: id, message: { type: 'cannotRun', seat } }, { seat: String(seat) });
  },
});

export const reveal = transaction({
  name: 'reveal',
  summary: 'reveal what a seat committed to',
  arguments: [CHALLENGE],
  options: [SEAT, SAVE],
  examples: [[`aivm challenge reveal ${ID} --from worker3`, 'from the file that commit kept']],
  plan: async (planning) => {
    const { id, record } = await challengeOf(planning, planning.input);
    const seat = await seatOf(planning, record, 'committed');
    const rerun = loadRerun(savedFile(planning, id, seat));
    const output = committedOf(rerun, record.context);
    const prepared = prepareRerun({ ...rerun, challenge: id, output });
    if (prepared.commit.commitment !== seat.commitment) stop('cli/output-of-other');
    const { outputHash } = output;
    return plan({ receiver: id, message: prepared.reveal }, { outputHash });
  },
});
