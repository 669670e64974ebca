import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Kind } from './markets.ts';
import { playDisputes, type Played } from './measure.ts';

/** What a process is told to play. */
export interface Task {
  readonly kind: Kind;
  readonly disputes: number;
  readonly perRun: number;
}

const playIn = (task: Task): Promise<Played> =>
  new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'processes.ts'), ['worker']);
    child.on('message', (played) => resolve(played as Played));
    child.on('error', reject);
    child.on('exit', (status) => reject(new Error(`a process ended with status ${status}`)));
    child.send(task);
  });

/** The same in so many processes at once, each of which plays all of them. */
export const playInAll = (processes: number, task: Task): Promise<readonly Played[]> =>
  Promise.all(Array.from({ length: processes }, () => playIn(task)));

if (process.argv[2] === 'worker') {
  process.on('message', (message) => {
    const { kind, disputes, perRun } = message as Task;
    process.send?.(playDisputes(kind, { disputes, perRun, signatures: false }), () => {
      process.disconnect();
    });
  });
}
