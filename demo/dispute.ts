import {
  appealDepositFor,
  bondFor,
  openDrawnChunks,
  prepareChallenge,
  prepareRerun,
  type Rerun,
} from '../src/client/challenge.ts';
import { hash, utf8 } from '../src/codec/index.ts';
import { beaconRounds } from '../src/machines/beacon/record.ts';
import { seedRoundOf } from '../src/machines/challenge/schedule.ts';
import { BEACON, keyOf, type ActorId } from '../src/machines/kit/address.ts';
import { u64Key } from '../src/machines/kit/collection.ts';
import { OWNER_OF, PROVIDERS } from './cast.ts';
import { order, type DemoChain } from './chain.ts';
import { answer, sealed, type Question } from './inference.ts';
import type { EmbeddingModel } from './model/index.ts';
import { RERUN_FEE_NLUX, type Given } from './story.ts';

/** What two providers answered to one question. */
export interface Disputed {
  readonly question: Question;
  readonly defendants: readonly [Given, Given];
}

/** A challenge between two answers, panel by panel (PROTOCOL §6). */
export class Dispute {
  readonly id: ActorId<'challenge'>;
  readonly #chain: DemoChain;
  readonly #question: Question;
  readonly #defendants: readonly Given[];

  /** Opens the challenge and publishes the prompt; the first panel can be drawn. */
  constructor(chain: DemoChain, { question, defendants }: Disputed) {
    const challenged = ({ actor }: Given) => ({
      slot: keyOf(actor),
      context: chain.existing(actor).context,
    });
    const [first, second] = defendants;
    const opened = prepareChallenge(chain, challenged(first), challenged(second));
    const bond = bondFor(chain.parameters().dispute, RERUN_FEE_NLUX);
    this.id = opened.receiver;
    this.#chain = chain;
    this.#question = question;
    this.#defendants = defendants;
    chain.block(order('challenger', this.id, opened.message, bond));
    chain.block(order('challenger', this.id, { type: 'publish', payload: question.payload }));
    this.#endWindow();
  }

  get record() {
    return this.#chain.existing(this.id);
  }

  #endWindow(): void {
    this.#chain.advanceTo(this.record.context.deadline);
  }

  /** The beacon's round comes, and with it the panel in hand: who was drawn, by seat. */
  drawPanel(): readonly string[] {
    const chain = this.#chain;
    const seed = chain.roundWhenDue('challenger', seedRoundOf(this.record.context));
    chain.block(seed, order('challenger', this.id, { type: 'submitSeed' }));
    const { seats, round } = this.record.context;
    return seats
      .filter((seat) => seat.round === round)
      .map(({ provider }) => {
        const name = PROVIDERS.find((each) => chain.key(each).address === provider);
        if (name === undefined) throw new Error('a stranger was drawn');
        return name;
      });
  }

  /** The panel runs the model, commits, reveals; all parties open the chunks that are drawn. */
  async judge(seats: readonly string[], model: EmbeddingModel): Promise<void> {
    const chain = this.#chain;
    const { round } = this.record.context;
    const parties: Pick<Given, 'provider' | 'output'>[] = [...this.#defendants];
    const reruns: Rerun[] = [];
    for (const [seat, provider] of seats.entries()) {
      const member = chain.key(provider).address;
      const bytes = await answer(model, this.#question);
      const output = sealed(member, bytes, chain.parameters().chunkBytes);
      const salt = hash('aivm/demo-salt/1', utf8(provider));
      reruns.push(prepareRerun({ challenge: this.id, round, seat, member, output, salt }));
      parties.push({ provider, output });
    }
    const say = (message: Rerun['commit' | 'reveal'], seat: number) =>
      order(OWNER_OF(seats[seat] ?? ''), this.id, message);
    chain.block(...reruns.map(({ commit }, seat) => say(commit, seat)));
    this.#endWindow();
    chain.block(...reruns.map(({ reveal }, seat) => say(reveal, seat)));
    this.#openChunks(parties);
    this.#endWindow();
  }

  #openChunks(parties: readonly Pick<Given, 'provider' | 'output'>[]): void {
    const chain = this.#chain;
    const { context } = this.record;
    const { chunkRound } = context;
    chain.block(chain.roundWhenDue('challenger', chunkRound));
    const known = chain.query({
      entry: { collection: beaconRounds.name, owner: BEACON, key: u64Key(chunkRound) },
    });
    const { randomness: beacon } = known.decoded as { readonly randomness: string };
    chain.block(
      ...parties.flatMap(({ provider, output }) =>
        openDrawnChunks({ challenge: this.id, context, output, beacon }).map((message) =>
          order(OWNER_OF(provider), this.id, message),
        ),
      ),
    );
  }

  /** Somebody asks for the next panel: the deposit. */
  appeal(from: string): bigint {
    const depositNlux = appealDepositFor(this.record.context);
    this.#chain.block(order(from, this.id, { type: 'appeal', named: [] }, depositNlux));
    this.#endWindow();
    return depositNlux;
  }

  /** Nobody appeals any more. */
  accept(): void {
    this.#endWindow();
  }
}
