import { commitOutput, type CommittedOutput } from '../../client/output.ts';
import {
  evidenceBytes,
  evidenceChunks,
  isTeacherForced,
  TOKEN_BYTES,
  type Comparator,
  type Role,
} from '../../machines/comparators/index.ts';
import { readCompared } from './content.ts';
import { MAX_FILE_BYTES, readBytes } from './files.ts';
import type { Output } from './output.ts';
import type { Described } from './spec.ts';
import { stop } from './stop.ts';

/**
 * What a party answers with, out of files. A defendant has one output; a seat of a teacher-forced
 * comparator has one for each output that was published, for it answers on the tokens of each
 * (PROTOCOL §7). Evidence is a file for each output: what the comparator reads, one entry after the
 * other over the whole output; it is cut here.
 */
export interface Answer {
  readonly output: Uint8Array;
  /** Empty where the comparator takes the output itself as evidence. */
  readonly evidence: Uint8Array;
}

export const EVIDENCE: Described = [
  '--evidence <file...>',
  'log-probabilities or activations, one file for each output, where the comparator asks for them',
];

const NO_EVIDENCE = new Uint8Array(0);

const evidenceIn = (
  file: string | undefined,
  comparator: Comparator,
  role: Role,
  output: Uint8Array,
): Uint8Array => {
  if (!isTeacherForced(comparator)) return NO_EVIDENCE;
  if (file === undefined) return stop('cli/option-missing', { option: '--evidence' });
  const evidence = readBytes(file, MAX_FILE_BYTES);
  const tokens = output.length / TOKEN_BYTES;
  const bytes = evidenceBytes(comparator, role, tokens);
  return evidence.length === bytes
    ? evidence
    : stop('cli/bad-output', { file, expected: `${bytes} bytes of evidence on ${tokens} tokens` });
};

/** The answers in files, in the order in which the files are named. */
export const readAnswers = (
  files: { readonly outputs: readonly string[]; readonly evidence: readonly string[] },
  of: { readonly comparator: Comparator; readonly role: Role; readonly out: Output },
): readonly Answer[] =>
  files.outputs.map((file, at) => {
    const output = readCompared(file, of.comparator, of.out);
    return { output, evidence: evidenceIn(files.evidence[at], of.comparator, of.role, output) };
  });

/** Both trees over what an author answers. */
export const commitAnswers = (
  answers: readonly Answer[],
  of: {
    readonly author: string;
    readonly comparator: Comparator;
    readonly role: Role;
    readonly chunkBytes: number;
  },
): CommittedOutput => {
  const { author, comparator, role, chunkBytes } = of;
  const output = answers.map((answer) => answer.output);
  if (!isTeacherForced(comparator)) return commitOutput({ author, comparator, output, chunkBytes });
  const evidence = answers.flatMap((each) => evidenceChunks(comparator, role, each.evidence));
  return commitOutput({ author, comparator, output, evidence, chunkBytes });
};
