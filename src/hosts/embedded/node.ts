import { ok, type Failure, type Result } from '../../codec/failure.ts';
import { actorId } from '../../machines/kit/address.ts';
import type { AivmOperations, LogEntry } from '../../runtime/index.ts';
import { hostFail } from '../errors.ts';
import { admitTransaction } from './admission.ts';
import type { BeaconOperator } from './beacon.ts';
import { Drops } from './drops.ts';
import { Mempool } from './mempool/mempool.ts';
import type { NodeMetrics } from './metrics.ts';
import type { NodeConfig } from './options.ts';
import { produceBlock, type Production } from './produce.ts';
import { readSender } from './reads.ts';
import type { AccountState, ProducedBlock, TransactionStatus } from './status.ts';

export interface NodeParts {
  readonly config: NodeConfig;
  readonly chain: AivmOperations;
  readonly operator: BeaconOperator | undefined;
  readonly metrics: NodeMetrics;
}

const NOBODY = '0'.repeat(40);
const MILLISECONDS = 1000;

/**
 * One process, one chain: takes transactions, makes blocks, answers. Every operation is synchronous
 * and total, as those of the runtime that it hosts.
 */
export class EmbeddedNode {
  readonly config: NodeConfig;
  /** Everything that can be asked of the chain itself. */
  readonly chain: AivmOperations;
  readonly metrics: NodeMetrics;
  readonly #mempool: Mempool;
  readonly #operator: BeaconOperator | undefined;
  readonly #drops = new Drops();
  readonly #onWaiting = new Set<() => void>();
  #failure: Failure | undefined;
  #isStopped = false;

  constructor({ config, chain, operator, metrics }: NodeParts) {
    this.config = config;
    this.chain = chain;
    this.metrics = metrics;
    this.#operator = operator;
    this.#mempool = new Mempool(config.mempool);
  }

  /** Transactions that wait, and their bytes. */
  get waiting(): { readonly count: number; readonly bytes: number } {
    return { count: this.#mempool.count, bytes: this.#mempool.bytes };
  }

  /** Whether something waits that the next block could take. */
  get hasReady(): boolean {
    return this.#mempool.hasReady;
  }

  /** Why no block was made at the last attempt; nothing if one was. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** Takes a signed transaction; it waits for a block from then on. */
  submit(bytes: Uint8Array): Result<{ readonly id: string }, Failure> {
    const refused = this.#refusal();
    const admitted = refused ?? admitTransaction(this.chain, this.#mempool, bytes);
    if (!admitted.ok) {
      this.metrics.rejected();
      return admitted;
    }
    const { id, dropped } = admitted.value;
    this.#drops.forget(id);
    this.#drops.remember(dropped);
    this.metrics.dropped(dropped.length);
    for (const listener of this.#onWaiting) listener();
    return ok({ id });
  }

  /** Makes a block now, with what waits; durable when it returns. */
  produce(): Result<ProducedBlock, Failure> {
    if (this.#isStopped) return hostFail('hosts/stopped');
    const { chain, config } = this;
    const begun = performance.now();
    const made = produceBlock({
      chain,
      mempool: this.#mempool,
      operator: this.#operator,
      clock: config.clock,
      proposer: config.proposer ?? this.#operator?.address ?? NOBODY,
    });
    this.#failure = made.ok ? undefined : made.failure;
    if (made.ok) return this.#follow(made.value, performance.now() - begun);
    this.#log('Error', 'no block was made', { ...made.failure.details, code: made.failure.code });
    return made;
  }

  /** How a transaction stands: waiting here, included, dropped here, or not known. */
  transaction(id: string): Result<TransactionStatus, Failure> {
    const waiting = this.#mempool.get(id);
    if (waiting !== undefined) return ok({ type: 'pending', ...waiting });
    const receipt = this.chain.receipt(id);
    if (!receipt.ok) return receipt;
    if (receipt.value === undefined) {
      const failure = this.#drops.get(id);
      return ok(failure === undefined ? { type: 'unknown' } : { type: 'dropped', failure });
    }
    const { bytes } = receipt.value;
    const prepared = this.chain.decodeTx(bytes);
    if (!prepared.ok) return prepared;
    return ok({ type: 'included', prepared: prepared.value, bytes, receipt: receipt.value });
  }

  /** Nonces and balance of an account, by its address in hex. */
  account(address: string): Result<AccountState, Failure> {
    const sender = actorId('account', address);
    const state = readSender(this.chain, sender);
    if (!state.ok) return state;
    const { nextNonce, balanceNlux } = state.value;
    const pendingNonce = this.#mempool.nextNonce(sender, state.value);
    return ok({ nonce: nextNonce, pendingNonce, balanceNlux });
  }

  /** Calls the listener whenever a transaction begins to wait; gives the function that ends it. */
  onWaiting(listener: () => void): () => void {
    this.#onWaiting.add(listener);
    return () => this.#onWaiting.delete(listener);
  }

  /** No further transaction and no further block; what is committed stays readable. */
  stop(): void {
    this.#isStopped = true;
    this.#onWaiting.clear();
  }

  #refusal() {
    if (this.#isStopped) return hostFail('hosts/stopped');
    const { code, details } = this.#failure ?? {};
    if (code !== 'runtime/halted') return undefined;
    return hostFail('hosts/halted', { cause: details?.['cause'] ?? code });
  }

  #follow(made: Production, milliseconds: number): Result<ProducedBlock, Failure> {
    const { executed, beaconFailure, ...block } = made;
    this.#drops.remember(block.dropped);
    this.metrics.dropped(block.dropped.length);
    const outcomes = executed.receipts.map(({ receipt }) => receipt.outcome.type);
    this.metrics.block(milliseconds / MILLISECONDS, outcomes);
    if (beaconFailure !== undefined) {
      const details = { ...beaconFailure.details, code: beaconFailure.code };
      this.#log('Warn', 'the beacon round could not be included', details);
    }
    const observed = this.#operator?.observe(executed);
    if (observed?.ok === false)
      this.#log('Error', observed.failure.message, observed.failure.details);
    return ok(block);
  }

  #log(level: string, message: string, details: LogEntry['details']): void {
    this.config.log?.({ level, message, details });
  }
}
