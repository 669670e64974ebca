import { hash, sha256Hex, u32be, utf8, type Keypair } from '../../src/codec/index.ts';
import { prepareAttestation } from '../../src/client/attestation.ts';
import {
  bondFor,
  openDrawnChunks,
  prepareChallenge,
  prepareRerun,
} from '../../src/client/challenge.ts';
import type { Challenged } from '../../src/client/challenge.ts';
import type { CommittedOutput } from '../../src/client/output.ts';
import type { ChallengeMessage } from '../../src/machines/challenge/messages.ts';
import { hasKnownShape, isTeacherForced } from '../../src/machines/comparators/index.ts';
import { keyOf, type ActorId } from '../../src/machines/kit/index.ts';
import { MODEL_ID } from '../chain/model.ts';
import { must } from '../chain/must.ts';
import { engine } from '../chain/workload.ts';
import type { Chain } from './chain.ts';
import { outputOf, textOf, type Profile } from './profiles.ts';

/** The answers of the two defendants, and where they differ from that of the seats. */
const ANSWERS = [1, 2] as const;
const SEAT_ANSWER = 3;
/** Chunks that the challenger names: as many as it may (PROTOCOL §7). */
const NAMED = [0, 1, 2, 3];

/** Challenges of one profile between pairs of providers, each about a payload of its own. */
export class Disputes {
  readonly #chain: Chain;
  readonly #profile: Profile;
  readonly #payloads: readonly Uint8Array[];
  #attestations: readonly (readonly ActorId<'attestation'>[])[] = [];
  ids: readonly ActorId<'challenge'>[] = [];

  constructor(chain: Chain, profile: Profile, count: number) {
    this.#chain = chain;
    this.#profile = profile;
    this.#payloads = Array.from({ length: count }, (_, at) => utf8(`${profile.hash} ${at}`));
  }

  #person(index: number): Keypair {
    const { people } = this.#chain.cast;
    return people[index % people.length] as Keypair;
  }

  #personAt(address: string): Keypair {
    const found = this.#chain.cast.people.find((each) => each.address === address);
    if (found === undefined) throw new Error(`${address} is nobody`);
    return found;
  }

  #send(from: Keypair, to: ActorId<'challenge'>, message: ChallengeMessage, valueNlux = 0n) {
    return this.#chain.workload.sign<'challenge'>({ from, to, message, valueNlux });
  }

  #context(id: ActorId<'challenge'>) {
    return this.#chain.record(id).context;
  }

  /** Two attestations of each claim, with different answers. */
  attest(): readonly Uint8Array[] {
    const { specification, hash: profileHash } = this.#profile;
    const { time } = this.#chain.host.tip();
    const claims = this.#payloads.map((payload, at) =>
      ANSWERS.map((answer, which) => {
        const provider = this.#person(2 * at + which);
        const { outputHash, evidenceRoot } = outputOf(specification, provider.address, [answer]);
        const claim = {
          ...this.#chain.cast.chain,
          provider: provider.address,
          modelId: MODEL_ID,
          profileHash,
          payloadHash: sha256Hex(payload),
          outputHash,
          evidenceRoot,
          timestamp: time,
          providerKey: provider.privateKey,
          engine,
        };
        return { provider, ...must(prepareAttestation(claim)) };
      }),
    );
    this.#attestations = claims.map((pair) => pair.map(({ receiver }) => receiver));
    return claims
      .flat()
      .map(({ provider: from, receiver: to, message }) =>
        this.#chain.workload.sign<'attestation'>({ from, to, message }),
      );
  }

  open(): readonly Uint8Array[] {
    const { chain, owner, genesis } = this.#chain.cast;
    const { rerunFeeNlux } = this.#profile.specification;
    const bond = bondFor(genesis.parameters.dispute, rerunFeeNlux);
    const opened = this.#attestations.map((pair) => {
      const [first, second] = pair.map((id): Challenged => ({
        slot: keyOf(id),
        context: this.#chain.record(id).context,
      }));
      if (first === undefined || second === undefined) throw new Error('a pair is two');
      return prepareChallenge(chain, first, second, NAMED);
    });
    this.ids = opened.map(({ receiver }) => receiver);
    return opened.map(({ receiver, message }) => this.#send(owner, receiver, message, bond));
  }

  /** The payloads, and the outputs of defendants where they are text. */
  publish(): readonly Uint8Array[] {
    const { owner } = this.#chain.cast;
    const { comparator } = this.#profile.specification;
    return this.ids.flatMap((id, at) => {
      const payload = this.#payloads[at] as Uint8Array;
      const outputs = hasKnownShape(comparator) ? this.#answersOf(id) : [];
      return [
        this.#send(owner, id, { type: 'publish', payload }),
        ...outputs.map((answer, defendant) =>
          this.#send(owner, id, { type: 'publishOutput', defendant, output: textOf(answer) }),
        ),
      ];
    });
  }

  /** Answers of the defendants in the order in which they stand. */
  #answersOf(id: ActorId<'challenge'>): readonly number[] {
    const { specification } = this.#profile;
    return this.#context(id).defendants.map(({ provider, outputHash }) => {
      const isAnswer = (answer: number): boolean =>
        outputOf(specification, provider, [answer]).outputHash === outputHash;
      return ANSWERS.find(isAnswer) ?? 0;
    });
  }

  /** What a seat answers: on the defendants' tokens where the comparator asks for that. */
  #rerunOf(id: ActorId<'challenge'>, member: string): CommittedOutput {
    const { specification } = this.#profile;
    const isForced = isTeacherForced(specification.comparator);
    return outputOf(specification, member, isForced ? this.#answersOf(id) : [SEAT_ANSWER]);
  }

  #rerun(id: ActorId<'challenge'>, seat: number, member: string) {
    const { round } = this.#context(id);
    const output = this.#rerunOf(id, member);
    const salt = hash('aivm/bench-salt/1', u32be(seat));
    return { ...prepareRerun({ challenge: id, round, seat, member, output, salt }), output };
  }

  /** A message of every seat of the present panels that is in a state. */
  #ofSeats(
    ids: readonly ActorId<'challenge'>[],
    state: 'drawn' | 'committed',
    type: 'commit' | 'reveal',
  ): readonly Uint8Array[] {
    return ids.flatMap((id) => {
      const { seats, round } = this.#context(id);
      return seats
        .filter((seat) => seat.round === round && seat.state === state)
        .map(({ seat, provider }) =>
          this.#send(this.#personAt(provider), id, this.#rerun(id, seat, provider)[type]),
        );
    });
  }

  commit(): readonly Uint8Array[] {
    return this.#ofSeats(this.ids, 'drawn', 'commit');
  }

  reveal(ids: readonly ActorId<'challenge'>[] = this.ids): readonly Uint8Array[] {
    return this.#ofSeats(ids, 'committed', 'reveal');
  }

  /**
   * Every chunk that each party has to open but one: so all is kept until the panel is judged, all
   * seats have withheld, and both defendants are unsubstantiated.
   */
  openChunks(ids: readonly ActorId<'challenge'>[] = this.ids): readonly Uint8Array[] {
    const { specification } = this.#profile;
    return ids.flatMap((id) => {
      const context = this.#context(id);
      const answers = this.#answersOf(id);
      const beacon = this.#chain.randomness(context.chunkRound);
      const defendants = context.defendants.map(({ provider }, at) =>
        outputOf(specification, provider, [answers[at] ?? 0]),
      );
      const seats = context.seats
        .filter(({ round, state }) => round === context.round && state === 'revealed')
        .map(({ provider }) => this.#rerunOf(id, provider));
      return [...defendants, ...seats].flatMap((output) =>
        openDrawnChunks({ challenge: id, context, output, beacon })
          .slice(1)
          .map((message) => this.#send(this.#personAt(output.author), id, message)),
      );
    });
  }

  /** Earliest end of a present window. */
  nextDeadline(): bigint {
    const deadlines = this.ids.map((id) => this.#context(id).deadline);
    return deadlines.reduce((least, each) => (each < least ? each : least));
  }

  /** Beacon rounds that these challenges wait for, each once. */
  rounds(of: 'seed' | 'chunks'): readonly bigint[] {
    const wanted = this.ids.map((id) => {
      const { chunkRound, seedRounds, round } = this.#context(id);
      return of === 'seed' ? (seedRounds[round - 1] ?? 0n) : chunkRound;
    });
    return [...new Set(wanted)].toSorted((a, b) => (a < b ? -1 : 1));
  }

  /** How many challenges stand in each state, and which rule ended those that are over. */
  states(): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const id of this.ids) {
      const { state, context } = this.#chain.record(id);
      const name = state === 'final' ? `final by ${context.ending}` : state;
      counts[name] = (counts[name] ?? 0) + 1;
    }
    return counts;
  }

  /** Defendants whose verdict slashes them. */
  slashedDefendants(): number {
    return this.ids
      .flatMap((id) => this.#context(id).defendants)
      .filter(({ verdict }) => verdict === 'unsubstantiated' || verdict === 'faulty').length;
  }
}
