import { actorId, BEACON, kindOf, type ActorId } from '../../machines/kit/address.ts';
import { ok, type Result } from '../../codec/failure.ts';
import { fromHex, keypairOf, type Secp256k1 } from '../../codec/index.ts';
import { buildTransaction, type Chain } from '../../client/index.ts';
import type { BeaconSource } from '../../machines/beacon/record.ts';
import { devRandomness, timeOfRound } from '../../machines/beacon/rounds.ts';
import { u64Key } from '../../machines/kit/collection.ts';
import type { ChallengeContext } from '../../machines/challenge/record.ts';
import { seedRoundOf } from '../../machines/challenge/schedule.ts';
import type { AivmOperations, ExecutedBlock } from '../../runtime/index.ts';
import type { Included } from './mempool/mempool.ts';
import { readActor, readSender } from './reads.ts';

/** Gas of submitting a round of the `dev` beacon, with room: it writes three records. */
const BEACON_GAS_LIMIT = 50_000n;
/** Challenges that are read at once when the node starts. */
const PAGE_CHALLENGES = 500;

export interface BeaconOperatorOptions extends Chain {
  readonly chain: AivmOperations;
  readonly source: BeaconSource;
  /** Signs the submissions and pays for them, 32 bytes, hex. */
  readonly privateKey: string;
  readonly engine: Secp256k1;
}

/** A round to be included, and the account and nonce that it uses. */
export interface Submission extends Included {
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** States of a challenge after which the panel in hand is drawn. */
const SEEDED_NEXT: readonly string[] = ['publish', 'awaitSeed'];

/** Rounds that a challenge waits for, now or later. */
const roundsOf = (state: string, context: ChallengeContext): readonly bigint[] => {
  if (SEEDED_NEXT.includes(state)) return [seedRoundOf(context)];
  return state === 'reveal' ? [context.chunkRound] : [];
};

/**
 * Submits the rounds of a `dev` beacon that open challenges wait for, one a block, the earliest
 * first (PROTOCOL §6.4). It reads all challenges once and from then on those that blocks touched.
 * Safe on one machine only: everybody can compute every round in advance.
 */
export class BeaconOperator {
  readonly #options: BeaconOperatorOptions;
  readonly #sender: ActorId<'account'>;
  readonly #waiting = new Map<ActorId, readonly bigint[]>();

  constructor(options: BeaconOperatorOptions) {
    this.#options = options;
    this.#sender = actorId('account', keypairOf(options.privateKey).address);
  }

  /** Address of the account that submits, hex. */
  get address(): string {
    return this.#sender.slice(this.#sender.indexOf(':') + 1);
  }

  /** Finds the challenges that are open already. */
  load(): Result<void> {
    const { chain } = this.#options;
    let from: string | undefined = '';
    while (from !== undefined) {
      const page = chain.list({ kind: 'challenge', from, limit: PAGE_CHALLENGES });
      if (!page.ok) return page;
      for (const { id, record } of page.value.items) {
        const { state, context } = record as { state: string; context: ChallengeContext };
        this.#note(id as ActorId, roundsOf(state, context));
      }
      from = page.value.next;
    }
    return ok(undefined);
  }

  /** Looks again at the challenges that a committed block touched. */
  observe({ begin, receipts }: Pick<ExecutedBlock, 'begin' | 'receipts'>): Result<void> {
    const events = [...begin.events, ...receipts.flatMap(({ receipt }) => receipt.events)];
    const touched = new Set([
      ...begin.timers.map(({ actor }) => actor),
      ...events.map(({ actor }) => actor),
    ]);
    for (const id of touched) {
      if (kindOf(id) !== 'challenge') continue;
      const record = readActor(this.#options.chain, id as ActorId<'challenge'>);
      if (!record.ok) return record;
      const { state, context } = record.value ?? {};
      this.#note(id, state === undefined || context === undefined ? [] : roundsOf(state, context));
    }
    return ok(undefined);
  }

  /** The submission that the next block should begin with, if one is due at its time. */
  next(time: bigint): Result<Submission | undefined> {
    const due = [...new Set([...this.#waiting.values()].flat())]
      .filter((round) => round > 0n && timeOfRound(this.#options.source, round) <= time)
      .toSorted((a, b) => (a < b ? -1 : 1));
    for (const round of due) {
      const known = this.#isKnown(round);
      if (!known.ok) return known;
      if (!known.value) return this.#build(round);
      this.#forget(round);
    }
    return ok(undefined);
  }

  #note(id: ActorId, rounds: readonly bigint[]): void {
    if (rounds.length === 0) this.#waiting.delete(id);
    else this.#waiting.set(id, rounds);
  }

  #forget(round: bigint): void {
    for (const [id, rounds] of this.#waiting) {
      if (rounds.includes(round))
        this.#note(
          id,
          rounds.filter((each) => each !== round),
        );
    }
  }

  #isKnown(round: bigint): Result<boolean> {
    const entry = { owner: BEACON, collection: 'rounds', key: u64Key(round) };
    const answer = this.#options.chain.query({ entry });
    return answer.ok ? ok(answer.value.value !== undefined) : answer;
  }

  #build(round: bigint): Result<Submission> {
    const { chain, networkId, chainId, privateKey, engine } = this.#options;
    const account = readSender(chain, this.#sender);
    if (!account.ok) return account;
    const tip = chain.tip();
    if (!tip.ok) return tip;
    const parameters = chain.parameters();
    if (!parameters.ok) return parameters;
    const nonce = account.value.nextNonce;
    const built = buildTransaction({
      networkId,
      chainId,
      nonce,
      expiry: tip.value.height + 1n,
      gasLimit: BEACON_GAS_LIMIT,
      gasPriceNlux: parameters.value.current.gas.minimumPriceNlux,
      receiver: BEACON,
      valueNlux: 0n,
      message: { type: 'submitRound', round, proof: fromHex(devRandomness(chainId, round)) },
      privateKey,
      engine,
    });
    return built.ok ? ok({ ...built.value, sender: this.#sender, nonce }) : built;
  }
}
