import type { TraceEntry } from '../../actors/index.ts';
import type { ExecutedBlock, EmbeddedAivm } from '../../runtime/index.ts';
import { openAivm } from '../../runtime/index.ts';
import type { LocalChain } from './local.ts';
import { orStop, stop } from './stop.ts';

/** Where the replay and what was stored part. */
export interface Divergence {
  readonly height: bigint;
  /** What differs: the block's validity, its beginning, a transaction, or only the root. */
  readonly what: string;
  readonly stored: string;
  readonly replayed: string;
  /** The first message that differs, where one does. */
  readonly message?: TraceEntry | undefined;
}

export interface Replayed {
  readonly height: bigint;
  readonly root: string;
  readonly activity: string;
  readonly messages: readonly TraceEntry[];
  readonly divergence: Divergence | undefined;
}

const NO_MESSAGES: readonly TraceEntry[] = [];

/** Executes the blocks of a stored chain again, one by one, on a state of its own in memory. */
export class Replay {
  readonly #stored: EmbeddedAivm;
  readonly #fresh: EmbeddedAivm;
  #height = 0n;

  constructor({ chain, genesis }: LocalChain) {
    this.#stored = chain;
    this.#fresh = orStop(openAivm({ genesis, historyHeights: 1 }));
  }

  /** Height of the last stored block. */
  get tip(): bigint {
    return orStop(this.#stored.tip()).height;
  }

  get root(): string {
    return orStop(this.#fresh.tip()).root;
  }

  get activity(): string {
    return orStop(this.#fresh.tip()).activity;
  }

  close(): void {
    this.#fresh.close();
  }

  /** Executes the next block and compares; behind a divergence nothing can be executed. */
  next(): Replayed {
    this.#height += 1n;
    const height = this.#height;
    const bytes = orStop(this.#stored.blockBytes(height)) ?? this.#missing(height);
    const parent = orStop(this.#fresh.tip()).blockId;
    const executed = this.#fresh.execute(parent, bytes);
    if (!executed.ok) {
      const { code, details } = executed.failure;
      const replayed = `${code} ${JSON.stringify(details)}`;
      const divergence = { height, what: 'the block', stored: 'valid', replayed };
      return { height, root: '', activity: '', messages: NO_MESSAGES, divergence };
    }
    orStop(this.#fresh.commit(executed.value.blockId));
    const { root, activity } = executed.value;
    const divergence = this.#compare(executed.value);
    return { height, root, activity, messages: NO_MESSAGES, divergence };
  }

  /** The same with every message of the block, executed once more for that. */
  traced(replayed: Replayed): Replayed {
    const { messages } = orStop(this.#fresh.traceBlock(replayed.height));
    return { ...replayed, messages };
  }

  #missing(height: bigint): never {
    return stop('cli/not-found', { what: `block ${height}` });
  }

  #compare(executed: ExecutedBlock): Divergence | undefined {
    const { height, root, activity } = executed;
    const block = orStop(this.#stored.block(height)) ?? this.#missing(height);
    if (block.activity === activity && block.root === root) return undefined;
    if (block.activity === activity) {
      return { height, what: 'the state root', stored: block.root, replayed: root };
    }
    return this.#locate(executed, block.activity);
  }

  /** Receipts carry the activity after each transaction: the first that differs names it. */
  #locate({ height, begin, receipts, activity }: ExecutedBlock, committed: string): Divergence {
    const stored = orStop(this.#stored.receipts(height)) ?? this.#missing(height);
    if (stored.begin.activity !== begin.activity) {
      const [of, is] = [stored.begin.activity, begin.activity];
      const message = this.#differing(height, 0);
      return { height, what: 'the timers at its beginning', stored: of, replayed: is, message };
    }
    const at = receipts.findIndex(
      ({ receipt }, index) => stored.receipts[index]?.receipt.activity !== receipt.activity,
    );
    const found = receipts[at];
    if (found === undefined) {
      return { height, what: 'the block', stored: committed, replayed: activity };
    }
    const before = at === 0 ? begin.activity : (receipts[at - 1]?.receipt.activity ?? '');
    return {
      height,
      what: `transaction ${found.txId}`,
      stored: stored.receipts[at]?.receipt.activity ?? 'none',
      replayed: found.receipt.activity,
      message: this.#firstMessageBehind(height, before),
    };
  }

  #messages(height: bigint): readonly TraceEntry[] {
    const traced = this.#fresh.traceBlock(height);
    return traced.ok ? traced.value.messages : NO_MESSAGES;
  }

  #firstMessageBehind(height: bigint, hash: string): TraceEntry | undefined {
    const before = this.#messages(height).findIndex((message) => message.hash === hash);
    return this.#differing(height, before + 1);
  }

  /**
   * The first message from one on whose hash the stored state does not give again. Where that state
   * is not kept any more, the first message that may differ.
   */
  #differing(height: bigint, from: number): TraceEntry | undefined {
    const fresh = this.#messages(height);
    const stored = this.#stored.traceBlock(height);
    const known = stored.ok ? stored.value.messages : NO_MESSAGES;
    const differing = fresh.find((each, at) => at >= from && known[at]?.hash !== each.hash);
    return known.length === 0 || differing === undefined ? fresh[from] : differing;
  }
}
