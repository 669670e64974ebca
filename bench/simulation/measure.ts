import { groundOf } from '../../src/simulation/market/ground.ts';
import { playOnce } from '../../src/simulation/market/index.ts';
import { marketWith, type Kind } from './markets.ts';

/** What many disputes took that were played in one process, from opening to settlement. */
export interface Played {
  readonly disputes: number;
  /** Orders that its blocks held: requests, attestations and settlements among them. */
  readonly orders: number;
  readonly wallMs: number;
  /** Of this process alone: what others do on the machine is not in it. */
  readonly cpuMs: number;
}

const MICROS_PER_MS = 1_000;

/** Plays as many runs as it takes for so many disputes. */
export const playDisputes = (
  kind: Kind,
  of: { readonly disputes: number; readonly perRun: number; readonly signatures: boolean },
): Played => {
  const ground = groundOf(marketWith(kind, of.perRun, of.signatures));
  // The first run compiles what all run.
  playOnce(groundOf(marketWith(kind, of.perRun / 10, of.signatures)), 'bench', 0);
  let [disputes, orders] = [0, 0];
  const [from, cpu] = [performance.now(), process.cpuUsage()];
  for (let run = 0; disputes < of.disputes; run += 1) {
    const { book } = playOnce(ground, 'bench', run);
    disputes += book.tallies.get('finality/blocks')?.n ?? 0;
    orders += Number(book.tallies.get('orders')?.sum ?? 0n);
  }
  const { user, system } = process.cpuUsage(cpu);
  const cpuMs = (user + system) / MICROS_PER_MS;
  return { disputes, orders, wallMs: performance.now() - from, cpuMs };
};
