import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';

const MAIN = resolve(import.meta.dirname, '../../../src/cli/main.ts');
const FLAGS = ['--disable-warning=ExperimentalWarning'];

/** A folder that is gone when the test is over. */
export const temporaryFolder = (isKept = false): string => {
  const folder = mkdtempSync(join(tmpdir(), 'aivm-cli-'));
  if (!isKept) onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

type Environment = Readonly<Record<string, string>>;

/** The command line as a user runs it: another process, with PATH of this one's environment. */
export const spawnAivm = (
  args: readonly string[],
  home: string,
  environment: Environment = {},
): ChildProcess =>
  spawn(process.execPath, [...FLAGS, MAIN, ...args], {
    env: { PATH: process.env['PATH'] ?? '', HOME: home, ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });

export const textOf = (stream: NodeJS.ReadableStream | null): { text: string } => {
  const collected = { text: '' };
  stream?.setEncoding('utf8');
  stream?.on('data', (chunk: string) => {
    collected.text += chunk;
  });
  return collected;
};

export const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((done) => {
    child.on('close', (code) => done(code));
  });

/** Runs a command to its end; `input` is its standard input. */
export const runAivm = async (
  args: readonly string[],
  home: string,
  options: { readonly environment?: Environment; readonly input?: string } = {},
): Promise<Ended> => {
  const child = spawnAivm(args, home, options.environment);
  const stdout = textOf(child.stdout);
  const stderr = textOf(child.stderr);
  child.stdin?.end(options.input ?? '');
  const code = await ended(child);
  return { code, stdout: stdout.text, stderr: stderr.text };
};

/** A command that must succeed, its answer as JSON. */
export const answerOf = async (
  args: readonly string[],
  home: string,
  environment?: Environment,
): Promise<Record<string, unknown>> => {
  const options = environment === undefined ? {} : { environment };
  const { code, stdout, stderr } = await runAivm([...args, '--json'], home, options);
  if (code !== 0) throw new Error(`aivm ${args.join(' ')} ended with ${code}: ${stderr}`);
  return JSON.parse(stdout) as Record<string, unknown>;
};

/** What a failing command says on standard error with --json. */
export const failureOf = ({
  stderr,
}: Ended): { readonly code: string; readonly message: string } => {
  const line = stderr.split('\n').find((each) => each.startsWith('{"error"')) ?? '{}';
  const { error } = JSON.parse(line) as { readonly error?: { code: string; message: string } };
  return error ?? { code: '', message: stderr };
};
