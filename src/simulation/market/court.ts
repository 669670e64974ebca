import type { ChainEvent } from '../../actors/index.ts';
import type { RecordOf } from '../../actors/index.ts';
import {
  appealDepositFor,
  openDrawnChunks,
  prepareRerun,
  prepareShowing,
} from '../../client/challenge.ts';
import type { CommittedOutput } from '../../client/output.ts';
import { hash, u32be } from '../../codec/index.ts';
import { seedRoundOf } from '../../machines/challenge/schedule.ts';
import type { ChallengeContext, Seat } from '../../machines/challenge/record.ts';
import type { ChallengeMessage } from '../../machines/challenge/messages.ts';
import { nextPanelSize, panelSize } from '../../machines/challenge/ladder.ts';
import type { ActorId } from '../../machines/kit/index.ts';
import type { Matter, Vote } from '../agents/index.ts';
import type { Player } from './agents.ts';
import { orderOf } from './chain.ts';
import { add, addGas, type Dispute, type Sitting } from './dispute.ts';
import { KEEPER } from './people.ts';
import type { Session } from './session.ts';

/** Blocks after which a copier has seen what others have sent. */
const SEES_AFTER = 1n;

const fieldOf = ({ fields }: ChainEvent, name: string): string =>
  fields.find((field) => field.name === name)?.value ?? '';

const keyOfSeat = ({ round, seat, attempt }: Seat): string => `${round}/${seat}/${attempt}`;

/** Everybody who has a part in open challenges, doing it in its way. */
export class Court {
  readonly #session: Session;
  readonly #open = new Map<ActorId, Dispute>();
  readonly #onEnd: (dispute: Dispute, context: ChallengeContext) => void;
  #salts = 0;

  constructor(session: Session, onEnd: (dispute: Dispute, context: ChallengeContext) => void) {
    this.#session = session;
    this.#onEnd = onEnd;
    session.onWoken = (woken) => {
      for (const id of woken) {
        const dispute = this.#open.get(id);
        // What a timer has changed is looked at once the whole block is done.
        if (dispute !== undefined) session.at(session.next, () => this.#look(dispute));
      }
    };
    for (const name of ['slashed', 'penalized'] as const) {
      session.onEvent.set(name, (event) => this.#taken(event));
    }
  }

  get size(): number {
    return this.#open.size;
  }

  #taken(event: ChainEvent): void {
    const dispute = this.#open.get(fieldOf(event, 'by') as ActorId);
    const amountNlux = BigInt(fieldOf(event, 'amountNlux'));
    const address = event.actor.slice(event.actor.indexOf(':') + 1);
    if (dispute !== undefined) add(dispute.taken, address, amountNlux);
  }

  #record({ id }: Dispute): RecordOf<'challenge'> | undefined {
    return this.#session.chain.actor(id);
  }

  #send(dispute: Dispute, from: string, message: ChallengeMessage, until: bigint): void {
    const order = orderOf(from, dispute.id, message);
    this.#session.post(order, (receipt) => addGas(dispute, from, receipt), until);
  }

  /** A challenge that was opened. */
  begin(dispute: Dispute): void {
    this.#open.set(dispute.id, dispute);
    const record = this.#record(dispute);
    if (record === undefined) return;
    const { deadline } = record.context;
    const [first] = dispute.defendants;
    if (first === undefined) return;
    const speaker = dispute.defendants.find((_, at) => dispute.shows[at] === true) ?? first;
    const { payload } = first.claim;
    this.#send(dispute, speaker.author.agent.owner, { type: 'publish', payload }, deadline);
    dispute.defendants.forEach(({ author, answer }, at) => {
      if (answer === undefined || dispute.shows[at] !== true) return;
      const showing = prepareShowing(record.context, answer.bytes);
      if (showing === undefined) return;
      this.#send(dispute, author.agent.owner, { ...showing, defendant: at }, deadline);
    });
  }

  #look(dispute: Dispute): void {
    const record = this.#record(dispute);
    if (record === undefined) return;
    const { state, context } = record;
    if (state === 'awaitSeed') this.#awaitSeed(dispute, context);
    if (state === 'commit') this.#commit(dispute, context);
    if (state === 'reveal') this.#reveal(dispute, context);
    if (state === 'decided') this.#appeal(dispute, context);
    if (state === 'final') {
      this.#open.delete(dispute.id);
      this.#onEnd(dispute, context);
    }
  }

  #awaitSeed(dispute: Dispute, context: ChallengeContext): void {
    const { deadline } = context;
    this.#session.wantRound(seedRoundOf(context), true, () => {
      const order = orderOf(KEEPER, dispute.id, { type: 'submitSeed' });
      this.#session.post(
        order,
        (receipt) => {
          addGas(dispute, KEEPER, receipt);
          if (receipt?.outcome.type === 'applied') this.#look(dispute);
        },
        deadline,
      );
    });
  }

  #matter(dispute: Dispute, player: Player, context: ChallengeContext): Matter {
    const { agents } = this.#session;
    return {
      seats: panelSize(context),
      accused: dispute.defendants.map(({ author, answer }) => ({
        told: agents.areFellows(player, author) ? answer?.saying : undefined,
      })),
    };
  }

  #commit(dispute: Dispute, context: ChallengeContext): void {
    for (const seat of context.seats) {
      const isNew = seat.round === context.round && seat.state === 'drawn';
      if (!isNew || dispute.sittings.has(keyOfSeat(seat))) continue;
      const player = this.#session.agents.at(seat.provider);
      if (player === undefined) continue;
      const vote = player.behaviour.votes(this.#matter(dispute, player, context));
      const until = context.deadline;
      if (vote.type === 'copies') {
        const copy = () => this.#copy(dispute, seat, player, until);
        this.#session.at(this.#session.next + SEES_AFTER, copy);
        continue;
      }
      this.#sit(dispute, context, seat, player, vote);
    }
  }

  #salt(): string {
    this.#salts += 1;
    return hash('aivm/simulation-salt/1', u32be(this.#salts));
  }

  #sit(dispute: Dispute, context: ChallengeContext, seat: Seat, player: Player, vote: Vote): void {
    const { agent } = player;
    const { deadline } = context;
    const { round } = seat;
    const { rates } = agent.group;
    const { withholding } = this.#session.dice;
    const shows = rates.withholds === 0 || !withholding.roughly(rates.withholds);
    const answer = this.#answerOf(dispute, player, vote);
    const output = answer?.output ?? this.#guessOf(dispute, player, vote);
    const rerun =
      output === undefined
        ? undefined
        : prepareRerun({
            challenge: dispute.id,
            round,
            seat: seat.seat,
            member: seat.provider,
            output,
            salt: this.#salt(),
          });
    const sitting: Sitting = { round, seat: seat.seat, player, vote, rerun, answer, shows };
    dispute.sittings.set(keyOfSeat(seat), sitting);
    if (rerun !== undefined) this.#send(dispute, agent.owner, rerun.commit, deadline);
    if (vote.type === 'unable') {
      this.#send(dispute, agent.owner, { type: 'cannotRun', seat: seat.seat }, deadline);
    }
  }

  #answerOf(dispute: Dispute, { address, agent }: Player, vote: Vote) {
    const payloadHash = dispute.defendants[0]?.claim.payloadHash ?? '';
    return vote.type === 'says'
      ? this.#session.answers.of(address, payloadHash, vote.saying, agent.group.rates)
      : undefined;
  }

  /** The hash that is on chain, and evidence of something else. */
  #guessOf(dispute: Dispute, { address, agent }: Player, vote: Vote): CommittedOutput | undefined {
    if (vote.type !== 'guesses') return undefined;
    const guessed = dispute.defendants[vote.defendant]?.context.outputHash;
    if (guessed === undefined) return undefined;
    const { payloadHash } = dispute.defendants[0]?.claim ?? { payloadHash: '' };
    const saying = { type: 'lie', by: agent.name } as const;
    const { output } = this.#session.answers.of(address, payloadHash, saying, agent.group.rates);
    return { ...output, outputHash: guessed };
  }

  /** Takes over a commitment of the panel; where there is none yet, it has nothing to say. */
  #copy(dispute: Dispute, seat: Seat, player: Player, until: bigint): void {
    const context = this.#record(dispute)?.context;
    const others = context?.seats.filter(
      ({ round, state }) => round === seat.round && state === 'committed',
    );
    const [other] = others ?? [];
    if (other === undefined) return;
    const message = { type: 'commit', seat: seat.seat, commitment: other.commitment } as const;
    this.#send(dispute, player.agent.owner, message, until);
    const vote = { type: 'copies' } as const;
    const { round } = seat;
    const base = { round, seat: seat.seat, player, vote, rerun: undefined, answer: undefined };
    dispute.sittings.set(keyOfSeat(seat), { ...base, shows: true });
  }

  #reveal(dispute: Dispute, context: ChallengeContext): void {
    const { deadline, round, chunkRound } = context;
    for (const seat of context.seats) {
      if (seat.round !== round || seat.state !== 'committed') continue;
      const sitting = dispute.sittings.get(keyOfSeat(seat));
      if (sitting?.vote.type === 'copies') this.#revealCopy(dispute, seat, deadline);
      if (sitting?.rerun === undefined || !sitting.shows) continue;
      this.#send(dispute, sitting.player.agent.owner, sitting.rerun.reveal, deadline);
    }
    this.#session.wantRound(chunkRound, true, (beacon) => {
      this.#session.at(this.#session.next, () => this.#openChunks(dispute, round, beacon));
    });
  }

  /** Says what another seat says; nobody's salt fits the copied commitment of another. */
  #revealCopy(dispute: Dispute, seat: Seat, deadline: bigint): void {
    const sittings = [...dispute.sittings.values()];
    const other = sittings.find(({ round, rerun }) => round === seat.round && rerun !== undefined);
    const player = this.#session.agents.at(seat.provider);
    if (other?.rerun === undefined || player === undefined) return;
    this.#send(dispute, player.agent.owner, { ...other.rerun.reveal, seat: seat.seat }, deadline);
  }

  /** Everybody who has revealed by now shows the chunks that the round names. */
  #openChunks(dispute: Dispute, round: number, beacon: string): void {
    const record = this.#record(dispute);
    if (record?.state !== 'reveal' || record.context.round !== round) return;
    const { context } = record;
    const show = (player: Player, answer: CommittedOutput): void => {
      const key = `${round} ${player.address} ${answer.outputHash}`;
      if (dispute.opened.has(key)) return;
      const of = { challenge: dispute.id, context, output: answer, beacon };
      const messages = openDrawnChunks(of);
      if (messages.length === 0) return;
      dispute.opened.add(key);
      const { owner } = player.agent;
      for (const message of messages) this.#send(dispute, owner, message, context.deadline);
    };
    dispute.defendants.forEach(({ author, answer }, at) => {
      if (answer !== undefined && dispute.shows[at] === true) show(author, answer.output);
    });
    for (const seat of context.seats) {
      const sitting = dispute.sittings.get(keyOfSeat(seat));
      if (seat.round !== round || seat.state !== 'revealed' || sitting === undefined) continue;
      if (sitting.answer !== undefined) show(sitting.player, sitting.answer.output);
    }
    const isWaiting = context.seats.some(
      (seat) => seat.round === round && seat.state === 'committed',
    );
    const next = this.#session.next + 1n;
    if (!isWaiting || next >= context.deadline) return;
    this.#session.at(next, () => this.#openChunks(dispute, round, beacon));
  }

  #appeal(dispute: Dispute, context: ChallengeContext): void {
    if (nextPanelSize(context) === 0) return;
    const { appeals } = this.#session.dice;
    const { appellants } = this.#session.agents;
    const player = appellants.find(({ agent }) => appeals.roughly(agent.group.rates.appeals));
    if (player === undefined) return;
    const { owner } = player.agent;
    const depositNlux = appealDepositFor(context);
    const order = orderOf(owner, dispute.id, { type: 'appeal', named: [] }, depositNlux);
    const done = (receipt: Parameters<typeof addGas>[2]): void => {
      addGas(dispute, owner, receipt);
      if (receipt?.outcome.type === 'applied') add(dispute.deposits, owner, depositNlux);
    };
    this.#session.post(order, done, context.deadline);
  }
}
