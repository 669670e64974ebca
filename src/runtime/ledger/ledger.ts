import type { ChainContext } from '../../actors/source.ts';
import { assert } from '../../codec/failure.ts';
import type { Environment } from '../execution/environment.ts';
import type { Assembled } from '../execution/assemble.ts';
import { Forest } from '../execution/forest.ts';
import type { Parent } from '../execution/outcome.ts';
import { resolve } from '../execution/resolve.ts';
import type { SignatureService } from '../services/signatures.ts';
import type { Store, Tip } from '../store/store.ts';
import type { Subscribers } from './subscribers.ts';

/**
 * A chain in hand: what is committed, what is executed and waits, and who listens. The operations
 * beside this file work on it, synchronously; the Effect shell around them owns it.
 */
export class Ledger {
  readonly environment: Environment;
  readonly store: Store;
  readonly signatures: SignatureService;
  readonly subscribers: Subscribers;
  readonly forest = new Forest();
  /** nLUX in all balances, constant from genesis on (PROTOCOL §3). */
  readonly supplyNlux: bigint;
  /** The last block that was built here: executing it again would give the same. */
  built: Assembled | undefined;

  constructor(parts: {
    readonly environment: Environment;
    readonly store: Store;
    readonly signatures: SignatureService;
    readonly subscribers: Subscribers;
    readonly supplyNlux: bigint;
  }) {
    this.environment = parts.environment;
    this.store = parts.store;
    this.signatures = parts.signatures;
    this.subscribers = parts.subscribers;
    this.supplyNlux = parts.supplyNlux;
  }

  get chain(): ChainContext {
    return this.environment.chain;
  }

  /** The last committed block; there is one from genesis on. */
  get tip(): Tip {
    const tip = this.store.tip();
    assert(tip !== undefined, 'an open chain has its genesis');
    return tip;
  }

  /** The state after a block that another may be executed on; undefined for any other block. */
  parent(blockId: string): Parent | undefined {
    const { tip } = this;
    if (blockId === tip.blockId) return { ...tip, view: this.store };
    const lineage = this.forest.lineage(blockId);
    const [overlay] = lineage;
    if (overlay === undefined) return undefined;
    const { header, activity } = overlay;
    const { height, time } = header;
    return { blockId, height, time, activity, view: resolve(lineage, this.store) };
  }
}
