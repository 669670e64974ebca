import { hex, record, u32, u64, type Infer } from '../codec/index.ts';

/** Block header (PROTOCOL §2); `blockID = H("aivm/block/1", canonical bytes)`. */
export const blockHeader = record({
  networkId: u32,
  chainId: hex(32),
  height: u64,
  parentId: hex(32),
  /** Unix seconds, never before its parent's. */
  time: u64,
  /** 20-byte node id of the proposer. */
  proposer: hex(20),
  transactionsRoot: hex(32),
});
export type BlockHeader = Infer<typeof blockHeader>;
