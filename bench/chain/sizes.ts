import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Options } from './options.ts';
import type { Start } from './start.ts';
import { median, rounded } from './statistics.ts';
import type { Filled, Measured, Task } from './worker.ts';

/** All figures of one size of the state. */
export interface SizeFigures extends Measured {
  readonly accounts: number;
  readonly filled: Filled;
  /** Milliseconds of the middle start: modules, then the database, then both. */
  readonly startUp: { readonly loadMs: number; readonly openMs: number; readonly totalMs: number };
}

/** The one message of a process that runs a module of this folder. */
const inProcess = <T>(module: string, argument: string): Promise<T> =>
  new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, module), [argument]);
    let answer: T | undefined;
    child.on('message', (message) => {
      answer = message as T;
    });
    child.on('error', reject);
    child.on('exit', (status, signal) => {
      if (status === 0 && answer !== undefined) resolve(answer);
      else reject(new Error(`${module} ended with ${signal ?? status}`));
    });
  });

const startUp = async (path: string, starts: number) => {
  const figures: Start[] = [];
  for (let i = 0; i < starts; i++) figures.push(await inProcess<Start>('start.ts', path));
  const middle = (of: (start: Start) => number): number => rounded(median(figures.map(of)), 0);
  return {
    loadMs: middle(({ loadMs }) => loadMs),
    openMs: middle(({ openMs }) => openMs),
    totalMs: middle(({ loadMs, openMs }) => loadMs + openMs),
  };
};

/** Fills a state, opens it in fresh processes, and measures blocks on it. */
export const measureSize = async (accounts: number, options: Options): Promise<SizeFigures> => {
  const { blocks, blockSize, starts } = options;
  const path = mkdtempSync(join(tmpdir(), 'aivm-bench-'));
  const task = (part: Task['part']): string =>
    JSON.stringify({ part, path, accounts, blocks, blockSize } satisfies Task);
  try {
    const filled = await inProcess<Filled>('worker.ts', task('fill'));
    const started = await startUp(path, starts);
    const measured = await inProcess<Measured>('worker.ts', task('measure'));
    return { accounts, filled, startUp: started, ...measured };
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
};
