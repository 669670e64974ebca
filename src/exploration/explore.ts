import { kindOf } from '../machines/kit/index.ts';
import { longestChallengeBlocks } from '../machines/parameters/schedule.ts';
import type { Violation } from '../testing/invariants/index.ts';
import { unwrap } from '../runtime/unwrap.ts';
import { beginWorld } from './beginning.ts';
import { canonicalText, stateId } from './canonical/state.ts';
import type { LandOptions } from './chain.ts';
import { stuckMoney } from './exits.ts';
import { Graph } from './graph.ts';
import { type Change, faultsOfState, faultsOfStep, type Ground, guarded } from './ground.ts';
import { Lexicon } from './lexicon.ts';
import { movesOf, type Move } from './moves/index.ts';
import { isOver, outcomeOf } from './outcome.ts';
import { refusalFaults } from './refusals.ts';
import { Setting } from './setting.ts';
import { BLOCK, passing } from './time.ts';
import type { World } from './world.ts';

export interface ExploreOptions extends LandOptions {
  /** States after which the exploration gives up; DEFAULT_MAX_STATES unless told. */
  readonly maxStates?: number | undefined;
  /** Steps from the beginning beyond which nothing is explored; none unless told. */
  readonly maxDepth?: number | undefined;
}

/** Some hundred megabytes, and some ten minutes. */
export const DEFAULT_MAX_STATES = 200_000;

/** How far an exploration is. */
export interface Progress {
  /** Different states that were found. */
  readonly states: number;
  /** Of these, those from which everything was tried. */
  readonly expanded: number;
  /** Moves that the chain took, and blocks that passed. */
  readonly transitions: number;
  /** Moves that the chain refused. */
  readonly refusals: number;
  /** Steps of the longest of the shortest ways to a state. */
  readonly depth: number;
}

/** A way to a state that must not be. */
export interface Counterexample {
  readonly violations: readonly Violation[];
  /** Labels of what was done, in order; `replay` does it again. */
  readonly path: readonly string[];
}

export interface Exploration extends Progress {
  /** Was everything tried from every state? Else a bound cut it off. */
  readonly isComplete: boolean;
  /** How many states there are of each way in which disputes ended. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** Why moves were refused, and how often. */
  readonly refused: Readonly<Record<string, number>>;
  /**
   * The most blocks that pass from any state until no challenge is open, if nobody does anything.
   */
  readonly longestWaitBlocks: number;
  readonly counterexample: Counterexample | undefined;
}

const count = (counts: Record<string, number>, name: string): void => {
  counts[name] = (counts[name] ?? 0) + 1;
};

/** One exploration: breadth first, so that the first way to a violation is a shortest one. */
class Explorer {
  readonly #setting: Setting;
  readonly #lexicon: Lexicon;
  readonly #graph = new Graph();
  readonly #queue: { readonly number: number; readonly ground: Ground }[] = [];
  readonly #outcomes: Record<string, number> = {};
  readonly #refused: Record<string, number> = {};
  /** Messages that a state of a machine does not accept, as the kernel has shown. */
  readonly #shown = new Set<string>();
  readonly #maxStates: number;
  readonly #maxDepth: number;
  #expanded = 0;
  #transitions = 0;
  #refusals = 0;
  #isCut = false;
  #counterexample: Counterexample | undefined;

  constructor(world: World, options: ExploreOptions) {
    this.#setting = new Setting(world, options);
    this.#lexicon = new Lexicon(this.#setting);
    this.#maxStates = options.maxStates ?? DEFAULT_MAX_STATES;
    this.#maxDepth = options.maxDepth ?? Infinity;
  }

  *run(): Generator<Progress, Exploration> {
    const first = unwrap(beginWorld(this.#setting));
    this.#enter(first, -1, '');
    while (this.#counterexample === undefined) {
      const next = this.#queue[this.#expanded];
      if (next === undefined) break;
      if (this.#graph.size >= this.#maxStates) {
        this.#isCut = true;
        break;
      }
      // What was expanded is needed no more.
      delete this.#queue[this.#expanded];
      this.#expanded += 1;
      this.#expand(next.number, next.ground);
      yield this.#progress();
    }
    return this.#report();
  }

  #progress(): Progress {
    return {
      states: this.#graph.size,
      expanded: this.#expanded,
      transitions: this.#transitions,
      refusals: this.#refusals,
      depth: this.#graph.depth,
    };
  }

  #report(): Exploration {
    const isComplete = !this.#isCut && this.#counterexample === undefined;
    const longest = isComplete ? this.#graph.longestWait() : undefined;
    const bound = Number(longestChallengeBlocks(this.#setting.world.parameters.dispute));
    if (longest !== undefined && longest.blocks > bound) {
      const wait = longest.ends ? `it takes ${longest.blocks} blocks` : 'it never ends';
      const sentence = `a challenge is open, and by time alone ${wait}; D is ${bound}`;
      this.#fail(longest.from, undefined, [{ id: 'I34', sentence, actors: [] }]);
    }
    return {
      ...this.#progress(),
      isComplete,
      outcomes: this.#outcomes,
      refused: this.#refused,
      longestWaitBlocks: longest?.blocks ?? 0,
      counterexample: this.#counterexample,
    };
  }

  #fail(from: number, by: string | undefined, violations: readonly Violation[]): void {
    const path = [...this.#graph.pathTo(from), ...(by === undefined ? [] : [by])];
    this.#counterexample ??= { violations, path };
  }

  /**
   * Gives a state its number. A new one is checked, and is gone on from unless nothing can happen
   * in it or a bound forbids it.
   */
  #enter(ground: Ground, from: number, by: string): number {
    const { view } = ground;
    const text = canonicalText(this.#setting, view, this.#lexicon);
    const isOpen = view.all('challenge').some(({ record }) => record.state !== 'final');
    const { number, isNew } = this.#graph.add(stateId(text), from, by, isOpen);
    if (!isNew) return number;
    const faults = [...faultsOfState(ground), ...stuckMoney(this.#setting, ground)];
    if (faults.length > 0) this.#fail(number, undefined, faults);
    else if (isOver(this.#setting, view)) count(this.#outcomes, outcomeOf(view, this.#lexicon));
    else if (this.#graph.depthOf(number) >= this.#maxDepth) this.#isCut = true;
    else this.#queue.push({ number, ground });
    return number;
  }

  #expand(number: number, ground: Ground): void {
    for (const way of passing(this.#setting.world)) {
      this.#follow(number, ground, way.label, () => this.#setting.land.pass(ground, way.seconds));
    }
    const scene = { setting: this.#setting, ground, lexicon: this.#lexicon };
    for (const move of movesOf(scene)) {
      if (this.#counterexample !== undefined) return;
      if (this.#wasShown(ground, move)) continue;
      this.#follow(
        number,
        ground,
        move.label,
        () => unwrap(this.#setting.land.send(ground, move.order)),
        move,
      );
    }
  }

  /**
   * Is it known that the machine's table has nothing for this message in the state of its receiver?
   * That is tried once for each state of a machine; whatever a guard decides is tried every time.
   */
  #wasShown({ view }: Ground, { order: { to, message } }: Move): boolean {
    const { compiled } = this.#setting.machines[kindOf(to)];
    const state = view.actor(to)?.state ?? compiled.initial;
    if (compiled.edges.get(state)?.has(message.type) === true) return false;
    const about = `${kindOf(to)} ${state} ${message.type}`;
    if (this.#shown.has(about)) return true;
    this.#shown.add(about);
    return false;
  }

  /** Takes one way on from a state. */
  #follow(number: number, ground: Ground, by: string, step: () => Change, move?: Move): void {
    const done = guarded(step);
    if ('violation' in done) return this.#fail(number, by, [done.violation]);
    const { outcome } = done.value.receipt ?? {};
    if (outcome?.type === 'refused' && move !== undefined) {
      this.#refusals += 1;
      count(this.#refused, `${move.order.message.type}: ${outcome.refusal.code}`);
      const faults = refusalFaults(ground, done.value, move.order);
      if (faults.length > 0) this.#fail(number, by, faults);
      return;
    }
    this.#transitions += 1;
    const violations = faultsOfStep(ground, done.value);
    if (violations.length > 0) return this.#fail(number, by, violations);
    const next = this.#enter(done.value.after, number, by);
    if (by === BLOCK.label) this.#graph.passes(number, next);
  }
}

/**
 * Explores a world, a state at a time: every `next()` tries everything from one more state and says
 * how far it is. Throws an AivmError if the world cannot begin, or an order cannot be included.
 */
export const exploring = (
  world: World,
  options: ExploreOptions = {},
): Generator<Progress, Exploration> => new Explorer(world, options).run();

/** Explores a world to its end, or to the first violation. */
export const explore = (world: World, options: ExploreOptions = {}): Exploration => {
  const run = exploring(world, options);
  for (;;) {
    const step = run.next();
    if (step.done === true) return step.value;
  }
};
