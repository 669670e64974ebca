import { ok, type Result } from '../codec/index.ts';
import { assert, type Failure } from '../codec/failure.ts';
import { TREASURY } from '../machines/kit/index.ts';
import type { TraceEntry } from './activity.ts';
import { admit } from './check.ts';
import { actorFail } from './errors.ts';
import { include } from './include.ts';
import type { BeginReceipt, Receipt } from './receipt.ts';
import type { RecordOf } from './record.ts';
import { beginRun, type BlockInput, type Run } from './run.ts';
import { deliverTimers } from './timers.ts';
import type { PreparedTransaction } from './transaction.ts';

export interface BlockOutcome {
  /** By key of the state tree in hex; `undefined` deletes. */
  readonly changes: ReadonlyMap<string, Uint8Array | undefined>;
  readonly receipts: readonly Receipt[];
  readonly begin: BeginReceipt;
  /** Activity hash after the last message, for the next block. */
  readonly activity: string;
  readonly gasUsed: bigint;
  /** Empty unless asked for. */
  readonly trace: readonly TraceEntry[];
}

/**
 * Builds a block: the timers at its beginning, then transactions one by one. The committed state is
 * never touched; what the block changes is the outcome's. An assertion error anywhere means that
 * the builder must be thrown away and the host stopped.
 */
export class BlockBuilder {
  readonly #run: Run;
  readonly #receipts: Receipt[] = [];
  readonly #begin: BeginReceipt;
  #gasUsed = 0n;
  #isFinished = false;

  constructor(input: BlockInput) {
    this.#run = beginRun(input);
    this.#begin = deliverTimers(this.#run, input.source);
  }

  get begin(): BeginReceipt {
    return this.#begin;
  }

  /** Gas that transactions may still ask for as their limit. */
  get gasLeft(): bigint {
    return this.#run.parameters.gas.blockGasLimit - this.#gasUsed;
  }

  /**
   * Includes a transaction, applied or refused. A failure means that it cannot be included here;
   * then nothing has happened and the builder goes on.
   */
  add(prepared: PreparedTransaction): Result<Receipt, Failure> {
    assert(!this.#isFinished, 'the block is finished');
    const { body } = prepared;
    const sender = this.#run.state.actor(prepared.sender);
    const account = sender.value as RecordOf<'account'>;
    const admitted = admit(account, this.#run.parameters, prepared, this.#run.block);
    if (!admitted.ok) return admitted;
    if (body.gasLimit > this.gasLeft) {
      const details = { left: String(this.gasLeft), found: String(body.gasLimit) };
      return actorFail('actors/block-full', details);
    }
    const receipt = include(this.#run, prepared, sender);
    this.#gasUsed += receipt.gasUsed;
    this.#receipts.push(receipt);
    return ok(receipt);
  }

  /**
   * Ends the block: its fees enter the Treasury, and its writes are put together. Balances must add
   * up to what they were.
   */
  finish(): BlockOutcome {
    assert(!this.#isFinished, 'the block is finished');
    this.#isFinished = true;
    const run = this.#run;
    if (run.feesHeld > 0n) {
      const treasury = run.state.actor(TREASURY);
      const balance = treasury.value.balance + run.feesHeld;
      run.state.setActor(treasury, { ...treasury.value, balance });
      run.feesHeld = 0n;
    }
    assert(run.state.balanceDelta === 0n, 'the block changes the supply');
    return {
      changes: run.state.changes(),
      receipts: this.#receipts,
      begin: this.#begin,
      activity: run.activity.hash,
      gasUsed: this.#gasUsed,
      trace: run.trace ?? [],
    };
  }
}
