import { fork, type ChildProcess } from 'node:child_process';
import { extname, join } from 'node:path';
import { simulationError } from '../errors.ts';
import type { Tallies } from '../tally.ts';
import type { Shard } from './shards.ts';
import { fromWire } from './wire.ts';
import type { Order } from './worker.ts';

const WORKER = join(import.meta.dirname, `worker${extname(import.meta.filename)}`);

export interface Pool {
  readonly order: Order;
  readonly processes: number;
  readonly onShard: (shard: Shard, tallies: Tallies) => void;
  readonly signal?: AbortSignal | undefined;
}

/** One process; it takes the next shard as soon as it has played one. */
const serve = (child: ChildProcess, waiting: Shard[], { order, onShard }: Pool): Promise<void> =>
  new Promise((resolve, reject) => {
    let inHand: Shard | undefined;
    const next = (): void => {
      inHand = waiting.shift();
      if (inHand === undefined) child.disconnect();
      else child.send(inHand);
    };
    child.on('message', (message) => {
      const tallies = fromWire(message);
      if (inHand === undefined || tallies === undefined) return;
      try {
        onShard(inHand, tallies);
        next();
      } catch (error) {
        reject(error);
      }
    });
    child.on('error', reject);
    child.on('exit', (status, signal) => {
      if (inHand === undefined) resolve();
      else reject(simulationError('simulation/worker-ended', { ended: `${status ?? signal}` }));
    });
    child.send(order);
    next();
  });

/**
 * Plays shards in processes of their own. Rejects where one ends before its work is done, or is
 * told to stop; the others are ended then, and what was reported stays reported.
 */
export const playInProcesses = async (shards: readonly Shard[], pool: Pool): Promise<void> => {
  const waiting = [...shards];
  const count = Math.min(pool.processes, shards.length);
  const children = Array.from({ length: count }, () => fork(WORKER));
  const end = (): void => {
    for (const child of children) child.kill();
  };
  pool.signal?.addEventListener('abort', end, { once: true });
  try {
    await Promise.all(children.map((child) => serve(child, waiting, pool)));
  } finally {
    pool.signal?.removeEventListener('abort', end);
    end();
  }
};
