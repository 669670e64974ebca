import type { ChainEvent, ChainContext, Receipt } from '../actors/index.ts';
import { AssertionError, type Failure, ok, type Result } from '../codec/failure.ts';
import { type Genesis, supplyOf } from '../genesis/genesis.ts';
import { checkInvariants, checkStep, type Violation } from '../testing/invariants/index.ts';
import type { TestTip, Unsigned } from '../testing/engine/engine.ts';
import { kernelEngine, type KernelMoment } from '../testing/engine/kernel-engine.ts';
import { type Order, unsignedOf } from '../testing/orders.ts';
import { ChainView } from '../testing/view.ts';
import { explorationFail } from './errors.ts';

/**
 * A state of a world: the chain in the middle of a block, behind the last message that was put into
 * it. Never changes.
 */
export interface Ground {
  /** The block before the one in hand. */
  readonly parent: KernelMoment;
  /** The state behind the last message, at the height of the block in hand. */
  readonly moment: KernelMoment;
  /** What is in the block in hand. */
  readonly orders: readonly Unsigned[];
  readonly view: ChainView;
}

/** What a message or the passing of time made of a state. */
export interface Change {
  readonly after: Ground;
  readonly events: readonly ChainEvent[];
  readonly receipt: Receipt | undefined;
}

/** An assertion of the kernel that did not hold: the program is wrong (ARCHITECTURE). */
const brokenAssertion = (error: AssertionError): Violation => ({
  id: 'assertion',
  sentence: error.message,
  actors: [],
});

/**
 * Executes blocks of a world on the kernel itself, message by message. A message goes into the
 * block in hand, so any number of them happen at one height, in any order; time passes by blocks.
 */
export class Land {
  /** Whole blocks, as every chain executes them. */
  readonly engine: ReturnType<typeof kernelEngine>;
  readonly #supplyNlux: bigint;
  readonly #blockSeconds: bigint;

  constructor(chain: ChainContext, genesis: Genesis) {
    this.engine = kernelEngine(chain, genesis);
    this.#supplyNlux = supplyOf(genesis);
    this.#blockSeconds = genesis.parameters.dispute.blockTimeSeconds;
  }

  get networkId(): number {
    return this.engine.chain.networkId;
  }

  get chainId(): string {
    return this.engine.chain.chainId;
  }

  /** The first block, with nothing in it. */
  begin(): Ground {
    const { start } = this.engine;
    return this.#pass(start, start.tip.time + this.#blockSeconds).after;
  }

  /** The next block, so many seconds later; at the pace of the chain unless told. */
  pass(ground: Ground, seconds = this.#blockSeconds): Change {
    return this.#pass(ground.moment, ground.moment.tip.time + seconds);
  }

  #pass(parent: KernelMoment, time: bigint): Change {
    const { moment } = this.engine.extend(parent, time, []);
    const after = { parent, moment, orders: [], view: this.#viewOf(moment) };
    return { after, events: moment.begin.events, receipt: undefined };
  }

  /** One message more in the block in hand. A failure means that no block may include it. */
  send(ground: Ground, order: Order): Result<Change, Failure> {
    const [unsigned] = unsignedOf(ground.view, [order]);
    const orders = unsigned === undefined ? ground.orders : [...ground.orders, unsigned];
    const { begin, tip } = ground.moment;
    const { moment: next, offered } = begin.carriedOver
      ? this.engine.extend(ground.parent, tip.time, orders)
      : this.engine.extend(this.#reopened(ground), tip.time, orders.slice(-1));
    const last = offered.at(-1);
    if (last === undefined || !last.included) {
      const cause = last?.failure.code ?? '';
      return explorationFail('exploration/left-out', { cause, message: order.message.type });
    }
    const moment = { ...next, begin };
    const after = { parent: ground.parent, moment, orders, view: this.#viewOf(moment) };
    return ok({ after, events: last.receipt.events, receipt: last.receipt });
  }

  /**
   * The block in hand as one that is still to come, on the state that it has reached: its timers
   * have been delivered, none of them is due again, and all else depends on height and time alone.
   * Only where timers were carried over does that not hold.
   */
  #reopened({ parent, moment }: Ground): KernelMoment {
    const tip: TestTip = { ...parent.tip, activity: moment.tip.activity };
    return { tip, state: moment.state, begin: moment.begin };
  }

  #viewOf({ state: source, tip: { height, time }, begin }: KernelMoment): ChainView {
    const { networkId, chainId } = this;
    const supplyNlux = this.#supplyNlux;
    return new ChainView({ networkId, chainId, source, height, time, supplyNlux, begin });
  }
}

/** Every invariant that does not hold in a state. */
export const faultsOfState = ({ view }: Ground): readonly Violation[] => checkInvariants(view);

/** Every invariant that a step breaks, besides those of the states before and behind it. */
export const faultsOfStep = (before: Ground, { after, events }: Change): readonly Violation[] =>
  checkStep({ before: before.view, after: after.view, events });

/** Runs a step of the kernel; an assertion that it breaks is a violation like any other. */
export const guarded = <T>(
  step: () => T,
): { readonly value: T } | { readonly violation: Violation } => {
  try {
    return { value: step() };
  } catch (error) {
    if (error instanceof AssertionError) return { violation: brokenAssertion(error) };
    throw error;
  }
};
