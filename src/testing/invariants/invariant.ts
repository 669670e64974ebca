import type { ChainEvent } from '../../actors/index.ts';
import type { ActorId } from '../../machines/kit/index.ts';
import type { ChainView, Found } from '../view.ts';

/** Where an invariant does not hold. */
export interface Fault {
  /** What is wrong, with the figures, as a sentence. */
  readonly sentence: string;
  readonly actors: readonly ActorId[];
}

/** A fault with the name of the invariant, such as `I3`. */
export interface Violation extends Fault {
  readonly id: string;
}

/** What must hold in every state. */
export interface StateInvariant {
  readonly id: string;
  /** The invariant, as far as a state shows it. */
  readonly says: string;
  readonly check: (view: ChainView) => readonly Fault[];
}

/** The states before and after a block, and what its messages told, in order. */
export interface StepView {
  readonly before: ChainView;
  readonly after: ChainView;
  readonly events: readonly ChainEvent[];
}

/** What must hold from every block to the next. */
export interface StepInvariant {
  readonly id: string;
  readonly says: string;
  readonly check: (step: StepView) => readonly Fault[];
}

/** Nothing if it holds. The sentence is made only where it is needed. */
export const unless = (
  holds: boolean,
  sentence: () => string,
  ...actors: readonly ActorId[]
): readonly Fault[] => (holds ? [] : [{ sentence: sentence(), actors }]);

/**
 * A check of single records that remembers those that passed: a record never changes, and most are
 * the same from block to block.
 */
export const ofRecords = (check: (found: Found) => readonly Fault[]) => {
  const passed = new WeakSet<object>();
  return (view: ChainView): readonly Fault[] =>
    view.everybody().flatMap((found) => {
      if (passed.has(found.record)) return [];
      const faults = check(found);
      if (faults.length === 0) passed.add(found.record);
      return faults;
    });
};

export const sum = (values: readonly bigint[]): bigint =>
  values.reduce((total, value) => total + value, 0n);

/** The field of an event as an amount or a height; 0 where it has none. */
export const fieldOf = ({ fields }: ChainEvent, name: string): bigint => {
  const value = fields.find((field) => field.name === name)?.value ?? '';
  return /^\d+$/.test(value) ? BigInt(value) : 0n;
};

/** The field of an event as text. */
export const textOf = ({ fields }: ChainEvent, name: string): string =>
  fields.find((field) => field.name === name)?.value ?? '';

/** Sum of one field over the events of an actor with a name. */
export const toldBy = (
  events: readonly ChainEvent[],
  actor: ActorId,
  name: string,
  field = 'amountNlux',
): bigint =>
  sum(
    events
      .filter((event) => event.actor === actor && event.name === name)
      .map((event) => fieldOf(event, field)),
  );
