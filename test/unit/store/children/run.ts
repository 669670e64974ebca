import { spawn } from 'node:child_process';
import { join } from 'node:path';

export interface Ended {
  readonly lines: readonly string[];
  readonly errors: string;
  readonly status: number | null;
  readonly signal: string | null;
}

export interface RunOptions {
  /** Words of a shell command to put in front, which ends in `exec "$@"`. */
  readonly shell?: string;
  /** Folder where compiled sources are kept for later processes. */
  readonly cache?: string;
  /** Called with each line; may kill the process. */
  readonly onLine?: (line: string, kill: () => void) => void;
}

/** Runs one of the scripts of this folder in a process of its own. */
export function runChild(
  script: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Ended> {
  const file = join(import.meta.dirname, script);
  const command = [
    process.execPath,
    '--conditions=aivm-source',
    '--disable-warning=ExperimentalWarning',
    file,
    ...args,
  ];
  const [program = '', ...rest] =
    options.shell === undefined ? command : ['/bin/sh', '-c', options.shell, 'sh', ...command];
  return new Promise((resolve, reject) => {
    const env = { ...process.env, NODE_COMPILE_CACHE: options.cache };
    const child = spawn(program, rest, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const lines: string[] = [];
    let unfinished = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const parts = (unfinished + text).split('\n');
      unfinished = parts.pop() ?? '';
      for (const line of parts) {
        lines.push(line);
        options.onLine?.(line, () => child.kill('SIGKILL'));
      }
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text;
    });
    child.on('error', reject);
    child.on('close', (status, signal) => resolve({ lines, errors, status, signal }));
  });
}
