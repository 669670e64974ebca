import {
  amount,
  bool,
  embedded,
  hex,
  literalEnum,
  optional,
  record,
  text,
  u32,
  u64,
  type Infer,
} from '../../codec/index.ts';
import { beaconSource } from '../../machines/beacon/record.ts';
import { parametersContext } from '../../machines/parameters/record.ts';
import { failureNote } from './history.ts';
import { MAX_TEXT_BYTES } from './limits.ts';

export const parametersAnswer = record({
  height: u64,
  parameters: embedded(parametersContext),
});
export type ParametersAnswer = Infer<typeof parametersAnswer>;

export const supplyAnswer = record({
  height: u64,
  /** nLUX in all balances, burned ones included: constant from genesis on. */
  totalNlux: amount,
  /** Of these, what nobody can move any more. */
  burnedNlux: amount,
});
export type SupplyAnswer = Infer<typeof supplyAnswer>;

export const healthAnswer = record({
  status: literalEnum(['ok', 'halted']),
  height: u64,
  blockId: hex(32),
  /** Of the last block, Unix seconds. */
  time: u64,
  /** How long ago that was, by the clock of the node. */
  ageSeconds: u64,
  /** Transactions that wait. */
  waiting: u32,
  /** Why the node has stopped making blocks. */
  failure: optional(failureNote),
});
export type HealthAnswer = Infer<typeof healthAnswer>;

/** Limits that a client has to keep to. */
const nodeLimits = record({
  bodyBytes: u32,
  transactionBytes: u32,
  pageItems: u32,
  pageBlocks: u32,
  subscribers: u32,
  mempoolTransactions: u32,
  mempoolBytes: u32,
  mempoolPerSender: u32,
});

export const nodeAnswer = record({
  name: text(MAX_TEXT_BYTES),
  version: text(MAX_TEXT_BYTES),
  networkId: u32,
  chainId: hex(32),
  genesisHash: hex(32),
  /** Human-readable part of addresses on this network. */
  hrp: text(MAX_TEXT_BYTES),
  /** `1 LUX = 10^luxDecimals nLUX`. */
  luxDecimals: u32,
  beacon: beaconSource,
  /** Lowest height that can be asked at and proved. */
  oldestHeight: u64,
  /** Whether anything here is safe on one machine only, such as a beacon that all can foresee. */
  isDevelopment: bool,
  limits: nodeLimits,
});
export type NodeAnswer = Infer<typeof nodeAnswer>;
