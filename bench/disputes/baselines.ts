import { MAINNET } from '../../src/genesis/presets/mainnet.ts';
import type { Chain } from './chain.ts';
import { phaseOf, type Phase } from './phases.ts';
import { HISTORY_HEIGHTS } from './session.ts';

/** Transfers of the block that says what they cost, and what nonces that grow may add. */
const SAMPLE = 500;
const MARGIN_GAS = 10n * BigInt(SAMPLE);

/** Histories that pass until a store is as if its state had grown slowly. */
const SETTLING_HISTORIES = 3;

const SETTLING_BLOCKS = SETTLING_HISTORIES * HISTORY_HEIGHTS;

/** Heights that `runBaselines` takes. */
export const baselineHeights = (blocks: number): bigint => BigInt(1 + SETTLING_BLOCKS + 2 * blocks);

/** Blocks to compare with: empty ones, and such as hold transfers up to mainnet's gas limit. */
export const runBaselines = (chain: Chain, blocks: number): readonly Phase[] => {
  const { workload } = chain;
  const { gasUsed } = chain.run(workload.transfers(SAMPLE));
  const perBlock = Number((BigInt(SAMPLE) * MAINNET.gas.blockGasLimit) / (gasUsed + MARGIN_GAS));
  // What filled the state leaves the history, and the store gives its pages back: not part of it.
  chain.idleTo(chain.height + BigInt(SETTLING_BLOCKS));
  const empty = Array.from({ length: blocks }, () => chain.run());
  const full = Array.from({ length: blocks }, () => chain.run(workload.transfers(perBlock)));
  return [
    phaseOf('empty block', empty),
    phaseOf(`${perBlock} transfers: mainnet's gas limit`, full),
  ];
};
