import { attestationSlot, inputHash, taskKey } from '../../../../src/codec/index.ts';
import { prepareAudit } from '../../../../src/client/challenge.ts';
import { appealDeposit, bondOf } from '../../../../src/machines/challenge/money.ts';
import type { Seat } from '../../../../src/machines/challenge/record.ts';
import type { Comparator } from '../../../../src/machines/comparators/index.ts';
import type { ActorId } from '../../../../src/machines/kit/index.ts';
import { ask } from '../../../../demo/inference.ts';
import { SENTENCES } from '../../../engines/index.ts';
import { Market, MODEL_ID, SPECIFICATION, ZERO_HASH } from '../../../support/market.ts';
import { LADDER, LUX } from '../../../support/parameters.ts';
import { CHAIN, type World } from '../../../support/world.ts';
import { canonical, type OutputOf, type Run } from './runs.ts';

export type ChallengeId = ActorId<'challenge'>;

/** Providers that a pair needs if its last panel is to sit: 3·7, two defendants, four seats. */
const OWNERS = 27;
/** Stake with room for a penalty above the minimum. */
const STAKE = 110n * LUX;
export const FEE = SPECIFICATION.rerunFeeNlux;
export const BOND = bondOf(LADDER.dispute, FEE);

/** A market in which 27 providers serve the embedding model, on whatever engine a test says. */
export class EngineMarket extends Market {
  readonly #outputOf: OutputOf;
  readonly #answers = new Map<string, Uint8Array>();
  readonly #began: ReturnType<World['snapshot']>;
  #sentence = 0;
  #question = ask('');

  constructor(comparator: Comparator, outputOf: OutputOf) {
    super(OWNERS, LADDER, { ...SPECIFICATION, comparator });
    this.#outputOf = outputOf;
    this.open(() => STAKE).keepSound();
    this.#began = this.snapshot();
  }

  /** The market again as it began, to be asked about one of the ten sentences. */
  about(sentence: number): this {
    this.restore(this.#began);
    this.#sentence = sentence;
    this.#question = ask(SENTENCES[sentence] ?? '');
    this.#answers.clear();
    return this;
  }

  /** What a run gives, in the form that the profile's comparator reads. */
  outputOf(run: Run): Uint8Array {
    const output = this.#outputOf(run, this.#sentence);
    return this.specification.comparator.type === 'exact' ? canonical(output) : output;
  }

  answerOf(name: string): Uint8Array {
    const answer = this.#answers.get(name);
    if (answer === undefined) throw new Error(`${name} has not answered`);
    return answer;
  }

  override slotOf(provider: string, requestId = ZERO_HASH): string {
    const input = inputHash({ ...this.#question, profileHash: this.profileHash });
    const task = taskKey({ ...CHAIN, modelId: MODEL_ID, inputHash: input });
    return attestationSlot({ provider: this.address(provider), taskKey: task, requestId });
  }

  override claim(...[provider, output, change]: Parameters<Market['claim']>) {
    const { payloadHash } = this.#question;
    return super.claim(provider, output, { payloadHash, ...change });
  }

  override publish(id: ChallengeId, from = 'anyone'): void {
    this.do(from, id, { type: 'publish', payload: this.#question.payload });
  }

  stateOf(id: ChallengeId): string | undefined {
    return this.actor(id)?.state;
  }

  #attestAs(name: string, run: Run): void {
    this.#answers.set(name, this.outputOf(run));
    this.attest(name, this.answerOf(name));
  }

  /** `p0` and `p1` attest what these runs give, and somebody challenges that. */
  pairOf(first: Run, second: Run): ChallengeId {
    this.#attestAs('p0', first);
    this.#attestAs('p1', second);
    return this.challenge('p0', 'p1');
  }

  /** `p0` attests what the run gives, and somebody says that it is wrong. */
  auditOf(run: Run): ChallengeId {
    this.#attestAs('p0', run);
    const context = this.actor(this.attestation('p0'))?.context;
    if (context === undefined) throw new Error('nothing to audit');
    const { receiver, message } = prepareAudit(CHAIN, { slot: this.slotOf('p0'), context });
    this.do('challenger', receiver, message, 2n * BOND);
    return receiver;
  }

  nameOf(address: string): string {
    const name = this.providers.find((one) => this.address(one) === address);
    if (name === undefined) throw new Error(`${address} is no provider's`);
    return name;
  }

  /** The seats of the panel in hand. */
  seats(id: ChallengeId): readonly (Seat & { readonly name: string })[] {
    const { seats, round } = this.context(id);
    return seats
      .filter((seat) => seat.round === round)
      .map((seat) => ({ ...seat, name: this.nameOf(seat.provider) }));
  }

  /** Draws the panel in hand. */
  #toPanel(id: ChallengeId): void {
    if (this.stateOf(id) === 'publish') this.publish(id);
    if (this.stateOf(id) !== 'awaitSeed') this.pass(id);
    this.seed(id);
  }

  /** Who sits commits to an answer and reveals it; the answers go round where they are fewer. */
  #answerAll(id: ChallengeId, answers: readonly Uint8Array[]): void {
    const reruns = this.seats(id).map(({ name, seat }) => {
      const output = answers[seat % answers.length] ?? new Uint8Array();
      this.#answers.set(name, output);
      return { name, seat, ...this.rerun(id, name, output, seat) };
    });
    this.doAll(
      reruns.map(({ name, seat, commitment }) =>
        this.order(name, id, { type: 'commit', seat, commitment }),
      ),
    );
    this.pass(id);
    this.doAll(
      reruns.map(({ name, seat, shown }) =>
        this.order(name, id, { type: 'reveal', seat, ...shown }),
      ),
    );
  }

  /** A whole panel: it is drawn and answers, all parties open their chunks, and it is judged. */
  playPanel(id: ChallengeId, answers: readonly Uint8Array[]): void {
    this.#toPanel(id);
    this.#answerAll(id, answers);
    this.nameChunks(id);
    const { defendants } = this.context(id);
    const parties = [
      ...defendants.map(({ provider }) => this.nameOf(provider)),
      ...this.seats(id).map(({ name }) => name),
    ];
    this.doAll(
      parties.flatMap((name) =>
        this.chunkMessages(id, name, this.answerOf(name)).map((message) =>
          this.order(name, id, message),
        ),
      ),
    );
    this.pass(id);
  }

  /** Asks for the next panel. */
  appeal(id: ChallengeId, from: string): void {
    this.do(from, id, { type: 'appeal', named: [] }, appealDeposit(this.context(id)));
  }

  /** Lets the appeal window pass, if there is one. */
  accept(id: ChallengeId): void {
    if (this.stateOf(id) === 'decided') this.pass(id);
    if (this.stateOf(id) !== 'final') throw new Error(`the challenge is ${this.stateOf(id)}`);
  }

  /** What was found of each defendant, by name. */
  findings(id: ChallengeId): Readonly<Record<string, string>> {
    const found = this.context(id).defendants;
    return Object.fromEntries(found.map((each) => [this.nameOf(each.provider), each.finding]));
  }

  /** How the seats of the panel in hand stood to a defendant. */
  stances(id: ChallengeId, name: string): readonly string[] {
    const isFirst = this.context(id).defendants[0]?.provider === this.address(name);
    return this.seats(id).map((seat) => (isFirst ? seat.stanceFirst : seat.stanceSecond));
  }

  /** Who lost stake, and how much. */
  losses(): Readonly<Record<string, bigint>> {
    return Object.fromEntries(
      this.providers.flatMap((name) => {
        const { freeNlux = 0n, lockedNlux = 0n } = this.actor(this.provider(name))?.context ?? {};
        const lostNlux = STAKE - freeNlux - lockedNlux;
        return lostNlux === 0n ? [] : [[name, lostNlux] as const];
      }),
    );
  }
}
