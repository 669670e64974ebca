import type { Failure } from '../../codec/failure.ts';
import { errorColours } from './terminal.ts';

/** A value that `--json` prints: what JSON can hold, and bigint, which becomes a decimal string. */
export type Printable =
  | string
  | number
  | boolean
  | bigint
  | null
  | undefined
  | readonly Printable[]
  | { readonly [name: string]: Printable };

const inJson = (_name: string, value: unknown): unknown =>
  typeof value === 'bigint' ? String(value) : value;

/** One JSON text; on one line, so that a stream of them is JSON Lines. */
export const jsonText = (value: Printable, indent?: number): string =>
  JSON.stringify(value, inJson, indent);

/** Where a command says what it has to say. */
export interface Output {
  readonly isJson: boolean;
  /** The answer: `value` for machines, `text` for people. Standard output. */
  readonly answer: (value: Printable, text: () => string) => void;
  /** One of a stream of answers as a line of JSON; for programs only. */
  readonly line: (value: Printable) => void;
  /** Remarks on the way, for people only. Standard error. */
  readonly note: (text: string) => void;
  /** What must not be overlooked; also with --json. Standard error. */
  readonly warn: (text: string) => void;
}

const JSON_INDENT = 2;

export const outputTo = (isJson: boolean): Output => ({
  isJson,
  answer: (value, text) => {
    process.stdout.write(`${isJson ? jsonText(value, JSON_INDENT) : text()}\n`);
  },
  line: (value) => {
    process.stdout.write(`${jsonText(value)}\n`);
  },
  note: (text) => {
    if (!isJson) process.stderr.write(`${errorColours.dim(text)}\n`);
  },
  warn: (text) => {
    process.stderr.write(`${errorColours.yellow(errorColours.bold('WARNING'))} ${text}\n`);
  },
});

/** The sentence of a failure with what it names, as people read it: `code: sentence (details)`. */
export const failureText = ({ code, message, details }: Failure): string => {
  const named = Object.entries(details).map(([name, value]) => `  ${name}: ${value}`);
  const head = `${errorColours.red(errorColours.bold(code))}: ${message}`;
  return [head, ...named.map((line) => errorColours.dim(line))].join('\n');
};

/** Prints why the command failed, on standard error: standard output holds answers only. */
export const printFailure = (failure: Failure, isJson: boolean): void => {
  const { code, message, details } = failure;
  const text = isJson ? jsonText({ error: { code, message, details } }) : failureText(failure);
  process.stderr.write(`${text}\n`);
};
