import { keypairFromSeed, type Keypair } from '../../src/codec/index.ts';
import { chainIdOf, presetGenesis } from '../../src/genesis/index.ts';
import { LOCAL } from '../../src/genesis/presets/local.ts';
import { MAINNET } from '../../src/genesis/presets/mainnet.ts';
import type { Parameters } from '../../src/machines/parameters/record.ts';
import type { Cast } from '../chain/people.ts';
import { LUX } from '../chain/people.ts';

/**
 * At mainnet's limit two challenges open per block. Here all open in one, and whatever else a
 * window needs comes in few blocks, so that all windows end together; how much gas a block takes
 * changes nothing in what its timers cost.
 */
const BLOCK_GAS = 10n ** 12n;

/** Enough for all the locks and penalties of a run, so that no slash finds too little. */
export const STAKE_NLUX = 100_000n * LUX;
const PERSON_NLUX = 2n * STAKE_NLUX;
const OWNER_NLUX = 1_000_000n * LUX;
const RESERVE_NLUX = 100_000_000n * LUX;

/** Blocks of each window. */
export interface Windows {
  /** Over which as many timers as are due together are spread, and a few to spare. */
  readonly drainBlocks: number;
  /** That all commitments, or all openings of chunks, take. */
  readonly answerBlocks: number;
}

/** Blocks that a window needs besides: the beacon's round, and the last before its end. */
const SPARE_BLOCKS = 8;

/** The rules and the timers of mainnet, with windows just long enough for what has to happen. */
export const parametersOf = ({ drainBlocks, answerBlocks }: Windows): Parameters => {
  const drain = BigInt(drainBlocks + SPARE_BLOCKS);
  const answer = BigInt(2 * drainBlocks + answerBlocks + SPARE_BLOCKS);
  const dispute = {
    ...LOCAL.dispute,
    publishBlocks: drain,
    seedBlocks: drain,
    commitBlocks: answer,
    revealBlocks: answer,
    appealBlocks: drain,
  };
  const longest = drain + 3n * (2n * drain + 4n * answer) + 2n * drain;
  const window = 1_000n;
  const evidence = window + longest;
  const epoch = 25n;
  return {
    ...LOCAL,
    windowBlocks: window,
    epochBlocks: epoch,
    evidenceAgeBlocks: evidence,
    unbondingBlocks: 2n * evidence,
    noticeBlocks: evidence + epoch,
    noShowWindowBlocks: window,
    timersPerBlock: MAINNET.timersPerBlock,
    gas: { ...LOCAL.gas, blockGasLimit: BLOCK_GAS, timerGasLimit: BLOCK_GAS },
    dispute,
  };
};

const person = (name: string): Keypair => keypairFromSeed(`aivm/bench-disputes/${name}`);

/** The same people for the same number, and a genesis that funds them. */
export const castOf = (providers: number, parameters: Parameters): Cast => {
  const owner = person('owner');
  const reserve = person('reserve');
  const people = Array.from({ length: providers }, (_, index) => person(`provider ${index}`));
  const genesis = presetGenesis('local', {
    parameters,
    allocations: [
      { address: owner.address, amountNlux: OWNER_NLUX },
      { address: reserve.address, amountNlux: RESERVE_NLUX },
      ...people.map(({ address }) => ({ address, amountNlux: PERSON_NLUX })),
    ],
  });
  const chain = { networkId: genesis.networkId, chainId: chainIdOf(genesis) };
  return { genesis, chain, owner, reserve, people };
};
