// A run step by step: blocks, pauses, forks, restarts and crashes, then peace.
import type { Offer } from './cast.ts';
import { add, ChainRun, type Tally } from './chain-run.ts';
import type { Config } from './config.ts';
import { diligence } from './diligence.ts';
import { MOVES } from './moves/index.ts';
import type { Scene } from './moves/scene.ts';
import { peace } from './peace.ts';
import { Chance } from './random.ts';
import { setUp } from './set-up.ts';
import { type Temper, temperOf } from './temper.ts';

/** One step of a run: its kind, how many moves, and what everything else is drawn from. */
export type Step = readonly [kind: number, moves: number, chance: number];

export const KINDS = 100;
export const MOST_MOVES = 6;

const MOST_OFFERS = 60;
const LONG_PAUSE_SECONDS = 60;

/** A run: everything set up, then steps, then peace. */
export class Run {
  readonly chain: ChainRun;
  readonly #temper: Temper;

  constructor(config: Config, tally: Tally) {
    this.chain = new ChainRun(config, tally);
    this.#temper = temperOf(config);
  }

  get #model() {
    return this.chain.model;
  }

  /** Model, profiles and providers, and who serves what. */
  setUp(): void {
    setUp(this.chain);
  }

  step([kind, moves, seed]: Step): void {
    const chance = new Chance(seed);
    if (kind < 66) return this.#normal(chance, moves);
    if (kind < 76) {
      for (let left = moves; left >= 0; left--) this.#normal(chance, 0);
      return undefined;
    }
    if (kind < 81) return this.#normal(chance, moves, BigInt(chance.below(LONG_PAUSE_SECONDS)));
    if (kind < 90) return this.#fork(chance, moves);
    if (kind < 95) return this.chain.node.restart();
    return this.#crash(chance, moves);
  }

  #scene(chance: Chance, time: bigint, model = this.#model): Scene {
    const height = model.state.height + 1n;
    return { cast: this.chain.cast, model, chance, height, time };
  }

  #offers(scene: Scene, moves: number): readonly Offer[] {
    const drawn = Array.from({ length: moves }, () => {
      const name = scene.chance.pick(this.#temper.moves) ?? 'attest';
      return MOVES[name]?.(scene) ?? [];
    });
    const all = [...drawn.flat(), ...diligence(scene, this.#temper.faults)];
    return scene.chance.shuffled(all).slice(0, MOST_OFFERS);
  }

  #nextTime(chance: Chance, model = this.#model): bigint {
    return model.state.time + BigInt(chance.pick([1, 1, 1, 1, 0, 2, 3]) ?? 1);
  }

  #normal(chance: Chance, moves: number, pause = 0n): void {
    const time = this.#nextTime(chance) + pause;
    const scene = this.#scene(chance, time);
    this.chain.block(time, this.#offers(scene, moves));
  }

  /** Two blocks on one parent, and one on the second: either branch may become the chain. */
  #fork(chance: Chance, moves: number): void {
    const { chain } = this;
    const [main, side] = [chain.fork(), chain.fork()];
    const build = (model: typeof main, parent: string): string => {
      const time = this.#nextTime(chance, model);
      const scene = this.#scene(chance, time, model);
      const offers = this.#offers(scene, moves);
      return chain.extend(model, parent, time, offers);
    };
    const first = build(main, chain.tip);
    const second = build(side, chain.tip);
    if (first === second || chance.percent(50)) return chain.commit(first, main);
    const before = chain.fork(side);
    const third = build(side, second);
    if (chance.percent(50)) chain.node.drop(first);
    chain.commit(second, before);
    return chain.commit(third, side);
  }

  /** The power fails while a block is committed: it is there as a whole, or not at all. */
  #crash(chance: Chance, moves: number): void {
    const { chain } = this;
    if (!chain.node.isDurable) return this.#normal(chance, moves);
    const time = this.#nextTime(chance);
    const model = chain.fork();
    const scene = this.#scene(chance, time, model);
    const offers = this.#offers(scene, moves);
    const blockId = chain.extend(model, chain.tip, time, offers);
    const hasFailed = chain.node.commitUntil(blockId, chance.below(60));
    chain.node.restart();
    const isThere = chain.node.store.tip()?.blockId === blockId;
    if (!hasFailed && !isThere) throw new Error('a committed block is gone');
    if (isThere) return chain.moveTo(blockId, model);
    return chain.compare();
  }

  /** How the challenges of this run came out. */
  count(): void {
    const { tally } = this.chain;
    for (const of of this.#model.state.challenges.values()) {
      add(tally, `ending ${of.form} ${of.ending} round ${of.round}`);
      if (of.form !== 'equivocation') {
        for (const { verdict } of of.defendants)
          add(tally, `verdict ${of.comparator.type} ${verdict}`);
      }
      for (const { state, stray } of of.seats) {
        add(tally, `seat ${state}`);
        if (stray) add(tally, 'seat stray');
      }
    }
    for (const { state } of this.#model.state.providers.values())
      add(tally, `provider is ${state}`);
  }

  /** Faults stop, and everything comes to its end. */
  peace(seed: number): void {
    peace(this.chain, seed);
  }
}
