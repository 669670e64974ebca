import { Writable } from 'node:stream';
import { createInterface } from 'node:readline/promises';
import { stop } from './stop.ts';
import { isTerminal } from './terminal.ts';

/** Can a person be asked? Questions go to standard error, so that answers stay clean. */
export const isInteractive = (): boolean => isTerminal(process.stdin) && isTerminal(process.stderr);

const ask = async (question: string, isHidden: boolean): Promise<string> => {
  process.stderr.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const output = isHidden ? nowhere : process.stderr;
  // With terminal: true the line is edited by readline and never echoed by the terminal itself.
  const lines = createInterface({ input: process.stdin, output, terminal: true });
  const aborted = new AbortController();
  lines.on('SIGINT', () => aborted.abort());
  lines.on('close', () => aborted.abort());
  try {
    return await lines.question('', { signal: aborted.signal });
  } catch {
    return stop('cli/interrupted');
  } finally {
    lines.close();
    if (isHidden) process.stderr.write('\n');
  }
};

/** Asks for something that is not shown while it is typed. */
export const askHidden = (question: string): Promise<string> => ask(question, true);

/** Asks for a yes; anything else ends the command. `--yes` answers it beforehand. */
export const confirm = async (question: string, isConfirmed: boolean): Promise<void> => {
  if (isConfirmed) return;
  if (!isInteractive()) stop('cli/not-confirmed');
  const answer = await ask(`${question} [y/N] `, false);
  if (!/^y(?:es)?$/i.test(answer.trim())) stop('cli/not-confirmed');
};
