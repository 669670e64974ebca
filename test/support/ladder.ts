import { actorId, BEACON, u64Key, type ActorId } from '../../src/machines/kit/index.ts';
import { appealDeposit } from '../../src/machines/challenge/money.ts';
import { beaconRounds } from '../../src/machines/beacon/record.ts';
import type { Parameters } from '../../src/machines/parameters/record.ts';
import { challengeId } from '../../src/codec/index.ts';
import { Market, MODEL_ID, RIGHT, WRONG } from './market.ts';
import { LADDER, LUX } from './parameters.ts';
import { BOTH, type Defence, type Plan } from './plans.ts';
import { CHAIN, type World } from './world.ts';

/** Ladders of panels in a market that is checked after every block in which something happened. */

type ChallengeId = ActorId<'challenge'>;
type Order = ReturnType<World['order']>;

/** Providers that a pair needs if its last panel is to sit: 3·7, two defendants, four seats. */
export const LADDER_OWNERS = 27;
/** Stake with room for penalties above the minimum. */
export const STAKE = 110n * LUX;

/** Windows with room for a message that is refused before the one that is not. */
export const ROOMY: Parameters = {
  ...LADDER,
  dispute: { ...LADDER.dispute, seedBlocks: 4n, appealBlocks: 4n },
};

export class LadderMarket extends Market {
  constructor(count = LADDER_OWNERS, parameters: Parameters = ROOMY) {
    super(count, parameters);
  }

  override open(stakeOf: (name: string) => bigint = () => STAKE): this {
    return super.open(stakeOf).keepSound();
  }

  /** A step of a test that comes at the wrong time would test something else. */
  #mustBe(id: ChallengeId, state: string): void {
    const present = this.stateOf(id);
    if (present !== state) throw new Error(`the challenge is ${present}, not ${state}`);
  }

  stateOf(id: ChallengeId): string | undefined {
    return this.actor(id)?.state;
  }

  findings(id: ChallengeId): readonly string[] {
    return this.byProvider(id).map(({ finding }) => finding);
  }

  verdicts(id: ChallengeId): readonly string[] {
    return this.byProvider(id).map(({ verdict }) => verdict);
  }

  /** The defendants in the order of their names: `p0` before `p1`. */
  byProvider(id: ChallengeId) {
    const { defendants } = this.context(id);
    return this.providers.flatMap((name) =>
      defendants.filter(({ provider }) => provider === this.address(name)),
    );
  }

  settlement(id: ChallengeId) {
    const { settlement } = this.context(id);
    if (settlement === undefined) throw new Error('not settled');
    return settlement;
  }

  /** Everything that still belongs to the provider. */
  stakeOf(name: string): bigint {
    const {
      freeNlux = 0n,
      lockedNlux = 0n,
      lots = [],
    } = this.actor(this.provider(name))?.context ?? {};
    return lots.reduce((sum, { amountNlux }) => sum + amountNlux, freeNlux + lockedNlux);
  }

  /** What the provider has lost of the stake it came with. */
  lostBy(name: string): bigint {
    return STAKE - this.stakeOf(name);
  }

  wealthOf(name: string): bigint {
    return this.balance(this.account(name));
  }

  nameOf(address: string): string {
    const name = this.providers.find((one) => this.address(one) === address);
    if (name === undefined) throw new Error(`${address} is no provider's`);
    return name;
  }

  /** Names of those who were drawn for a panel, replaced ones included. */
  drawn(id: ChallengeId, round: number): readonly string[] {
    return this.context(id)
      .seats.filter((seat) => seat.round === round)
      .map(({ provider }) => this.nameOf(provider));
  }

  auditId(name: string): ChallengeId {
    const first = this.actor(this.attestation(name))?.context.attestationId ?? '';
    const { networkId, chainId } = CHAIN;
    return actorId('challenge', challengeId({ networkId, chainId, first, second: undefined }));
  }

  auditMessage(name: string, named: readonly number[] = []) {
    return {
      type: 'audit',
      attestation: this.slotOf(name),
      provider: this.address(name),
      modelId: MODEL_ID,
      profileHash: this.profileHash,
      named,
    } as const;
  }

  /** Draws the panel in hand, from the window before it. */
  toPanel(id: ChallengeId): void {
    if (this.stateOf(id) === 'publish') {
      if (!this.context(id).payloadPublished) this.publish(id);
      this.pass(id);
    }
    if (this.stateOf(id) === 'appealed') this.pass(id);
    this.#mustBe(id, 'awaitSeed');
    this.seed(id);
  }

  /** All who wait in the present commit window do what they plan to, and the window passes. */
  commitWindow(id: ChallengeId, plan: Plan): void {
    const { round, attempt, seats } = this.context(id);
    const orders = seats
      .filter((seat) => seat.round === round && seat.attempt === attempt)
      .flatMap(({ seat, provider }): readonly Order[] => {
        const { does, output } = plan(seat, attempt);
        const name = this.nameOf(provider);
        if (does === 'silence') return [];
        if (does === 'decline') return [this.order(name, id, { type: 'cannotRun', seat })];
        const { commitment } = this.rerun(id, name, output, seat);
        return [this.order(name, id, { type: 'commit', seat, commitment })];
      });
    if (orders.length > 0) this.doAll(orders);
    this.pass(id);
  }

  #committed(id: ChallengeId, plan: Plan) {
    const { round, seats } = this.context(id);
    return seats
      .filter((seat) => seat.round === round && ['committed', 'revealed'].includes(seat.state))
      .map(({ seat, attempt, provider }) => ({
        seat,
        name: this.nameOf(provider),
        ...plan(seat, attempt),
      }));
  }

  /** All who committed do what they plan to; chunks are not opened yet. */
  revealAll(id: ChallengeId, plan: Plan): void {
    const orders = this.#committed(id, plan)
      .filter(({ does }) => does !== 'withhold')
      .map(({ seat, name, output }) =>
        this.order(name, id, {
          type: 'reveal',
          seat,
          ...this.rerun(id, name, output, seat).shown,
        }),
      );
    if (orders.length > 0) this.doAll(orders);
  }

  openAll(id: ChallengeId, plan: Plan, defence: Defence): void {
    this.nameChunks(id);
    const seats = this.#committed(id, plan).flatMap(({ does, name, output }) =>
      does === 'answer' ? [[name, output] as const] : [],
    );
    const orders = [...defence, ...seats].flatMap(([name, output]) =>
      this.chunkMessages(id, name, output).map((message) => this.order(name, id, message)),
    );
    if (orders.length > 0) this.doAll(orders);
  }

  /** From the draw to the end of the reveal window; stops where nobody has committed. */
  playPanel(id: ChallengeId, plan: Plan, defence: Defence = BOTH): void {
    if (!['commit', 'reveal'].includes(this.stateOf(id) ?? '')) this.toPanel(id);
    while (this.stateOf(id) === 'commit') this.commitWindow(id, plan);
    if (this.stateOf(id) !== 'reveal') return;
    this.revealAll(id, plan);
    this.openAll(id, plan, defence);
    this.pass(id);
  }

  depositOf(id: ChallengeId): bigint {
    return appealDeposit(this.context(id));
  }

  appeal(id: ChallengeId, from: string): bigint {
    const depositNlux = this.depositOf(id);
    this.do(from, id, { type: 'appeal', named: [] }, depositNlux);
    return depositNlux;
  }

  /** Lets the appeal window pass. */
  accept(id: ChallengeId): void {
    this.#mustBe(id, 'decided');
    this.pass(id);
    this.#mustBe(id, 'final');
  }

  knowsRound(round: bigint): boolean {
    return this.entry(beaconRounds, BEACON, u64Key(round)) !== undefined;
  }
}

/** The same opened market, as often as it is asked for. */
export const marketOnce = (make: () => LadderMarket): (() => LadderMarket) => {
  let made: { readonly market: LadderMarket; readonly at: ReturnType<World['snapshot']> };
  return () => {
    if (made === undefined) {
      const market = make();
      made = { market, at: market.snapshot() };
    }
    made.market.restore(made.at);
    return made.market;
  };
};

/** `p0` and `p1` have answered differently, and somebody has challenged that. */
export const pairOf = (market: LadderMarket) => {
  market.attest('p0', RIGHT);
  market.attest('p1', WRONG);
  return { market, id: market.challenge('p0', 'p1') };
};

/** The bond of an audit with the re-run fee of these tests: twice the least. */
export const AUDIT_BOND = 20n * LUX;

/** `p0` has answered, and somebody says that it is wrong. */
export const auditOf = (market: LadderMarket, output: Uint8Array = WRONG) => {
  market.attest('p0', output);
  const id = market.auditId('p0');
  market.do('challenger', id, market.auditMessage('p0'), AUDIT_BOND);
  return { market, id, defence: [['p0', output]] as Defence };
};
