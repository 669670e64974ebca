import { supplyOf } from '../../src/genesis/index.ts';
import { MAINNET } from '../../src/genesis/presets/mainnet.ts';
import type { Comparator } from '../../src/machines/comparators/index.ts';
import { MAX_SERVED_PROFILES } from '../../src/machines/provider/record.ts';
import { median, rounded, sum } from '../chain/statistics.ts';
import { castOf, parametersOf } from './cast.ts';
import type { BlockReport, Chain } from './chain.ts';
import { Disputes } from './disputes.ts';
import { openMarket } from './market.ts';
import { meterTimers } from './metered.ts';
import type { Options } from './options.ts';
import { runTimers } from './phases.ts';
import { CHUNKS_PER_BLOCK, openAll, PER_BLOCK } from './play.ts';
import { profileOf, type Profile } from './profiles.ts';
import { HISTORY_HEIGHTS, withChain } from './session.ts';

/** The deepest timer: what so many of them in one block take. */
export interface Deepest {
  readonly comparator: string;
  readonly timers: number;
  /** The block by the clock, from its bytes until it is durable. */
  readonly blockMs: number;
  readonly commitMs: number;
  /** Of the block without what an empty one takes. */
  readonly msPerTimer: number;
  /** Keys of the state tree that one changes, its part of those that several change. */
  readonly keysPerTimer: number;
  /** Gas that one would use if timers were metered: of the middle one, and of the dearest. */
  readonly gas: { readonly p50: number; readonly max: number };
  /** Microseconds for one unit of gas. */
  readonly microsPerGas: number;
  /** How many of them can end in one block: what the gas limit lets be opened in a window. */
  readonly reachable: number;
  /** What as many of them as mainnet delivers in a block, or as can end in one, would take. */
  readonly fullBlockMs: number;
  /** Gas of one transaction that opens a chunk, and chunks opened of each challenge. */
  readonly chunkGas: number;
  readonly chunks: number;
  readonly states: Readonly<Record<string, number>>;
}

const EARLIER_PANELS = 2;
const MOST_CHUNKS_OF_ONE = 192;
/** All the gas of one reveal window of mainnet: chunks are kept until the end of theirs. */
const GAS_OF_WINDOW = Number(MAINNET.gas.blockGasLimit * MAINNET.dispute.revealBlocks);

/** Draws a panel, lets it commit, and begins its reveal window. */
const seatAndCommit = (chain: Chain, disputes: Disputes): void => {
  for (const round of disputes.rounds('seed')) chain.bringRound(round);
  runTimers(chain, disputes);
  chain.runAll(disputes.commit(), PER_BLOCK);
  runTimers(chain, disputes);
};

/**
 * Brings challenges to the end of their last reveal window: seven seats that have all withheld, two
 * defendants that are both slashed, everything opened but one chunk of each party. Earlier panels
 * decided nothing since nobody brought the round that names the chunks, so no seat is jailed, and
 * each penalty is told to all the profiles that a provider may serve.
 */
const bringToTheEnd = (chain: Chain, disputes: Disputes): readonly BlockReport[] => {
  openAll(chain, disputes);
  runTimers(chain, disputes);
  for (let panel = 0; panel < EARLIER_PANELS; panel++) {
    seatAndCommit(chain, disputes);
    runTimers(chain, disputes);
  }
  seatAndCommit(chain, disputes);
  for (const round of disputes.rounds('chunks')) chain.bringRound(round);
  chain.runAll(disputes.reveal(), PER_BLOCK);
  return chain.runAll(disputes.openChunks(), CHUNKS_PER_BLOCK);
};

const EMPTY_BLOCKS = 5;

/** What an empty block takes: the last ones before the window ends. */
const emptyMs = (chain: Chain, deadline: bigint): number => {
  chain.idleTo(deadline - 1n - BigInt(EMPTY_BLOCKS));
  return median(Array.from({ length: EMPTY_BLOCKS }, () => chain.run().wallMs));
};

/** As many profiles of one comparator as a provider may serve. */
export const profilesOf = (comparator: Comparator): readonly [Profile, ...Profile[]] => [
  profileOf(comparator),
  ...Array.from({ length: MAX_SERVED_PROFILES - 1 }, (_, at) =>
    profileOf(comparator, BigInt(2_000 + at)),
  ),
];

/** So many challenges that end by the deepest timer, in one block. */
export const measureDeepest = (comparator: Comparator, options: Options): Deepest => {
  const { deepest: count, providers } = options;
  const blocks = Math.ceil((count * MOST_CHUNKS_OF_ONE) / CHUNKS_PER_BLOCK);
  const terms = parametersOf({ drainBlocks: 1, answerBlocks: blocks + HISTORY_HEIGHTS });
  // All in one block, whatever mainnet delivers.
  const parameters = { ...terms, timersPerBlock: Math.max(count, terms.timersPerBlock) };
  const cast = castOf(providers, parameters);
  const profiles = profilesOf(comparator);
  return withChain(cast, 1, (chain) => {
    openMarket(chain, profiles);
    const disputes = new Disputes(chain, profiles[0], count);
    const opened = bringToTheEnd(chain, disputes);
    const empty = emptyMs(chain, disputes.nextDeadline());
    const gas = meterTimers(chain);
    const { wallMs, commitMs, keys, timers } = chain.run();
    if (timers !== count) throw new Error(`${timers} timers ran, not ${count}`);
    if (chain.host.supply().totalNlux !== supplyOf(cast.genesis)) throw new Error('coins are lost');
    const msPerTimer = (wallMs - empty) / count;
    const transactions = sum(opened.map((each) => each.transactions));
    const chunksGas = sum(opened.map(({ gasUsed }) => Number(gasUsed)));
    const reachable = Math.floor(GAS_OF_WINDOW / (chunksGas / count));
    return {
      comparator: comparator.type,
      timers,
      blockMs: rounded(wallMs),
      commitMs: rounded(commitMs),
      msPerTimer: rounded(msPerTimer),
      keysPerTimer: rounded(keys / count, 1),
      gas: { p50: median(gas), max: Math.max(...gas) },
      microsPerGas: rounded((msPerTimer * 1000 * count) / sum(gas), 4),
      reachable,
      fullBlockMs: Math.round(Math.min(MAINNET.timersPerBlock, reachable) * msPerTimer),
      chunkGas: Math.round(chunksGas / transactions),
      chunks: transactions / count,
      states: disputes.states(),
    };
  });
};
