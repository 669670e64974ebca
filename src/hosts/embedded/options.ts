import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ok, type Failure, type Result } from '../../codec/failure.ts';
import type { Secp256k1 } from '../../codec/index.ts';
import { developmentAccounts } from '../../genesis/development.ts';
import type { Genesis } from '../../genesis/genesis.ts';
import type { LogEntry } from '../../runtime/index.ts';
import { hostFail } from '../errors.ts';
import {
  DEFAULT_MEMPOOL_AGE_BLOCKS,
  DEFAULT_MEMPOOL_BYTES,
  DEFAULT_MEMPOOL_PER_SENDER,
  DEFAULT_MEMPOOL_TRANSACTIONS,
} from './limits.ts';
import type { MempoolLimits } from './mempool/mempool.ts';

/** Unix seconds, as the host's clock shows them. */
export type Clock = () => bigint;

/** When blocks are made. */
export type Production =
  /** One every so often, with or without transactions: heights are the chain's clock. */
  | { readonly type: 'interval'; readonly milliseconds: number }
  /** One as soon as a transaction waits; time stands still otherwise. */
  | { readonly type: 'on-transaction' }
  /** Only when `produce` is called. */
  | { readonly type: 'manual' };

export interface NodeOptions {
  readonly genesis: Genesis;
  /** Made if there is none; without it the chain lives in memory. */
  readonly dataDir?: string | undefined;
  /** An interval of the block time of the genesis' parameters unless told. */
  readonly production?: Production | undefined;
  /** The machine's clock unless told; for tests and demos that run time forward. */
  readonly clock?: Clock | undefined;
  /**
   * Key of the account that submits rounds of a `dev` beacon, 32 bytes, hex: one that sends nothing
   * else, since both would use its nonces. The `local` preset has one that everybody knows, its
   * last development account.
   */
  readonly operatorKey?: string | undefined;
  /** 20-byte node id in the headers of blocks, hex; the operator's address unless told. */
  readonly proposer?: string | undefined;
  readonly mempool?: Partial<MempoolLimits> | undefined;
  /** Heights before the last that stay readable and provable; see the runtime. */
  readonly historyHeights?: number | undefined;
  /** secp256k1 of the host's choice; the fastest that the machine has unless told. */
  readonly engine?: Secp256k1 | undefined;
  readonly log?: ((entry: LogEntry) => void) | undefined;
}

/** Options that were checked, with what was left open filled in. */
export interface NodeConfig {
  readonly genesis: Genesis;
  /** Folder of the database. */
  readonly path: string | undefined;
  readonly production: Production;
  readonly clock: Clock;
  readonly operatorKey: string | undefined;
  readonly proposer: string | undefined;
  readonly mempool: MempoolLimits;
  readonly historyHeights: number | undefined;
  readonly engine: Secp256k1 | undefined;
  readonly log: ((entry: LogEntry) => void) | undefined;
}

/** A day: longer than any chain waits for a block. */
const MAX_INTERVAL_MILLISECONDS = 86_400_000;
const MILLISECONDS = 1000;
const DATABASE_FOLDER = 'chain';
/** Which development account is the operator of the `local` preset: `dev19`. */
const OPERATOR_ACCOUNT = 19;

const systemClock: Clock = () => BigInt(Math.floor(Date.now() / MILLISECONDS));

const bad = (option: string, expected: string) =>
  hostFail('hosts/bad-option', { option, expected });

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) > 0;

const checkMempool = ({ transactions, bytes, perSender, ageBlocks }: MempoolLimits) => {
  for (const [name, value] of Object.entries({ transactions, bytes, perSender })) {
    if (!isCount(value)) return bad(`mempool.${name}`, 'a whole number above 0');
  }
  return ageBlocks > 0n ? ok(undefined) : bad('mempool.ageBlocks', 'a bigint above 0');
};

const checkProduction = (production: Production): Result<void, Failure> => {
  if (production.type !== 'interval') return ok(undefined);
  const { milliseconds } = production;
  const isInRange = isCount(milliseconds) && milliseconds <= MAX_INTERVAL_MILLISECONDS;
  if (isInRange) return ok(undefined);
  return bad('production.milliseconds', `1 to ${MAX_INTERVAL_MILLISECONDS}`);
};

/** The key that submits rounds; nobody's where the beacon needs none. */
const operatorOf = ({ genesis, operatorKey }: NodeOptions): Result<string | undefined, Failure> => {
  if (genesis.beacon.type !== 'dev') return ok(undefined);
  if (operatorKey !== undefined) {
    const isKey = /^[0-9a-f]{64}$/.test(operatorKey);
    return isKey ? ok(operatorKey) : bad('operatorKey', '64 lower-case hex digits');
  }
  const account = developmentAccounts(OPERATOR_ACCOUNT + 1)[OPERATOR_ACCOUNT];
  const isFunded = genesis.allocations.some(({ address }) => address === account?.address);
  if (genesis.network === 'local' && isFunded) return ok(account?.privateKey);
  return hostFail('hosts/operator-key');
};

/** Makes the data directory, so that a wrong one is told before anything else happens. */
const databaseIn = (dataDir: string | undefined): Result<string | undefined, Failure> => {
  if (dataDir === undefined) return ok(undefined);
  try {
    mkdirSync(dataDir, { recursive: true });
    return ok(join(dataDir, DATABASE_FOLDER));
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    return hostFail('hosts/data-dir', { path: dataDir, cause });
  }
};

/** Checks the options of a node and fills in the defaults. */
export const configOf = (options: NodeOptions): Result<NodeConfig, Failure> => {
  const { genesis, clock = systemClock, proposer } = options;
  const blockSeconds = Number(genesis.parameters.dispute.blockTimeSeconds);
  const interval = { type: 'interval', milliseconds: blockSeconds * MILLISECONDS } as const;
  const { production = interval } = options;
  const mempool: MempoolLimits = {
    transactions: DEFAULT_MEMPOOL_TRANSACTIONS,
    bytes: DEFAULT_MEMPOOL_BYTES,
    perSender: DEFAULT_MEMPOOL_PER_SENDER,
    ageBlocks: DEFAULT_MEMPOOL_AGE_BLOCKS,
    ...options.mempool,
  };
  if (proposer !== undefined && !/^[0-9a-f]{40}$/.test(proposer)) {
    return bad('proposer', '40 lower-case hex digits');
  }
  for (const checked of [checkProduction(production), checkMempool(mempool)]) {
    if (!checked.ok) return checked;
  }
  const operatorKey = operatorOf(options);
  if (!operatorKey.ok) return operatorKey;
  const path = databaseIn(options.dataDir);
  if (!path.ok) return path;
  const { historyHeights, engine, log } = options;
  return ok({
    genesis,
    path: path.value,
    production,
    clock,
    operatorKey: operatorKey.value,
    proposer,
    mempool,
    historyHeights,
    engine,
    log,
  });
};
