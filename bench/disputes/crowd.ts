import { supplyOf } from '../../src/genesis/index.ts';
import { memoryNow, type Memory } from '../chain/memory.ts';
import { prefill } from '../chain/prefill.ts';
import { rounded, sum } from '../chain/statistics.ts';
import { baselineHeights, runBaselines } from './baselines.ts';
import { castOf, parametersOf } from './cast.ts';
import type { BlockReport } from './chain.ts';
import { Disputes } from './disputes.ts';
import { openMarket } from './market.ts';
import type { Options } from './options.ts';
import { phaseOf, type Phase } from './phases.ts';
import { CHUNKS_PER_BLOCK, openAll, PER_BLOCK, playToTheEnd } from './play.ts';
import { prefillAttestations, prefillBlocks } from './prefill.ts';
import { profileOf, TENSOR } from './profiles.ts';
import { withChain } from './session.ts';

/** What came of many challenges whose windows end together. */
export interface Crowd {
  readonly timersPerBlock: number;
  /** Timers due in the block in which the publish windows end. */
  readonly dueTogether: number;
  readonly blocksToDrain: number;
  readonly baselines: readonly Phase[];
  readonly phases: readonly Phase[];
  /** All blocks in which timers ran, together. */
  readonly all: Phase;
  /** Of the challenges at the end. */
  readonly states: Readonly<Record<string, number>>;
  /** What all its timers took, milliseconds, empty blocks counted in. */
  readonly msPerChallenge: number;
  /** Gas of a transaction that opens a challenge, and of one that opens a chunk. */
  readonly gasOf: { readonly open: number; readonly chunk: number };
  readonly memory: Readonly<Record<string, Memory>>;
  readonly stateEntries: number;
}

/** Accounts that transfers go to. */
const ACCOUNTS = 20_000;
/** Seats of the last panel, and chunks that its parties open of one challenge. */
const LAST_SEATS = 7;
const CHUNKS_OF_ONE = (LAST_SEATS + 2) * 11;

const blocksFor = (count: number, perBlock: number): number => Math.ceil(count / perBlock);

const gasOfOne = (reports: readonly BlockReport[]): number => {
  const gas = sum(reports.map(({ gasUsed }) => Number(gasUsed)));
  return Math.round(gas / Math.max(1, sum(reports.map(({ transactions }) => transactions))));
};

/**
 * Challenges that all open in one block, on a state full of pending attestations whose windows end
 * with their first: three panels drawn, silent and replaced, and at last found wanting.
 */
export const measureCrowd = (options: Options): Crowd => {
  const { challenges, attestations, opened, providers } = options;
  const perBlock = parametersOf({ drainBlocks: 1, answerBlocks: 1 }).timersPerBlock;
  const parameters = parametersOf({
    drainBlocks: blocksFor(challenges, perBlock),
    answerBlocks:
      blocksFor(challenges * LAST_SEATS, PER_BLOCK) +
      blocksFor(opened * CHUNKS_OF_ONE, CHUNKS_PER_BLOCK),
  });
  const cast = castOf(providers, parameters);
  return withChain(cast, ACCOUNTS, (chain) => {
    const memory: Record<string, Memory> = { opened: memoryNow() };
    prefill(chain.host.store, cast, ACCOUNTS);
    const profile = profileOf(TENSOR);
    openMarket(chain, [profile]);
    const filled = chain.height + prefillBlocks(attestations);
    const attestedAt = filled + baselineHeights(options.baselineBlocks) + 1n;
    const windowEnd = attestedAt + 1n + parameters.dispute.publishBlocks;
    prefillAttestations(chain, attestations, { profileHash: profile.hash, windowEnd });
    memory['filled'] = memoryNow();
    const baselines = runBaselines(chain, options.baselineBlocks);
    memory['baselines'] = memoryNow();
    const disputes = new Disputes(chain, profile, challenges);
    const openings = openAll(chain, disputes);
    if (disputes.nextDeadline() !== windowEnd) throw new Error('windows end at different heights');
    const dueTogether = chain.timersDue(disputes.nextDeadline());
    const stateEntries = chain.host.store.stats().entries;
    const { runs, chunks } = playToTheEnd(chain, disputes, opened);
    memory['judged'] = memoryNow();
    if (chain.host.supply().totalNlux !== supplyOf(cast.genesis)) throw new Error('coins are lost');
    const reports = runs.flatMap((run) => run.reports);
    const gas = runs.flatMap((run) => run.gas);
    return {
      timersPerBlock: perBlock,
      dueTogether,
      blocksToDrain: runs[0]?.reports.length ?? 0,
      baselines,
      phases: runs.map((run) => phaseOf(run.name, run.reports, run.gas)),
      all: phaseOf('all blocks with timers', reports, gas),
      states: disputes.states(),
      msPerChallenge: rounded(sum(reports.map(({ wallMs }) => wallMs)) / challenges, 3),
      gasOf: { open: gasOfOne(openings), chunk: gasOfOne(chunks) },
      memory,
      stateEntries,
    };
  });
};
