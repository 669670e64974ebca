import { beginReceipt, receipt, storedRecord, type RecordOf } from '../../src/actors/index.ts';
import { timersUntil } from '../../src/actors/index.ts';
import { readStored } from '../../src/actors/record.ts';
import { fromHex } from '../../src/codec/index.ts';
import { devRandomness, timeOfRound } from '../../src/machines/beacon/rounds.ts';
import { BEACON, type ActorId, type ActorKind } from '../../src/machines/kit/index.ts';
import { REGISTRY } from '../../src/machines/registry.ts';
import type { BlockFigures, Host } from '../chain/host.ts';
import type { Cast } from '../chain/people.ts';
import { Workload } from '../chain/workload.ts';

/** What one block held, took and wrote. */
export interface BlockReport extends BlockFigures {
  readonly height: bigint;
  readonly timers: number;
  /** Were more timers due than it may deliver? */
  readonly carriedOver: boolean;
  readonly transactions: number;
  /** Of its transactions; timers are paid when a challenge opens. */
  readonly gasUsed: bigint;
}

/** A chain that runs block by block, and tells what each of them was. */
export class Chain {
  readonly host: Host;
  readonly workload: Workload;
  readonly cast: Cast;

  constructor(host: Host, cast: Cast, accounts: number) {
    this.host = host;
    this.cast = cast;
    this.workload = new Workload(cast, accounts);
  }

  get height(): bigint {
    return this.host.tip().height;
  }

  /** Of the committed state. */
  record<K extends ActorKind>(id: ActorId<K>): RecordOf<K> {
    return storedRecord({ registry: REGISTRY }, this.host.store, id);
  }

  /** Timers that are due at a height, those of heights before it included. */
  timersDue(height: bigint): number {
    return [...this.host.store.range(...timersUntil(height))].length;
  }

  /** The next block, of these transactions. */
  run(transactions: readonly Uint8Array[] = []): BlockReport {
    const figures = this.host.run(this.workload.block(this.host.tip(), transactions));
    const { height } = this;
    const block = this.host.store.block(height);
    if (block === undefined) throw new Error('the block was not committed');
    const { timers, carriedOver } = readStored(beginReceipt, block.beginReceipt);
    const gasUsed = this.host.store
      .transactions(height)
      .reduce((sum, each) => sum + readStored(receipt, each.receipt).gasUsed, 0n);
    return {
      ...figures,
      height,
      timers: timers.length,
      carriedOver,
      transactions: transactions.length,
      gasUsed,
    };
  }

  /** Blocks of so many transactions until all are in; none of them may be met by a timer. */
  runAll(transactions: readonly Uint8Array[], perBlock: number): readonly BlockReport[] {
    const reports: BlockReport[] = [];
    for (let from = 0; from < transactions.length; from += perBlock) {
      reports.push(this.run(transactions.slice(from, from + perBlock)));
    }
    if (reports.some(({ timers }) => timers > 0)) throw new Error('a window was too short');
    return reports;
  }

  /** Empty blocks up to and including a height. */
  idleTo(height: bigint): void {
    while (this.height < height) this.run();
  }

  randomness(round: bigint): string {
    return devRandomness(this.cast.chain.chainId, round);
  }

  /** Brings a round of the beacon, once it is due. */
  bringRound(round: bigint): void {
    const due = timeOfRound(this.cast.genesis.beacon, round);
    while (this.host.tip().time + 1n < due) this.run();
    const message = {
      type: 'submitRound',
      round,
      proof: fromHex(this.randomness(round)),
    } as const;
    this.runAll([this.workload.sign<'beacon'>({ from: this.cast.owner, to: BEACON, message })], 1);
  }
}
