import type { Receipt } from '../../actors/index.ts';
import type { ChallengeForm } from '../../machines/challenge/record.ts';
import type { ActorId } from '../../machines/kit/index.ts';
import type { Rerun } from '../../client/challenge.ts';
import type { Vote } from '../agents/index.ts';
import type { Player } from './agents.ts';
import type { Answer } from './answers.ts';
import type { Held } from './held.ts';

/** A seat in a run: what its member has made up its mind to say. */
export interface Sitting {
  readonly round: number;
  readonly seat: number;
  readonly player: Player;
  readonly vote: Vote;
  /** What it committed to; nothing of one that has not. */
  readonly rerun: Rerun | undefined;
  /** What it has to show of it; nothing of one that has nothing. */
  readonly answer: Answer | undefined;
  /** Will it show what it committed to? */
  readonly shows: boolean;
}

/** A challenge in a run. */
export interface Dispute {
  readonly id: ActorId<'challenge'>;
  readonly form: ChallengeForm;
  /** Who opened it; nobody where the beacon did. */
  readonly challenger: string | undefined;
  readonly bondNlux: bigint;
  /** Lower attestation id first, as the chain has them. */
  readonly defendants: readonly Held[];
  readonly openedAt: bigint;
  /** Defendants that show what is asked of them. */
  readonly shows: readonly boolean[];
  /** By `round/seat/attempt`. */
  readonly sittings: Map<string, Sitting>;
  /** Authors whose chunks are on their way, by round. */
  readonly opened: Set<string>;
  /** Slashes and penalties so far, by address of the provider. */
  readonly taken: Map<string, bigint>;
  /** Fees of its transactions, by name of who paid them. */
  readonly gas: Map<string, bigint>;
  /** Deposits of appeals, by name. */
  readonly deposits: Map<string, bigint>;
}

/** Adds to the amount under a key. */
export const add = (amounts: Map<string, bigint>, key: string, amountNlux: bigint): void => {
  amounts.set(key, (amounts.get(key) ?? 0n) + amountNlux);
};

/** Books the fee of a transaction of a dispute to who sent it. */
export const addGas = (of: Dispute, from: string, receipt: Receipt | undefined): void => {
  if (receipt !== undefined) add(of.gas, from, receipt.feeNlux);
};
