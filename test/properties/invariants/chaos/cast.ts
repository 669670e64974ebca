import { prepareShowing } from '../../../../src/client/challenge.ts';
import { appealDeposit, bondOf } from '../../../../src/machines/challenge/money.ts';
import { BEACON, u64Key, type ActorId } from '../../../../src/machines/kit/index.ts';
import type { RecordOf } from '../../../../src/actors/index.ts';
import { beaconRounds } from '../../../../src/machines/beacon/record.ts';
import type { Seat } from '../../../../src/machines/challenge/record.ts';
import { sha256Hex } from '../../../../src/codec/index.ts';
import { question } from '../../../support/claims.ts';
import { SPECIFICATION } from '../../../support/market.ts';
import { flat, type OutputMarket } from '../../../support/outputs.ts';
import type { World } from '../../../support/world.ts';
import { type Life, type Mood, QUESTIONS } from './life.ts';

export type Order = ReturnType<World['order']>;
export type ChallengeId = ActorId<'challenge'>;

interface OpenChallenge {
  readonly id: ChallengeId;
  readonly record: RecordOf<'challenge'>;
}

const LEVELS: Readonly<Partial<Record<Mood, number>>> = { wrong: 4, between: 2 };
const CHUNKS = 2;

/** Everybody in the market, with what they remember, and what each would do next. */
export class Cast {
  readonly market: OutputMarket;
  readonly challenges = new Set<ChallengeId>();
  readonly litigious: boolean;
  readonly moods: ReadonlyMap<string, Mood>;
  readonly #slots = new Set<string>();
  readonly #outputs = new Map<string, Uint8Array>();
  readonly #answers = new Map<string, Uint8Array>();

  constructor(market: OutputMarket, { moods, litigious }: Pick<Life, 'moods' | 'litigious'>) {
    this.market = market;
    this.litigious = litigious;
    this.moods = new Map(market.providers.map((name, at) => [name, moods[at] ?? 'honest']));
  }

  /** Slots of the answers that were given, the latest last. */
  get slots(): readonly string[] {
    return [...this.#slots];
  }

  remember(attestation: ActorId): void {
    this.#slots.add(attestation.slice('attestation:'.length));
  }

  /** An output of this level, remembered for when its chunks are asked for. */
  output(name: string, level: number): Uint8Array {
    const output = this.market.outputOf(flat(level, CHUNKS), level);
    this.#outputs.set(this.market.committed(name, output).outputHash, output);
    return output;
  }

  bond(form: 'pair' | 'audit'): bigint {
    return bondOf(this.market.parameters.dispute, SPECIFICATION.rerunFeeNlux, form);
  }

  open(): readonly OpenChallenge[] {
    return [...this.challenges].flatMap((id) => {
      const record = this.market.actor(id);
      return record === undefined || record.state === 'final' ? [] : [{ id, record }];
    });
  }

  /** What those with a part in open challenges would send now. */
  duties(): readonly Order[] {
    const round = this.market.nextRoundDue();
    const rounds = round === undefined ? [] : [this.market.roundOrder(round)];
    return [...rounds, ...this.open().flatMap((each) => this.#dutiesIn(each))];
  }

  #dutiesIn(challenge: OpenChallenge): readonly Order[] {
    switch (challenge.record.state) {
      case 'publish':
        return this.#publications(challenge);
      case 'awaitSeed':
        return [this.market.order('anyone', challenge.id, { type: 'submitSeed' })];
      case 'commit':
        return this.#seats(challenge, 'drawn').flatMap((seat) => this.#commitment(challenge, seat));
      case 'reveal':
        return [
          ...this.#seats(challenge, 'committed').flatMap((seat) => this.#reveal(challenge, seat)),
          ...this.#openings(challenge),
        ];
      case 'decided':
        return this.litigious ? [this.appealOf(challenge)] : [];
      default:
        return [];
    }
  }

  appealOf({ id, record }: OpenChallenge): Order {
    const message = { type: 'appeal', named: [] } as const;
    return this.market.order('consumer', id, message, appealDeposit(record.context));
  }

  #name(address: string): string {
    return this.market.providers.find((name) => this.market.address(name) === address) ?? 'anyone';
  }

  #seats({ record: { context } }: OpenChallenge, state: Seat['state']): readonly Seat[] {
    return context.seats.filter((seat) => seat.round === context.round && seat.state === state);
  }

  #publications({ id, record: { context } }: OpenChallenge): readonly Order[] {
    const { market } = this;
    const asked = Array.from({ length: QUESTIONS }, (_, at) => question(at)).filter(
      (payload) => sha256Hex(payload) === context.payloadHash,
    );
    const payloads = context.payloadPublished ? [] : asked;
    const showings = context.defendants.flatMap(({ provider, outputHash, substantiated }) => {
      const output = this.#outputs.get(outputHash);
      const isSilent = this.moods.get(this.#name(provider)) === 'silent';
      const message =
        output === undefined || substantiated || isSilent
          ? undefined
          : prepareShowing(context, output);
      return message === undefined ? [] : [market.order('anyone', id, message)];
    });
    return [
      ...payloads.map((payload) => market.order('anyone', id, { type: 'publish', payload })),
      ...showings,
    ];
  }

  #commitment({ id, record }: OpenChallenge, seat: Seat): readonly Order[] {
    const name = this.#name(seat.provider);
    const mood = this.moods.get(name) ?? 'honest';
    if (mood === 'silent') return [];
    if (mood === 'unable') {
      return [this.market.order(name, id, { type: 'cannotRun', seat: seat.seat })];
    }
    const output = this.market.answerOf(id, flat(LEVELS[mood] ?? 0, CHUNKS));
    this.#answers.set(`${id} ${record.context.round} ${seat.provider}`, output);
    const { commitment } = this.market.rerun(id, name, output, seat.seat);
    return [this.market.order(name, id, { type: 'commit', seat: seat.seat, commitment })];
  }

  #answerOf({ id, record }: OpenChallenge, { provider }: Seat): Uint8Array | undefined {
    return this.#answers.get(`${id} ${record.context.round} ${provider}`);
  }

  #reveal(challenge: OpenChallenge, seat: Seat): readonly Order[] {
    const name = this.#name(seat.provider);
    const output = this.#answerOf(challenge, seat);
    if (output === undefined || this.moods.get(name) === 'withholds') return [];
    const { shown } = this.market.rerun(challenge.id, name, output, seat.seat);
    return [this.market.order(name, challenge.id, { type: 'reveal', seat: seat.seat, ...shown })];
  }

  #openings(challenge: OpenChallenge): readonly Order[] {
    const { market } = this;
    const { id, record } = challenge;
    const { chunkRound, defendants } = record.context;
    if (market.entry(beaconRounds, BEACON, u64Key(chunkRound)) === undefined) return [];
    const parties = [
      ...defendants.map((each) => [each.provider, this.#outputs.get(each.outputHash)] as const),
      ...this.#seats(challenge, 'revealed').map(
        (seat) => [seat.provider, this.#answerOf(challenge, seat)] as const,
      ),
    ];
    return parties.flatMap(([provider, output]) => {
      const name = this.#name(provider);
      if (output === undefined || ['hides', 'silent'].includes(this.moods.get(name) ?? '')) {
        return [];
      }
      return market
        .chunkMessages(id, name, output)
        .map((message) => market.order(name, id, message));
    });
  }
}
