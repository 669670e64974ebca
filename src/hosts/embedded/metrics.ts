import * as Context from 'effect/Context';
import * as Metric from 'effect/Metric';

/** Seconds; a block has a budget of one or two. */
const DURATION_BOUNDARIES = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

type Outcome = 'applied' | 'refused';

/** What one node counts, in a registry of its own: several nodes may run in one process. */
export class NodeMetrics {
  /** The registry, for whoever formats it. */
  readonly context: Context.Context<never>;
  readonly #blocks: Metric.Counter<number>;
  readonly #transactions: Readonly<Record<Outcome, Metric.Counter<number>>>;
  readonly #rejected: Metric.Counter<number>;
  readonly #dropped: Metric.Counter<number>;
  readonly #duration: Metric.Histogram<number>;

  constructor() {
    this.context = Context.make(Metric.MetricRegistry, new Map());
    const counter = (name: string, description: string, attributes?: Record<string, string>) => {
      const made = Metric.counter(name, { description, incremental: true, attributes });
      made.updateUnsafe(0, this.context);
      return made;
    };
    this.#blocks = counter('blocks_committed_total', 'Blocks this node has made.');
    const included = 'Transactions included, by what came of them.';
    this.#transactions = {
      applied: counter('transactions_total', included, { outcome: 'applied' }),
      refused: counter('transactions_total', included, { outcome: 'refused' }),
    };
    this.#rejected = counter('submissions_rejected_total', 'Submissions that were not taken.');
    this.#dropped = counter('transactions_dropped_total', 'Transactions that waited in vain.');
    this.#duration = Metric.histogram('block_duration_seconds', {
      description: 'Time to build, execute and durably commit a block.',
      boundaries: Metric.boundariesFromIterable(DURATION_BOUNDARIES),
    });
  }

  /** A value that is asked for when the metrics are read. */
  gauge(name: string, description: string, read: () => number): void {
    const hooks = { get: () => ({ value: read() }), update: ignore, modify: ignore };
    Metric.registerUnsafe(Metric.gauge(name, { description }), this.context, hooks);
  }

  block(seconds: number, outcomes: readonly Outcome[]): void {
    this.#blocks.updateUnsafe(1, this.context);
    this.#duration.updateUnsafe(seconds, this.context);
    for (const outcome of outcomes) this.#transactions[outcome].updateUnsafe(1, this.context);
  }

  rejected(): void {
    this.#rejected.updateUnsafe(1, this.context);
  }

  dropped(count: number): void {
    if (count > 0) this.#dropped.updateUnsafe(count, this.context);
  }
}

const ignore = (): void => undefined;
