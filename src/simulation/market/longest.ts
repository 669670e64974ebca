import { prepareChallenge, prepareRerun, bondFor, type Rerun } from '../../client/challenge.ts';
import { appealDepositFor } from '../../client/challenge.ts';
import { prepareAttestation } from '../../client/attestation.ts';
import { fromHex, hash, sha256Hex, u32be } from '../../codec/index.ts';
import { devRandomness, roundAtOrAfter } from '../../machines/beacon/rounds.ts';
import type { ChallengeContext } from '../../machines/challenge/record.ts';
import { FIRST_SEAT } from '../../machines/challenge/wanted.ts';
import type { ChallengeMessage } from '../../machines/challenge/messages.ts';
import { BEACON, type ActorId } from '../../machines/kit/index.ts';
import { roundBlocks } from '../../machines/parameters/schedule.ts';
import type { Order } from '../../testing/orders.ts';
import { keyOfName } from '../../testing/people.ts';
import { unwrap } from '../../runtime/unwrap.ts';
import { assert } from '../../codec/failure.ts';
import { DEFAULT_RATES, type Saying, TRUTH } from '../agents/index.ts';
import { Stream } from '../random/index.ts';
import { type Answer, Answers } from './answers.ts';
import { type MarketChain, orderOf } from './chain.ts';
import { chainOn, type Ground } from './ground.ts';
import { CONSUMER, KEEPER } from './people.ts';

const LIE: Saying = { type: 'lie', by: 'who is accused' };

/**
 * A challenge between two on a chain of its own, in which everybody waits for the end of every
 * window: what has to be done in one is done in its last block, the seed comes in the window it was
 * moved to, seats are taken in the last commit window, and every round is appealed but the last.
 */
class LongestChallenge {
  readonly #ground: Ground;
  readonly #chain: MarketChain;
  readonly #answers: Answers;
  readonly #payload: Uint8Array;
  readonly #reruns = new Map<string, Rerun>();
  #id: ActorId<'challenge'> | undefined;
  #endedAt: bigint | undefined;

  constructor(ground: Ground, payload: string) {
    this.#ground = ground;
    this.#chain = chainOn(ground);
    this.#payload = fromHex(payload);
    const { comparator, elements, parameters } = ground.market;
    const { chunkBytes } = parameters;
    const noise = new Stream(this.#payload);
    this.#answers = new Answers({ comparator, elements, chunkBytes, noise });
  }

  get #payloadHash(): string {
    return sha256Hex(this.#payload);
  }

  get #context(): ChallengeContext {
    const record = this.#id === undefined ? undefined : this.#chain.actor(this.#id);
    assert(record !== undefined, 'the challenge was opened');
    return record.context;
  }

  #answerOf(name: string, saying: Saying): Answer {
    const { address } = keyOfName(name);
    return this.#answers.of(address, this.#payloadHash, saying, DEFAULT_RATES.honest);
  }

  #to(from: string, message: ChallengeMessage, value = 0n): Order {
    assert(this.#id !== undefined, 'the challenge was opened');
    return orderOf(from, this.#id, message, value);
  }

  /** Empty blocks up to this height, then one with these orders. */
  #inBlock(height: bigint, orders: readonly Order[]): void {
    while (this.#chain.height + 1n < height) this.#step([]);
    this.#step(orders);
  }

  #step(orders: readonly Order[]): void {
    this.#chain.block(orders);
    if (this.#id === undefined || this.#endedAt !== undefined) return;
    if (this.#chain.actor(this.#id)?.state === 'final') this.#endedAt = this.#chain.height;
  }

  /** Brings the first round that nobody can know in the block of a height; a later one may. */
  #roundAfter(height: bigint): Order {
    const { blockSeconds } = this.#chain;
    const time = this.#chain.time + (height - this.#chain.height) * blockSeconds;
    const { beaconMarginSeconds } = this.#ground.market.parameters.dispute;
    const { beacon } = this.#ground.signing.engine.genesis;
    const round = roundAtOrAfter(beacon, time + beaconMarginSeconds);
    const proof = fromHex(devRandomness(this.#chain.ids.chainId, round));
    return orderOf(KEEPER, BEACON, { type: 'submitRound', round, proof });
  }

  #attest(name: string, saying: Saying) {
    const { modelId, profileHash, signing } = this.#ground;
    const key = keyOfName(name);
    const { outputHash, evidenceRoot } = this.#answerOf(name, saying).output;
    const prepared = unwrap(
      prepareAttestation({
        ...this.#chain.ids,
        provider: key.address,
        modelId,
        profileHash,
        payloadHash: this.#payloadHash,
        outputHash,
        evidenceRoot,
        timestamp: this.#chain.time,
        providerKey: key.privateKey,
        engine: signing.secp256k1,
      }),
    );
    this.#chain.block([orderOf(name, prepared.receiver, prepared.message)]);
    const record = this.#chain.actor(prepared.receiver);
    assert(record !== undefined, 'the attestation was made');
    return { slot: prepared.slot, context: record.context };
  }

  #open(): void {
    const { agents, market } = this.#ground;
    const [first, second] = agents;
    assert(first !== undefined && second !== undefined, 'two providers are there');
    const one = this.#attest(first.name, TRUTH);
    const other = this.#attest(second.name, LIE);
    const prepared = prepareChallenge(this.#chain.ids, one, other);
    this.#id = prepared.receiver;
    const { parameters, rerunFeeNlux } = market;
    const bondNlux = bondFor(parameters.dispute, rerunFeeNlux);
    const publish = this.#to(KEEPER, { type: 'publish', payload: this.#payload });
    // A window of one block ends with the block that opens it.
    const isShort = parameters.dispute.publishBlocks === 1n;
    const opening = orderOf(CONSUMER, prepared.receiver, prepared.message, bondNlux);
    this.#step([opening, ...(isShort ? [publish] : [])]);
    if (!isShort) this.#inBlock(this.#context.deadline - 1n, [publish]);
  }

  /**
   * Every seat of the panel is taken in the last block of the last commit window. Where that is the
   * block that draws them nobody knows yet who sits: then all try, and who does not is refused.
   */
  #commit(until: bigint): void {
    while (this.#chain.height + 2n < until) this.#step([]);
    const { providers, seats } = this.#candidates(until);
    const orders = seats.flatMap((seat) =>
      providers(seat).map((name) => this.#to(name, this.#rerun(name, seat).commit)),
    );
    this.#inBlock(until - 1n, orders);
  }

  #candidates(until: bigint) {
    const { agents, market } = this.#ground;
    const { seats, deadline, round } = this.#context;
    const drawn = seats.filter((each) => each.state === 'drawn' && each.round === round);
    const size = market.parameters.dispute.pairPanels[round - 1] ?? 0;
    const all = Array.from({ length: size }, (_, at) => at);
    const names = agents.map(({ name }) => name);
    const isKnown = deadline === until && drawn.length > 0;
    return {
      seats: all,
      providers: (seat: number): readonly string[] => {
        const taken = drawn.filter((each) => each.seat === seat).map(({ provider }) => provider);
        return isKnown ? names.filter((name) => taken.includes(keyOfName(name).address)) : names;
      },
    };
  }

  #rerun(name: string, seat: number): Rerun {
    const { round } = this.#context;
    const key = `${round} ${seat} ${name}`;
    const known = this.#reruns.get(key);
    if (known !== undefined) return known;
    assert(this.#id !== undefined, 'the challenge was opened');
    const made = prepareRerun({
      challenge: this.#id,
      round,
      seat,
      member: keyOfName(name).address,
      output: this.#answerOf(name, TRUTH).output,
      salt: hash('aivm/simulation-salt/1', u32be(seat)),
    });
    this.#reruns.set(key, made);
    return made;
  }

  /** The chunks are named in the second block of the window, and all is shown in its last. */
  #reveal(from: bigint, until: bigint): void {
    const { seats, round } = this.#context;
    const names = new Map(this.#ground.agents.map(({ name }) => [keyOfName(name).address, name]));
    const shown = seats
      .filter((each) => each.round === round && each.state === 'committed')
      .map(({ seat, provider }) => ({ seat, name: names.get(provider) ?? '' }));
    const [first, second] = this.#ground.agents.map(({ name }) => name);
    // The lower attestation id is the first defendant (PROTOCOL §6).
    const parties = [
      { name: first ?? '', saying: TRUTH },
      { name: second ?? '', saying: LIE },
    ].map(({ name, saying }) => ({ name, answer: this.#answerOf(name, saying) }));
    const defendants = this.#context.defendants.map(({ provider }) =>
      parties.find(({ name }) => keyOfName(name).address === provider),
    );
    const reveals = shown.map(({ seat, name }) => this.#to(name, this.#rerun(name, seat).reveal));
    const openings = [
      ...defendants.flatMap((each, party) =>
        each === undefined ? [] : [this.#to(each.name, each.answer.output.openChunk(0, party))],
      ),
      ...shown.map(({ seat, name }) => {
        const { output } = this.#answerOf(name, TRUTH);
        return this.#to(name, output.openChunk(0, FIRST_SEAT + seat));
      }),
    ];
    const named = this.#roundAfter(from);
    if (from + 1n === until - 1n) {
      this.#inBlock(until - 1n, [named, ...reveals, ...openings]);
      return;
    }
    this.#inBlock(from + 1n, [named]);
    this.#inBlock(until - 1n, [...reveals, ...openings]);
  }

  #appeal(until: bigint): void {
    // The deposit is that of the next panel, whether the round was judged yet or not.
    const depositNlux = appealDepositFor(this.#context);
    this.#inBlock(until - 1n, [this.#to(CONSUMER, { type: 'appeal', named: [] }, depositNlux)]);
  }

  /** The seed that the window was moved to, in the last block that can hold it. */
  #seed(at: bigint, seedBlocks: bigint): void {
    const moved = this.#roundAfter(at + seedBlocks);
    this.#inBlock(at + 2n * seedBlocks - 1n, [moved]);
  }

  /** Blocks from the opening to the end. */
  play(): bigint {
    this.#open();
    const { openedAt, terms } = this.#context;
    const { seedBlocks, commitBlocks, revealBlocks, appealBlocks } = terms;
    const panels = terms.pairPanels.length;
    const slot = (round: number): bigint =>
      openedAt + terms.publishBlocks + BigInt(round - 1) * (roundBlocks(terms) + appealBlocks);
    let at = slot(1);
    for (let round = 1; round <= panels; round += 1) {
      this.#seed(at, seedBlocks);
      at += 2n * seedBlocks + BigInt(terms.commitWindows) * commitBlocks;
      this.#commit(at);
      if (revealBlocks > 1n) this.#reveal(at, at + revealBlocks);
      at += revealBlocks;
      if (round === panels) break;
      // Nobody can show anything in one block: the next panel follows by itself, at its time.
      if (revealBlocks > 1n) this.#appeal(at + appealBlocks);
      at = slot(round + 1);
    }
    while (this.#endedAt === undefined) this.#step([]);
    return this.#endedAt - openedAt;
  }
}

/** Plays it on the chain of a ground of honest providers; the payload, 32 bytes hex, is its own. */
export const playLongest = (ground: Ground, payload: string): bigint =>
  new LongestChallenge(ground, payload).play();
