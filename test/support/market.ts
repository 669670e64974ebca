import {
  attestationSlot,
  bindingDigest,
  attestationId,
  challengeId,
  encode,
  inputHash,
  modelId,
  profileHash,
  providerKeyProof,
  requestId,
  rerunCommit,
  sha256Hex,
  taskKey,
  utf8,
} from '../../src/codec/index.ts';
import { openDrawnChunks, prepareChallenge, type Challenged } from '../../src/client/challenge.ts';
import { commitOutput } from '../../src/client/output.ts';
import { seedRoundOf } from '../../src/machines/challenge/schedule.ts';
import type { ProfileSpecification } from '../../src/machines/profile/record.ts';
import { bondOf } from '../../src/machines/challenge/money.ts';
import { BEACON, actorId, u64Key, type ActorId } from '../../src/machines/kit/index.ts';
import type { Receipt, RecordOf } from '../../src/actors/index.ts';
import { timeOfRound } from '../../src/machines/beacon/rounds.ts';
import { beaconRounds } from '../../src/machines/beacon/record.ts';
import { profileSpecification } from '../../src/machines/profile/record.ts';
import type { Messages } from '../../src/machines/messages.ts';
import { expectSound } from './invariants.ts';
import { LUX } from './parameters.ts';
import { CHAIN, World } from './world.ts';

type Order = ReturnType<World['order']>;

export const PAYLOAD = utf8('the same question for everybody');
export const RIGHT = utf8('the right answer');
export const WRONG = utf8('a wrong answer');
export const ZERO_HASH = '0'.repeat(64);

const WEIGHTS = sha256Hex(utf8('weights'));
const RERUN_FEE = LUX / 10n;
const { networkId, chainId } = CHAIN;

export const MODEL_ID = modelId({ weightHash: WEIGHTS, teeRequired: false });
export const SPECIFICATION: ProfileSpecification = {
  modelId: MODEL_ID,
  comparator: { type: 'exact' },
  precision: { engine: 'reference', dtype: 'f32', settings: '', decoding: 'none' },
  tee: { type: 'none' },
  rerunFeeNlux: RERUN_FEE,
};
export const PROFILE_HASH = profileHash(encode(profileSpecification, SPECIFICATION));
export const MODEL = actorId('model', MODEL_ID);
export const PROFILE = actorId('profile', PROFILE_HASH);
export const PAYLOAD_HASH = sha256Hex(PAYLOAD);

const ownerOf = (provider: string): string => `${provider} owner`;

/** A world in which one model with one profile is served by providers `p0`, `p1`, … */
export class Market extends World {
  #supply: bigint | undefined;
  readonly providers: readonly string[];
  readonly specification: ProfileSpecification;
  readonly profileHash: string;
  /** Evidence of outputs whose comparator asks for it, by the output's own bytes. */
  readonly evidence = new Map<Uint8Array, readonly Uint8Array[]>();

  constructor(
    count = 6,
    parameters?: ConstructorParameters<typeof World>[1],
    specification: ProfileSpecification = SPECIFICATION,
  ) {
    const providers = Array.from({ length: count }, (_, at) => `p${at}`);
    const people = ['anyone', 'modelOwner', 'creator', 'consumer', 'challenger', 'authority'];
    super([...people, ...providers, ...providers.map(ownerOf)], parameters);
    this.providers = providers;
    this.specification = specification;
    this.profileHash = profileHash(encode(profileSpecification, specification));
  }

  get profile(): ActorId<'profile'> {
    return actorId('profile', this.profileHash);
  }

  ownerName(provider: string): string {
    return ownerOf(provider);
  }

  provider(name: string): ActorId<'provider'> {
    return actorId('provider', this.address(name));
  }

  registerModel(): void {
    const { modelDepositNlux, profileDepositNlux } = this.parameters;
    this.do(
      'modelOwner',
      MODEL,
      {
        type: 'register',
        weightHash: WEIGHTS,
        teeRequired: false,
        name: 'a model',
        version: 1n,
        architecture: 'transformer',
        paramCount: 7n,
        license: 'Apache-2.0',
      },
      modelDepositNlux,
    );
    const register = { type: 'register', specification: this.specification } as const;
    this.do('creator', this.profile, register, profileDepositNlux);
  }

  registerProvider(name: string, stakeNlux = this.parameters.minimumStakeNlux): void {
    const owner = this.address(this.ownerName(name));
    const proof = this.sign(name, providerKeyProof({ networkId, chainId, owner }));
    const register = { type: 'register', proof, endpoint: `https://${name}.example` } as const;
    this.do(this.ownerName(name), this.provider(name), register, stakeNlux);
  }

  serve(name: string): void {
    const message = { type: 'serve', profileHash: this.profileHash, modelId: MODEL_ID } as const;
    this.do(this.ownerName(name), this.provider(name), message);
  }

  /** Checks every safety invariant after each block from now on in which something happened. */
  keepSound(): this {
    this.#supply = this.supply();
    return this;
  }

  override block(...orders: readonly Order[]): readonly Receipt[] {
    const receipts = super.block(...orders);
    const isQuiet = receipts.length === 0 && (this.lastBegin?.timers.length ?? 0) === 0;
    if (this.#supply !== undefined && !isQuiet) expectSound(this, this.#supply, this.profile);
    return receipts;
  }

  /** All in one block, and none refused. */
  doAll(orders: readonly Order[]): void {
    for (const { outcome } of this.block(...orders)) {
      if (outcome.type === 'refused') throw new Error(JSON.stringify(outcome.refusal));
    }
  }

  /** Everything in place, and an epoch boundary passed so that all are eligible. */
  open(stakeOf: (name: string) => bigint = () => this.parameters.minimumStakeNlux): this {
    this.registerModel();
    for (const name of this.providers) {
      this.registerProvider(name, stakeOf(name));
      this.serve(name);
    }
    this.nextEpoch();
    return this;
  }

  nextEpoch(): void {
    const { epochBlocks } = this.parameters;
    this.advanceTo((this.height / epochBlocks + 1n) * epochBlocks);
  }

  slotOf(provider: string, requestIdHex = ZERO_HASH): string {
    const input = inputHash({ profileHash: this.profileHash, payloadHash: PAYLOAD_HASH });
    const task = taskKey({ networkId, chainId, modelId: MODEL_ID, inputHash: input });
    return attestationSlot({
      provider: this.address(provider),
      taskKey: task,
      requestId: requestIdHex,
    });
  }

  attestation(provider: string, requestIdHex = ZERO_HASH): ActorId<'attestation'> {
    return actorId('attestation', this.slotOf(provider, requestIdHex));
  }

  /** Both trees of an output, as its author would make them. */
  committed(name: string, output: Uint8Array, evidence?: readonly Uint8Array[]) {
    const { comparator } = this.specification;
    const shown = evidence ?? this.evidence.get(output);
    return commitOutput({
      author: this.address(name),
      comparator,
      output,
      chunkBytes: 16_384,
      ...(shown === undefined ? {} : { evidence: shown }),
    });
  }

  /** A signed claim that the output came out; fields may be replaced after or before signing. */
  claim(
    provider: string,
    output: Uint8Array,
    change: Partial<Messages['attestation'] & { type: 'attest' }> = {},
  ): Extract<Messages['attestation'], { type: 'attest' }> {
    const author = this.address(provider);
    const { outputHash, evidenceRoot } = this.committed(provider, output);
    const claim = {
      type: 'attest',
      provider: author,
      modelId: MODEL_ID,
      profileHash: this.profileHash,
      payloadHash: PAYLOAD_HASH,
      outputHash,
      evidenceRoot,
      requestId: ZERO_HASH,
      timestamp: this.time,
      teeReport: new Uint8Array(),
      ...change,
    } as const;
    const input = inputHash(claim);
    const binding = bindingDigest({ ...claim, networkId, chainId, inputHash: input });
    const id = attestationId({ bindingDigest: binding, teeReport: claim.teeReport });
    return { signature: this.sign(provider, id), ...claim };
  }

  attest(provider: string, output: Uint8Array, requestIdHex = ZERO_HASH): void {
    const claim = this.claim(provider, output, { requestId: requestIdHex });
    this.do(provider, this.attestation(provider, requestIdHex), claim);
  }

  requestOf(nonce: bigint, requester = 'consumer'): string {
    return requestId({ networkId, chainId, requester: this.address(requester), nonce });
  }

  requestMessage(provider: string, nonce: bigint, declaredValueNlux: bigint) {
    return {
      type: 'open',
      nonce,
      provider: this.address(provider),
      modelId: MODEL_ID,
      profileHash: this.profileHash,
      payloadHash: PAYLOAD_HASH,
      declaredValueNlux,
      enforceable: true,
      expiresAt: this.height + 20n,
    } as const;
  }

  ask(provider: string, feeNlux: bigint, nonce = 0n, declaredValueNlux = 0n): string {
    const id = this.requestOf(nonce);
    const message = this.requestMessage(provider, nonce, declaredValueNlux);
    this.do('consumer', actorId('request', id), message, feeNlux);
    return id;
  }

  challengeOf(first: string, second: string): ActorId<'challenge'> {
    const idOf = (name: string) =>
      this.actor(this.attestation(name))?.context.attestationId ?? ZERO_HASH;
    return actorId(
      'challenge',
      challengeId({ networkId, chainId, first: idOf(first), second: idOf(second) }),
    );
  }

  challengeMessage(first: string, second: string) {
    return {
      type: 'open',
      first: this.slotOf(first),
      second: this.slotOf(second),
      firstProvider: this.address(first),
      secondProvider: this.address(second),
      modelId: MODEL_ID,
      profileHash: this.profileHash,
      named: [] as readonly number[],
    } as const;
  }

  challenge(first: string, second: string, challenger = 'challenger'): ActorId<'challenge'> {
    const id = this.challengeOf(first, second);
    const bond = bondOf(this.parameters.dispute, RERUN_FEE);
    this.do(challenger, id, this.challengeMessage(first, second), bond);
    return id;
  }

  context(id: ActorId<'challenge'>) {
    const record = this.actor(id);
    if (record === undefined) throw new Error('no such challenge');
    return record.context;
  }

  /** Runs the chain until the deadline of the present window, so that its timer has run. */
  pass(id: ActorId<'challenge'>): void {
    this.advanceTo(this.context(id).deadline);
  }

  publish(id: ActorId<'challenge'>, from = 'anyone'): void {
    this.do(from, id, { type: 'publish', payload: PAYLOAD });
  }

  /** The beacon round that seeds the panel in hand. */
  seedRound(id: ActorId<'challenge'>): bigint {
    return seedRoundOf(this.context(id));
  }

  /** Brings the round that seeds the panel and draws it. */
  seed(id: ActorId<'challenge'>): void {
    this.submitRound(this.seedRound(id));
    this.do('anyone', id, { type: 'submitSeed' });
  }

  /** The provider in the seat, by name. */
  seatName(id: ActorId<'challenge'>, at = -1): string {
    const address = this.context(id).seats.at(at)?.provider;
    const name = this.providers.find((each) => this.address(each) === address);
    if (name === undefined) throw new Error('nobody sits there');
    return name;
  }

  rerun(id: ActorId<'challenge'>, name: string, output: Uint8Array, seat = 0) {
    const author = this.address(name);
    const { outputHash, evidenceRoot } = this.committed(name, output);
    const shown = { outputHash, evidenceRoot, salt: sha256Hex(utf8(`salt of ${name}`)) };
    const { round } = this.context(id);
    const challengeIdHex = id.slice('challenge:'.length);
    const commitment = rerunCommit({
      challengeId: challengeIdHex,
      round,
      seat,
      member: author,
      ...shown,
    });
    return { commitment, shown };
  }

  commit(id: ActorId<'challenge'>, name: string, output: Uint8Array, seat = 0): void {
    const { commitment } = this.rerun(id, name, output, seat);
    this.do(name, id, { type: 'commit', seat, commitment });
  }

  reveal(id: ActorId<'challenge'>, name: string, output: Uint8Array, seat = 0): void {
    this.do(name, id, { type: 'reveal', seat, ...this.rerun(id, name, output, seat).shown });
  }

  /** Brings the round that names the chunks, if it is not there. */
  nameChunks(id: ActorId<'challenge'>): void {
    const { chunkRound } = this.context(id);
    if (this.entry(beaconRounds, BEACON, u64Key(chunkRound)) === undefined) {
      this.submitRound(chunkRound);
    }
  }

  /** A round that some open challenge waits for, that is due, and that the chain has not got. */
  nextRoundDue(): bigint | undefined {
    const source = this.actor(BEACON)?.context.source;
    if (source === undefined) return undefined;
    const wanted = (this.all('challenge') as readonly RecordOf<'challenge'>[]).flatMap(
      ({ state, context }) => {
        if (state === 'awaitSeed') return [seedRoundOf(context)];
        return state === 'reveal' ? [context.chunkRound] : [];
      },
    );
    return wanted.find(
      (round) =>
        timeOfRound(source, round) <= this.time &&
        this.entry(beaconRounds, BEACON, u64Key(round)) === undefined,
    );
  }

  chunkMessages(id: ActorId<'challenge'>, name: string, output: Uint8Array) {
    const context = this.context(id);
    const { chunkRound } = context;
    const beacon = this.entry(beaconRounds, BEACON, u64Key(chunkRound))?.randomness ?? '';
    return openDrawnChunks({
      challenge: id,
      context,
      output: this.committed(name, output),
      beacon,
    });
  }

  openChunks(id: ActorId<'challenge'>, name: string, output: Uint8Array): void {
    this.nameChunks(id);
    for (const message of this.chunkMessages(id, name, output)) this.do(name, id, message);
  }

  /** A challenge between any two attestations, played up to the last window. */
  disputeAttestations(
    first: ActorId<'attestation'>,
    second: ActorId<'attestation'>,
    answer: Uint8Array,
  ): ActorId<'challenge'> {
    const [a, b] = [first, second].map((each) => {
      const context = this.actor(each)?.context;
      if (context === undefined) throw new Error(`${each} does not exist`);
      return { slot: each.slice('attestation:'.length), context };
    }) as [Challenged, Challenged];
    const { receiver: id, message } = prepareChallenge({ networkId, chainId }, a, b);
    this.do('challenger', id, message, bondOf(this.parameters.dispute, RERUN_FEE));
    return this.playOut(id, answer);
  }

  /** Everything up to the last window, with the seat's answer and both defendants' chunks. */
  dispute(first: string, second: string, answer: Uint8Array): ActorId<'challenge'> {
    return this.playOut(this.challenge(first, second), answer);
  }

  /** From the opening to the reveal: the seat answers, and opens its chunks. */
  playOut(id: ActorId<'challenge'>, answer: Uint8Array): ActorId<'challenge'> {
    this.publish(id);
    this.pass(id);
    this.seed(id);
    const seat = this.seatName(id);
    this.commit(id, seat, answer);
    this.pass(id);
    this.reveal(id, seat, answer);
    this.openChunks(id, seat, answer);
    return id;
  }
}
