import { GENESIS, PROPOSER, transfer } from './chain.ts';

/** The block of any height of one endless chain: the same whoever builds it. */
export const blockAt = (height: bigint) => ({
  time: GENESIS.time + height,
  proposer: PROPOSER,
  transactions: [0, 1, 2].map((from) => transfer({ from, nonce: height - 1n, to: from + 1 })),
});
