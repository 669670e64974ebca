import { appealDepositFor, openDrawnChunks, prepareRerun } from '../../src/client/challenge.ts';
import { prepareShowing, type Rerun } from '../../src/client/challenge.ts';
import type { CommittedOutput } from '../../src/client/output.ts';
import { hash, utf8 } from '../../src/codec/index.ts';
import { beaconRounds } from '../../src/machines/beacon/record.ts';
import { seedRoundOf } from '../../src/machines/challenge/schedule.ts';
import { BEACON, u64Key, type ActorId } from '../../src/machines/kit/index.ts';
import type { Messages } from '../../src/machines/messages.ts';
import type { Order } from '../../src/testing/index.ts';
import { ownerOf, PAYLOAD, type Given, type VectorMarket } from './market.ts';

/** What a seat does: answers, commits and keeps it, declines, or says nothing. */
export type Deed =
  | { readonly does: 'answer' | 'withhold' | 'hide'; readonly output: Uint8Array }
  | { readonly does: 'decline' | 'silence' };

/** By seat, and by how often the seat was drawn before. */
export type Plan = (seat: number, attempt: number) => Deed;

export const answer = (output: Uint8Array): Deed => ({ does: 'answer', output });
/** The same deed in every seat. */
export const every =
  (deed: Deed): Plan =>
  () =>
    deed;
/** One deed for each seat. */
export const each =
  (...deeds: readonly Deed[]): Plan =>
  (seat) =>
    deeds[seat] ?? { does: 'silence' };

interface Answered {
  readonly name: string;
  readonly deed: Deed;
  readonly output: CommittedOutput;
  readonly rerun: Rerun;
}

/** A challenge on a market, panel by panel (PROTOCOL §6). */
export class Dispute {
  readonly market: VectorMarket;
  readonly id: ActorId<'challenge'>;
  readonly #defendants: readonly Given[];

  constructor(market: VectorMarket, id: ActorId<'challenge'>, defendants: readonly Given[]) {
    this.market = market;
    this.id = id;
    this.#defendants = defendants;
  }

  get record() {
    const record = this.market.chain.actor(this.id);
    if (record === undefined) throw new Error(`${this.id} does not exist`);
    return record;
  }

  /** A step of a script that comes at the wrong time would play something else. */
  #mustBe(...states: readonly string[]): void {
    const { state } = this.record;
    if (!states.includes(state)) throw new Error(`in state ${state}, not ${states.join(' or ')}`);
  }

  #order(from: string, message: Messages['challenge'], value = 0n): Order {
    return this.market.chain.order(from, this.id, message, value);
  }

  /** Empty blocks to the end of the present window. */
  pass(): void {
    const { deadline } = this.record.context;
    if (deadline > this.market.chain.height) this.market.chain.advanceTo(deadline);
  }

  /** The prompt, and what the comparator asks of outputs; up to the draw. */
  publish(): void {
    this.#mustBe('publish');
    const { context } = this.record;
    const showings = this.#defendants.flatMap(({ bytes }) => prepareShowing(context, bytes) ?? []);
    const messages = [{ type: 'publish', payload: PAYLOAD } as const, ...showings];
    this.market.doAll(messages.map((message) => this.#order('anyone', message)));
    this.pass();
  }

  /** The round that seeds the panel, and the draw. */
  draw(): void {
    this.#mustBe('awaitSeed');
    this.market.chain.submitRound(seedRoundOf(this.record.context));
    this.market.doAll([this.#order('anyone', { type: 'submitSeed' })]);
  }

  #members() {
    const { round, seats } = this.record.context;
    return seats.filter((seat) => seat.round === round);
  }

  #rerun(seat: number, name: string, bytes: Uint8Array) {
    const { round } = this.record.context;
    const output = this.market.committed(name, bytes);
    const salt = hash('aivm/vector-salt/1', utf8(name));
    const member = output.author;
    return {
      output,
      rerun: prepareRerun({ challenge: this.id, round, seat, member, output, salt }),
    };
  }

  #commitWindow(plan: Plan): void {
    const { attempt: present } = this.record.context;
    const waiting = this.#members().filter(({ attempt }) => attempt === present);
    const orders = waiting.flatMap(({ seat, attempt, provider }) => {
      const name = this.market.nameOf(provider);
      const deed = plan(seat, attempt);
      if (deed.does === 'silence') return [];
      const message =
        'output' in deed
          ? this.#rerun(seat, name, deed.output).rerun.commit
          : ({ type: 'cannotRun', seat } as const);
      return [this.#order(ownerOf(name), message)];
    });
    this.market.doAll(orders);
    this.pass();
  }

  /** Who committed, with what they planned to do then. */
  #answered(plan: Plan): readonly Answered[] {
    return this.#members().flatMap(({ seat, attempt, provider, state }) => {
      const deed = plan(seat, attempt);
      const hasCommitted = state === 'committed' || state === 'revealed';
      if (!hasCommitted || !('output' in deed)) return [];
      const name = this.market.nameOf(provider);
      return [{ name, deed, ...this.#rerun(seat, name, deed.output) }];
    });
  }

  #openChunks(answered: readonly Answered[]): void {
    const { chain } = this.market;
    const { context } = this.record;
    chain.submitRound(context.chunkRound);
    const beacon = chain.entry(beaconRounds, BEACON, u64Key(context.chunkRound))?.randomness ?? '';
    const showing = answered.filter(({ deed }) => deed.does === 'answer');
    const parties = [
      ...this.#defendants.map(({ provider, output }) => ({ name: provider, output })),
      ...showing,
    ];
    const orders = parties.flatMap(({ name, output }) =>
      openDrawnChunks({ challenge: this.id, context, output, beacon }).map((message) =>
        this.#order(ownerOf(name), message),
      ),
    );
    this.market.doAll(orders);
  }

  /** A whole panel: drawn, answered, opened, judged. */
  playPanel(plan: Plan): void {
    this.draw();
    while (this.record.state === 'commit') this.#commitWindow(plan);
    this.#mustBe('reveal');
    const revealing = this.#answered(plan).filter(({ deed }) => deed.does !== 'withhold');
    this.market.doAll(revealing.map(({ name, rerun }) => this.#order(ownerOf(name), rerun.reveal)));
    this.#openChunks(revealing);
    this.pass();
  }

  appeal(from: string, named: readonly number[] = []): void {
    this.#mustBe('decided');
    const depositNlux = appealDepositFor(this.record.context);
    this.market.doAll([this.#order(from, { type: 'appeal', named }, depositNlux)]);
    this.pass();
  }

  /** Nobody appeals: the challenge ends, with these verdicts in the order of its defendants. */
  accept(...verdicts: readonly string[]): void {
    this.#mustBe('decided', 'appealed');
    this.pass();
    this.mustEnd(...verdicts);
  }

  /** What each party's defence came to, in the order in which they were given. */
  #ofDefendants(what: 'finding' | 'verdict'): readonly (string | undefined)[] {
    const { defendants } = this.record.context;
    return this.#defendants.map(
      ({ output }) => defendants.find(({ provider }) => provider === output.author)?.[what],
    );
  }

  /** What the last panel has found, so that a script plays what it says. */
  mustFind(...findings: readonly string[]): void {
    const found = this.#ofDefendants('finding').join();
    if (found !== findings.join()) throw new Error(`found ${found}`);
  }

  mustEnd(...verdicts: readonly string[]): void {
    this.#mustBe('final');
    const found = this.#ofDefendants('verdict').join();
    if (found !== verdicts.join()) throw new Error(`ended ${found}`);
  }
}
