import { collectionPrefix } from '../../src/actors/keys.ts';
import type { Refusal } from '../../src/actors/index.ts';
import { challengeId } from '../../src/codec/index.ts';
import { prepareShowing } from '../../src/client/challenge.ts';
import { appealDeposit, bondOf } from '../../src/machines/challenge/money.ts';
import { openedChunks, type Seat } from '../../src/machines/challenge/record.ts';
import { hasKnownShape } from '../../src/machines/comparators/index.ts';
import { actorId } from '../../src/machines/kit/index.ts';
import type { Messages } from '../../src/machines/messages.ts';
import type { Parameters } from '../../src/machines/parameters/record.ts';
import { MODEL_ID, SPECIFICATION } from './market.ts';
import { OutputMarket, type ChallengeId, type Levels } from './outputs.ts';
import { LADDER, LUX, SHORT } from './parameters.ts';
import type { Scale } from './scales.ts';
import { CHAIN, type World } from './world.ts';

/** Disputes about outputs on a scale, in a market that is checked after every block. */

export type OpenChunk = Extract<Messages['challenge'], { type: 'openChunk' }>;

export { flat, type ChallengeId, type Levels } from './outputs.ts';

/** What the seats of a panel answer, by seat; who has no answer does not commit. */
export type Answers = readonly (Levels | undefined)[];

export const STAKE = 110n * LUX;
export const LOCK = 20n * LUX;
export const BOTH = ['p0', 'p1'] as const;

/** One panel of three seats for pairs. */
export const THREE: Parameters = {
  ...SHORT,
  dispute: { ...SHORT.dispute, pairPanels: [3] },
};

/** Owners that the last panel of these rules needs: three a seat, the parties, all drawn before. */
const ownersFor = (parameters: Parameters): number => {
  if (parameters === LADDER) return 27;
  return parameters === THREE ? 14 : 8;
};

export class ToleranceMarket extends OutputMarket {
  constructor(scale: Scale, parameters: Parameters, count = ownersFor(parameters)) {
    super(scale, count, parameters);
  }

  override open(stakeOf: (name: string) => bigint = () => STAKE): this {
    return super.open(stakeOf).keepSound();
  }

  openPair(named: readonly number[] = []): ChallengeId {
    const id = this.challengeOf('p0', 'p1');
    const bond = bondOf(this.parameters.dispute, SPECIFICATION.rerunFeeNlux);
    this.do('challenger', id, { ...this.challengeMessage('p0', 'p1'), named }, bond);
    return id;
  }

  /** `p0` and `p1` answer at these levels, and somebody challenges that. */
  pairOf(first: Levels, second: Levels, named: readonly number[] = []): ChallengeId {
    this.attestAs('p0', this.outputOf(first, 0));
    this.attestAs('p1', this.outputOf(second, 1));
    return this.openPair(named);
  }

  /** `p0` answers at these levels, and somebody says that it is wrong. */
  auditOf(levels: Levels, named: readonly number[] = []): ChallengeId {
    this.attestAs('p0', this.outputOf(levels));
    const first = this.actor(this.attestation('p0'))?.context.attestationId ?? '';
    const id = actorId('challenge', challengeId({ ...CHAIN, first, second: undefined }));
    const audit = {
      type: 'audit',
      attestation: this.slotOf('p0'),
      provider: this.address('p0'),
      modelId: MODEL_ID,
      profileHash: this.profileHash,
      named,
    } as const;
    this.do('challenger', id, audit, 2n * bondOf(this.parameters.dispute, 0n));
    return id;
  }

  stateOf(id: ChallengeId): string | undefined {
    return this.actor(id)?.state;
  }

  #mustBe(id: ChallengeId, state: string): void {
    const found = this.stateOf(id);
    if (found !== state) throw new Error(`in state ${found}, not ${state}`);
  }

  /** The number of a defendant as a party. */
  partyOf(id: ChallengeId, name: string): number {
    const { defendants } = this.context(id);
    return defendants.findIndex(({ provider }) => provider === this.address(name));
  }

  nameOf(address: string): string {
    const name = this.providers.find((one) => this.address(one) === address);
    if (name === undefined) throw new Error(`${address} is no provider's`);
    return name;
  }

  /** Defendants in the order of their names. */
  #byName(id: ChallengeId) {
    return this.context(id).defendants.toSorted((a, b) =>
      this.nameOf(a.provider) < this.nameOf(b.provider) ? -1 : 1,
    );
  }

  findings(id: ChallengeId): readonly string[] {
    return this.#byName(id).map(({ finding }) => finding);
  }

  verdicts(id: ChallengeId): readonly string[] {
    return this.#byName(id).map(({ verdict }) => verdict);
  }

  /** Seats of the panel in hand by number; of a replaced one the last. */
  seats(id: ChallengeId): readonly Seat[] {
    const { seats, round } = this.context(id);
    const ofPanel = seats.filter((seat) => seat.round === round);
    const isReplaced = (seat: Seat) =>
      ofPanel.some((other) => other.seat === seat.seat && other.attempt > seat.attempt);
    return ofPanel.filter((seat) => !isReplaced(seat)).toSorted((a, b) => a.seat - b.seat);
  }

  /** How each seat stood to a defendant when its panel was judged. */
  stances(id: ChallengeId, name: string): readonly string[] {
    const isFirst = this.partyOf(id, name) === 0;
    return this.seats(id).map((seat) => (isFirst ? seat.stanceFirst : seat.stanceSecond));
  }

  /** What the provider has lost of the stake it came with. */
  lostBy(name: string): bigint {
    const { freeNlux = 0n, lockedNlux = 0n } = this.actor(this.provider(name))?.context ?? {};
    return STAKE - freeNlux - lockedNlux;
  }

  wealthOf(name: string): bigint {
    return this.balance(this.account(name));
  }

  /** Chunks that the challenge keeps in the state. */
  keptChunks(id: ChallengeId): readonly string[] {
    const prefix = collectionPrefix(openedChunks, id);
    return [...this.state.records.keys()].filter((key) => key.startsWith(prefix));
  }

  publishOutput(id: ChallengeId, name: string, from = 'anyone'): void {
    this.do(from, id, this.showing(id, name));
  }

  /** What is asked of a defendant before panels sit. */
  showing(id: ChallengeId, name: string) {
    const output = this.shows.get(name) ?? new Uint8Array();
    const message = prepareShowing(this.context(id), output);
    if (message === undefined) throw new Error(`${name} has nothing to show`);
    return message;
  }

  /** Payload, and outputs where the comparator asks for them; then the panel is drawn. */
  toPanel(id: ChallengeId, publishers: readonly string[] = BOTH): void {
    if (this.stateOf(id) === 'publish') {
      if (!this.context(id).payloadPublished) this.publish(id);
      if (hasKnownShape(this.scale.comparator)) {
        for (const name of publishers) {
          if (this.partyOf(id, name) !== -1) this.publishOutput(id, name);
        }
      }
      this.pass(id);
    }
    if (this.stateOf(id) === 'appealed') this.pass(id);
    this.#mustBe(id, 'awaitSeed');
    this.seed(id);
  }

  /** Seats commit to these outputs and reveal them; the chunk round is known. */
  answerAll(id: ChallengeId, outputs: readonly (Uint8Array | undefined)[]): void {
    const members = this.seats(id).flatMap(({ seat, provider }) => {
      const output = outputs[seat];
      return output === undefined ? [] : [{ seat, name: this.nameOf(provider), output }];
    });
    for (const { name, output } of members) this.shows.set(name, output);
    this.doAll(
      members.map(({ seat, name, output }) => {
        const { commitment } = this.rerun(id, name, output, seat);
        return this.order(name, id, { type: 'commit', seat, commitment });
      }),
    );
    while (this.stateOf(id) === 'commit') this.pass(id);
    this.doAll(
      members.map(({ seat, name, output }) => {
        const { shown } = this.rerun(id, name, output, seat);
        return this.order(name, id, { type: 'reveal', seat, ...shown });
      }),
    );
    this.nameChunks(id);
  }

  /** From wherever the challenge is to a reveal window in which chunks may be opened. */
  toChunks(id: ChallengeId, answers: Answers, publishers?: readonly string[]): void {
    if (this.stateOf(id) !== 'commit') this.toPanel(id, publishers);
    this.answerAll(
      id,
      answers.map((levels) => levels && this.answerOf(id, levels)),
    );
  }

  /** The messages with which a party opens what it has to, and has not yet. */
  openings(id: ChallengeId, name: string): readonly OpenChunk[] {
    return this.chunkMessages(id, name, this.shows.get(name) ?? new Uint8Array());
  }

  /** Names of the seats of the panel in hand that have revealed. */
  revealed(id: ChallengeId): readonly string[] {
    return this.seats(id)
      .filter(({ state }) => state === 'revealed')
      .map(({ provider }) => this.nameOf(provider));
  }

  openAll(id: ChallengeId, names: readonly string[]): void {
    const orders = names.flatMap((name) =>
      this.openings(id, name).map((message) => this.order(name, id, message)),
    );
    this.doAll(orders);
  }

  /** A whole panel: drawn, answered, all opened, judged. */
  playPanel(id: ChallengeId, answers: Answers, publishers?: readonly string[]): void {
    this.toChunks(id, answers, publishers);
    const defence = BOTH.filter((name) => {
      const defendant = this.context(id).defendants[this.partyOf(id, name)];
      return defendant?.substantiated === true;
    });
    this.openAll(id, [...defence, ...this.revealed(id)]);
    this.pass(id);
    if (this.keptChunks(id).length > 0) throw new Error('chunks outlast their window');
  }

  /** Why messages are refused, all of them in one block. */
  refusals(
    id: ChallengeId,
    messages: readonly Messages['challenge'][],
  ): readonly Refusal['code'][] {
    const receipts = this.block(...messages.map((each) => this.order('anyone', id, each)));
    return receipts.map(({ outcome }) =>
      outcome.type === 'refused' ? outcome.refusal.code : 'applied',
    );
  }

  refuses(id: ChallengeId, message: OpenChunk): Refusal['code'] {
    return this.refused('anyone', id, message).code;
  }

  appeal(id: ChallengeId, from: string, named: readonly number[] = []): bigint {
    const depositNlux = appealDeposit(this.context(id));
    this.do(from, id, { type: 'appeal', named }, depositNlux);
    return depositNlux;
  }

  /** Lets the appeal window pass. */
  accept(id: ChallengeId): void {
    this.#mustBe(id, 'decided');
    this.pass(id);
    this.#mustBe(id, 'final');
  }
}

interface Opened {
  readonly market: ToleranceMarket;
  readonly at: ReturnType<World['snapshot']>;
}

const opened = new Map<Parameters, Map<Scale, Opened>>();

/** A market of this scale in which everybody is eligible; the same one again, as it began. */
export const marketOf = (scale: Scale, parameters: Parameters = SHORT): ToleranceMarket => {
  const markets = opened.get(parameters) ?? new Map<Scale, Opened>();
  opened.set(parameters, markets);
  const known = markets.get(scale);
  if (known !== undefined) {
    known.market.restore(known.at);
    return known.market;
  }
  const market = new ToleranceMarket(scale, parameters).open();
  markets.set(scale, { market, at: market.snapshot() });
  return market;
};
