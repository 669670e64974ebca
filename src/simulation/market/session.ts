import type { ChainEvent, Receipt } from '../../actors/index.ts';
import { fromHex } from '../../codec/index.ts';
import { devRandomness, timeOfRound } from '../../machines/beacon/rounds.ts';
import { BEACON, type ActorId } from '../../machines/kit/index.ts';
import type { Order } from '../../testing/orders.ts';
import { runSources } from '../random/index.ts';
import { Book } from './book.ts';
import { type MarketChain, orderOf } from './chain.ts';
import { chainOn, type Ground } from './ground.ts';
import { Agents } from './agents.ts';
import { KEEPER } from './people.ts';
import { Answers } from './answers.ts';

/** What becomes of an order: its receipt, or nothing where its time ran out before. */
export type Done = (receipt: Receipt | undefined) => void;

interface Post {
  readonly order: Order;
  /** First height of a block for which it comes too late. */
  readonly until: bigint;
  readonly done: Done | undefined;
}

/** A round of the beacon that somebody waits for. */
interface Wanted {
  readonly waiting: ((randomness: string) => void)[];
  /** Does a challenge wait for it, whose window ends? A ticket has the whole of its own. */
  isUrgent: boolean;
}

const NEVER = 1n << 64n;

export type OnEvent = (event: ChainEvent) => void;

/**
 * One run of a market: a chain of its own, what is on its way to the next block, and what is to
 * happen at heights that are to come. Nobody here knows more than the chain tells.
 */
export class Session {
  readonly ground: Ground;
  readonly chain: MarketChain;
  readonly book = new Book();
  readonly answers: Answers;
  readonly agents: Agents;
  /** Streams of the run, one for each purpose. */
  readonly dice;
  /** Orders that were refused, by message and code. */
  readonly refusals = new Map<string, number>();
  /** By name of the event. */
  readonly onEvent = new Map<string, OnEvent>();
  /** Told which actors timers have woken. */
  onWoken: (woken: readonly ActorId[]) => void = () => undefined;
  #outbox: Post[] = [];
  readonly #later = new Map<bigint, (() => void)[]>();
  readonly #rounds = new Map<bigint, string>();
  readonly #wanted = new Map<bigint, Wanted>();

  constructor(ground: Ground, seed: string, run: number) {
    const { market } = ground;
    const source = runSources(seed, `market ${market.id}`)(run);
    this.ground = ground;
    this.chain = chainOn(ground);
    this.dice = {
      claims: source.stream('claims'),
      customers: source.stream('customers'),
      cheating: source.stream('cheating'),
      silence: source.stream('silence'),
      withholding: source.stream('withholding'),
      challenges: source.stream('challenges'),
      appeals: source.stream('appeals'),
      curiosity: source.stream('curiosity'),
      proposer: source.stream('proposer'),
      salts: source.stream('salts'),
      noise: source.stream('noise'),
    } as const;
    const { comparator, elements, parameters } = market;
    const { chunkBytes } = parameters;
    this.answers = new Answers({ comparator, elements, chunkBytes, noise: this.dice.noise });
    this.agents = new Agents(ground.agents, this.dice);
  }

  /** Height of the block that is made next. */
  get next(): bigint {
    return this.chain.height + 1n;
  }

  /** Sends an order with the next block that takes it, before a height. */
  post(order: Order, done?: Done, until = NEVER): void {
    this.#outbox.push({ order, until, done });
  }

  /** Does something when the block of this height is made, or the next one if that has passed. */
  at(height: bigint, run: () => void): void {
    const when = height < this.next ? this.next : height;
    const known = this.#later.get(when);
    if (known === undefined) this.#later.set(when, [run]);
    else known.push(run);
  }

  /** Does something once the chain knows a round of the beacon, and has it round. */
  wantRound(round: bigint, isUrgent: boolean, then: (randomness: string) => void): void {
    const known = this.#rounds.get(round);
    if (known !== undefined) {
      then(known);
      return;
    }
    const wanted = this.#wanted.get(round) ?? { waiting: [], isUrgent };
    wanted.waiting.push(then);
    wanted.isUrgent ||= isUrgent;
    this.#wanted.set(round, wanted);
  }

  /** One block: what was waiting for it, then everything that follows from it. */
  step(): void {
    const height = this.next;
    const due = this.#later.get(height) ?? [];
    this.#later.delete(height);
    for (const run of due) run();
    const posts = this.#select();
    const result = this.chain.block(posts.map(({ order }) => order));
    this.book.observe('orders', BigInt(posts.length));
    this.onWoken(result.woken);
    for (const event of result.events) this.onEvent.get(event.name)?.(event);
    result.offered.forEach((each, at) => {
      const post = posts[at];
      if (post === undefined) return;
      if (!each.included) {
        this.#refused(post.order, each.failure.code);
        post.done?.(undefined);
        return;
      }
      const { outcome } = each.receipt;
      if (outcome.type === 'refused') this.#refused(post.order, outcome.refusal.code);
      post.done?.(each.receipt);
    });
  }

  #refused({ message }: Order, code: string): void {
    const key = `${message.type} ${code}`;
    this.refusals.set(key, (this.refusals.get(key) ?? 0) + 1);
  }

  /** The round that the next block brings, since it takes one: of those that are urgent first. */
  #roundDue(): bigint | undefined {
    const { beacon } = this.ground.signing.engine.genesis;
    const time = this.chain.time + this.chain.blockSeconds;
    let best: bigint | undefined;
    let isBestUrgent = false;
    for (const [round, { isUrgent }] of this.#wanted) {
      if (timeOfRound(beacon, round) > time || (isBestUrgent && !isUrgent)) continue;
      if (best === undefined || (isUrgent && !isBestUrgent) || round < best) best = round;
      isBestUrgent ||= isUrgent;
    }
    return best;
  }

  #roundPost(): Post | undefined {
    const round = this.#roundDue();
    if (round === undefined) return undefined;
    const { withholdsBeacon } = this.ground.market.proposer;
    if (withholdsBeacon > 0 && this.dice.proposer.roughly(withholdsBeacon)) return undefined;
    const randomness = devRandomness(this.chain.ids.chainId, round);
    const message = { type: 'submitRound', round, proof: fromHex(randomness) } as const;
    const done: Done = (receipt) => {
      if (receipt?.outcome.type !== 'applied') return;
      this.#rounds.set(round, randomness);
      const { waiting } = this.#wanted.get(round) ?? { waiting: [] };
      this.#wanted.delete(round);
      for (const then of waiting) then(randomness);
    };
    return { order: orderOf(KEEPER, BEACON, message), until: NEVER, done };
  }

  /** What the proposer puts into the next block; what it leaves out waits for another. */
  #select(): readonly Post[] {
    const { censors, victims, reorders } = this.ground.market.proposer;
    const height = this.next;
    const chosen: Post[] = [];
    const waiting = this.#outbox;
    this.#outbox = [];
    for (const post of waiting) {
      const { from } = post.order;
      const isVictim = censors > 0 && (victims === '' || from.startsWith(`${victims}/`));
      if (post.until <= height) post.done?.(undefined);
      else if (isVictim && this.dice.proposer.roughly(censors)) this.#outbox.push(post);
      else chosen.push(post);
    }
    if (reorders) this.#shuffle(chosen);
    const round = this.#roundPost();
    return round === undefined ? chosen : [round, ...chosen];
  }

  #shuffle(posts: Post[]): void {
    for (let left = posts.length; left > 1; left -= 1) {
      const at = this.dice.proposer.below(left);
      const last = posts[left - 1];
      const other = posts[at];
      if (last === undefined || other === undefined) return;
      posts[at] = last;
      posts[left - 1] = other;
    }
  }
}
