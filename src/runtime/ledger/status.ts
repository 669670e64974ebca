import type { Failure } from '../../codec/failure.ts';
import type { SignatureStats } from '../services/signatures.ts';
import type { StoreStats, Tip } from '../store/store.ts';
import type { Ledger } from './ledger.ts';

export interface Status {
  readonly tip: Tip;
  /** Lowest height that can be asked at and proved. */
  readonly oldestHeight: bigint;
  /** Why the runtime stopped, if it did. */
  readonly halted: Failure | undefined;
  /** Ids of the blocks executed and neither committed nor dropped, parents first. */
  readonly pending: readonly string[];
  readonly subscribers: number;
  readonly signatureEngine: string;
  readonly signatures: SignatureStats;
  readonly store: StoreStats;
}

/** See `AivmOperations.status`. */
export const status = (ledger: Ledger, halted: Failure | undefined): Status => ({
  tip: ledger.tip,
  oldestHeight: ledger.store.oldestHeight(),
  halted,
  pending: ledger.forest.blocks().map(({ blockId }) => blockId),
  subscribers: ledger.subscribers.count,
  signatureEngine: ledger.signatures.engine,
  signatures: ledger.signatures.stats(),
  store: ledger.store.stats(),
});
