import { median, percentile, rounded, sum } from '../chain/statistics.ts';
import type { BlockReport, Chain } from './chain.ts';
import type { Disputes } from './disputes.ts';
import { meterTimers } from './metered.ts';

/** What a run of blocks of one kind came to. */
export interface Phase {
  readonly name: string;
  readonly blocks: number;
  readonly timers: number;
  /** Most timers of one block. */
  readonly mostTimers: number;
  /** Blocks that left timers for the next. */
  readonly carriedOver: number;
  /** By the clock, from the bytes of a block until it is durable. */
  readonly blockMs: { readonly p50: number; readonly p99: number; readonly max: number };
  /** Of the middle block, the commit. */
  readonly commitMs: number;
  /** Milliseconds of a timer, with its part of what a block takes anyway. */
  readonly msPerTimer: number;
  /** Gas of a timer, were it metered: of those of the first block, the mean. */
  readonly gasPerTimer: number;
  /** Keys of the state tree that a block changed, at most. */
  readonly keys: number;
  /** Of transactions, the most of one block. */
  readonly gas: number;
}

/** The blocks in which the timers of one window ran. */
export interface TimerRun {
  readonly name: string;
  readonly reports: readonly BlockReport[];
  /** Of each timer of the first block, were it metered. */
  readonly gas: readonly number[];
}

/** Figures of blocks of one kind. */
export const phaseOf = (
  name: string,
  reports: readonly BlockReport[],
  gas: readonly number[] = [],
): Phase => {
  const wall = reports.map(({ wallMs }) => wallMs);
  const timers = sum(reports.map((each) => each.timers));
  return {
    name,
    blocks: reports.length,
    timers,
    mostTimers: Math.max(...reports.map((each) => each.timers)),
    carriedOver: reports.filter(({ carriedOver }) => carriedOver).length,
    blockMs: {
      p50: rounded(median(wall)),
      p99: rounded(percentile(wall, 0.99)),
      max: rounded(Math.max(...wall)),
    },
    commitMs: rounded(median(reports.map(({ commitMs }) => commitMs))),
    msPerTimer: timers === 0 ? 0 : rounded(sum(wall) / timers, 3),
    gasPerTimer: Math.round(sum(gas) / Math.max(1, gas.length)),
    keys: Math.max(...reports.map(({ keys }) => keys)),
    gas: Math.max(...reports.map(({ gasUsed }) => Number(gasUsed))),
  };
};

/** Runs empty blocks until the next window of the challenges ends, then all in which timers run. */
export const runTimers = (chain: Chain, disputes: Disputes, name = ''): TimerRun => {
  chain.idleTo(disputes.nextDeadline() - 1n);
  const gas = meterTimers(chain);
  const reports: BlockReport[] = [];
  for (let next = chain.run(); next.timers > 0; next = chain.run()) reports.push(next);
  return { name, reports, gas };
};
