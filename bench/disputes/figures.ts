import { availableParallelism, cpus } from 'node:os';
import { MAINNET } from '../../src/genesis/presets/mainnet.ts';
import { rounded } from '../chain/statistics.ts';
import { measureCrowd, type Crowd } from './crowd.ts';
import { measureDeepest, type Deepest } from './deepest.ts';
import type { Options } from './options.ts';
import { measurePrepaid, type Prepaid } from './prepaid.ts';
import { TENSOR, TEXT } from './profiles.ts';

/** What the figures come to, and what is aimed at. */
export interface Summary {
  /** Aim: at most timersPerBlock, and ⌈due / timersPerBlock⌉ blocks. */
  readonly mostTimers: number;
  readonly blocksToDrain: number;
  /** Aim: none. */
  readonly lapsed: number;
  /** Longest block with timers of the crowd, by half of the block time; aim: at most 1. */
  readonly longestByHalfBlock: number;
  /** The same by the middle block of transfers at the gas limit. */
  readonly longestByFullBlock: number;
  /** As many of the deepest timers as one block may have, by half of its time; aim: at most 1. */
  readonly deepestByHalfBlock: Readonly<Record<string, number>>;
  /** How many of the deepest timers half of the block time has room for. */
  readonly deepestPerBlock: Readonly<Record<string, number>>;
}

export interface Figures {
  readonly machine: {
    readonly node: string;
    readonly platform: string;
    readonly cpu: string;
    readonly cores: number;
  };
  readonly options: Omit<Options, 'json'>;
  readonly crowd: Crowd;
  readonly deepest: readonly Deepest[];
  readonly prepaid: readonly Prepaid[];
  readonly summary: Summary;
}

/** Half of the block time: what mainnet's gas limit is made for. */
const HALF_BLOCK_MS = Number(MAINNET.dispute.blockTimeSeconds) * 500;

const summaryOf = (crowd: Crowd, deepest: readonly Deepest[]): Summary => {
  const { all, baselines, blocksToDrain, states } = crowd;
  const full = baselines.at(-1)?.blockMs.p50 ?? 0;
  const byComparator = (of: (each: Deepest) => number) =>
    Object.fromEntries(deepest.map((each) => [each.comparator, of(each)]));
  return {
    mostTimers: all.mostTimers,
    blocksToDrain,
    lapsed: states['final by lapsed'] ?? 0,
    longestByHalfBlock: rounded(all.blockMs.max / HALF_BLOCK_MS),
    longestByFullBlock: rounded(all.blockMs.max / full),
    deepestByHalfBlock: byComparator(({ fullBlockMs }) => rounded(fullBlockMs / HALF_BLOCK_MS)),
    deepestPerBlock: byComparator(({ msPerTimer }) => Math.floor(HALF_BLOCK_MS / msPerTimer)),
  };
};

/** Runs everything. */
export const measure = (options: Options): Figures => {
  const { json: _, ...shown } = options;
  const crowd = measureCrowd(options);
  const deepest = [TENSOR, TEXT].map((comparator) => measureDeepest(comparator, options));
  return {
    machine: {
      node: process.version,
      platform: `${process.platform} ${process.arch}`,
      cpu: cpus().at(0)?.model.trim() ?? 'unknown',
      cores: availableParallelism(),
    },
    options: shown,
    crowd,
    deepest,
    prepaid: measurePrepaid(options),
    summary: summaryOf(crowd, deepest),
  };
};
