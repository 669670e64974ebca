import { ok, type Failure, type Result } from '../../codec/failure.ts';
import type { AivmOperations, BuiltBlock, ExecutedBlock, LeftOut } from '../../runtime/index.ts';
import { MAX_CANDIDATES } from '../../runtime/index.ts';
import type { BeaconOperator, Submission } from './beacon.ts';
import type { Included, Mempool } from './mempool/mempool.ts';
import type { Dropped } from './mempool/transaction.ts';
import type { Clock } from './options.ts';
import type { ProducedBlock } from './status.ts';

export interface ProducerParts {
  readonly chain: AivmOperations;
  readonly mempool: Mempool;
  readonly operator: BeaconOperator | undefined;
  readonly clock: Clock;
  readonly proposer: string;
}

/** Reasons that pass: the block was full, or an earlier nonce has to come first. */
const MAY_PASS: ReadonlySet<string> = new Set([
  'runtime/block-full',
  'actors/block-full',
  'actors/nonce-skipped',
]);

interface Offer {
  readonly time: bigint;
  readonly parentId: string;
  readonly beacon: Submission | undefined;
  readonly transactions: readonly Uint8Array[];
}

/** What the next block is offered: the beacon round that is missing first, then the mempool. */
const offer = ({ chain, mempool, operator, clock }: ProducerParts): Result<Offer, Failure> => {
  const tip = chain.tip();
  if (!tip.ok) return tip;
  const parameters = chain.parameters();
  if (!parameters.ok) return parameters;
  // Time never runs backwards, whatever the clock of the machine does (PROTOCOL §2).
  const now = clock();
  const time = now > tip.value.time ? now : tip.value.time;
  const beacon = operator === undefined ? ok(undefined) : operator.next(time);
  if (!beacon.ok) return beacon;
  const gas = parameters.value.current.gas.blockGasLimit;
  const waiting = mempool.select({ transactions: MAX_CANDIDATES - 1, gas });
  const transactions = waiting.map(({ bytes }) => bytes);
  if (beacon.value !== undefined) transactions.unshift(beacon.value.bytes);
  return ok({ time, parentId: tip.value.blockId, beacon: beacon.value, transactions });
};

/** Builds, executes and commits; a block that cannot be committed is dropped again. */
const commit = (
  { chain, proposer }: ProducerParts,
  { time, parentId, transactions }: Offer,
): Result<{ readonly built: BuiltBlock; readonly executed: ExecutedBlock }, Failure> => {
  const built = chain.buildBlock({ parent: parentId, time, proposer, transactions });
  if (!built.ok) return built;
  const executed = chain.execute(parentId, built.value.bytes);
  if (!executed.ok) return executed;
  const committed = chain.commit(executed.value.blockId);
  if (committed.ok) return ok({ built: built.value, executed: executed.value });
  chain.drop(executed.value.blockId);
  return committed;
};

/** Takes what the block took out of the mempool, and what no block will take. */
const settle = (
  { mempool }: ProducerParts,
  height: bigint,
  senders: readonly Included[],
  leftOut: readonly LeftOut[],
): readonly Dropped[] => {
  const hopeless = leftOut.filter(({ id, failure }) => {
    const isOurs = mempool.get(id) !== undefined;
    return isOurs && !MAY_PASS.has(failure.code);
  });
  for (const { id } of hopeless) mempool.drop(id);
  return [...hopeless, ...mempool.settle(height, senders)];
};

/** Who sent what the block took. */
const includedIn = (
  { mempool }: ProducerParts,
  built: BuiltBlock,
  beacon: Submission | undefined,
) =>
  built.included.flatMap((id): readonly Included[] => {
    if (id === beacon?.id) return [beacon];
    const prepared = mempool.get(id)?.prepared;
    return prepared === undefined ? [] : [{ sender: prepared.sender, nonce: prepared.body.nonce }];
  });

/** A block that was made, and what came of it. */
export interface Production extends ProducedBlock {
  readonly executed: ExecutedBlock;
  /** Why the beacon round that was due is not in it. */
  readonly beaconFailure: Failure | undefined;
}

/**
 * Makes one block on the committed tip. Synchronous from the first read to the durable commit, so
 * nothing comes between.
 */
export const produceBlock = (parts: ProducerParts): Result<Production, Failure> => {
  const offered = offer(parts);
  if (!offered.ok) return offered;
  const made = commit(parts, offered.value);
  if (!made.ok) return made;
  const { beacon, time } = offered.value;
  const { built, executed } = made.value;
  const { height, blockId, root, included, leftOut } = built;
  const senders = includedIn(parts, built, beacon);
  return ok({
    height,
    blockId,
    root,
    time,
    included,
    dropped: settle(parts, height, senders, leftOut),
    executed,
    beaconFailure: leftOut.find(({ id }) => id === beacon?.id)?.failure,
  });
};
