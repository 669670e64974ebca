import {
  attestationSlot,
  challengeId,
  inputHash,
  sha256Hex,
  taskKey,
  utf8,
} from '../../../../src/codec/index.ts';
import { beaconRounds } from '../../../../src/machines/beacon/record.ts';
import { actorId, BEACON, BURN, u64Key, type ActorId } from '../../../../src/machines/kit/index.ts';
import type { Parameters } from '../../../../src/machines/parameters/record.ts';
import type { StakeSet } from '../../../../src/machines/profile/record.ts';
import type { Receipt } from '../../../../src/actors/index.ts';
import { Market, MODEL_ID, PAYLOAD, ZERO_HASH } from '../../../support/market.ts';
import { LUX, SHORT } from '../../../support/parameters.ts';
import { CHAIN, type World } from '../../../support/world.ts';

/** The runtime under the constants of docs/spec: the same heights, stakes and amounts. */

const SPEC_PARAMETERS: Parameters = {
  ...SHORT,
  windowBlocks: 60n,
  unbondingBlocks: 360n,
  // One epoch for a whole trace: panels are drawn from the stakes at its beginning.
  epochBlocks: 10_000n,
  evidenceAgeBlocks: 200n,
  unjailBlocks: 6n,
  noShowWindowBlocks: 200n,
  dispute: {
    ...SHORT.dispute,
    publishBlocks: 8n,
    seedBlocks: 8n,
    commitBlocks: 8n,
    revealBlocks: 8n,
    appealBlocks: 8n,
    unsubstantiatedOncePerBlocks: 60n,
    pairPanels: [1, 3],
    auditPanels: [3],
    wrongResultBps: [500, 1_000],
    panelOwnersMultiple: 1,
  },
};

/** What the specification counts in. */
export const UNIT_NLUX: bigint = LUX / 1_000n;
export const toNlux = (units: number): bigint => BigInt(units) * UNIT_NLUX;

const STAKE_UNITS = [150_000, 110_000, 100_000, 100_000, 110_000, 101_000, 130_000];
const GENESIS_HEIGHT = 10_000n;
export const PAYLOADS = [PAYLOAD, utf8('another question')];

/** Names of the specification and who plays them here. */
export const PEOPLE = {
  challenger: 'challenger',
  appellant: 'consumer',
  reporter: 'authority',
} as const;

type Order = ReturnType<World['order']>;
const { networkId, chainId } = CHAIN;

export class SpecMarket extends Market {
  /** Fees of transactions by account: no part of the specification. */
  readonly #fees = new Map<string, bigint>();
  #start = new Map<string, bigint>();
  #supply = 0n;
  #eligible: StakeSet | undefined;

  constructor() {
    super(STAKE_UNITS.length, SPEC_PARAMETERS);
  }

  override open(): this {
    super.open((name) => toNlux(STAKE_UNITS[this.providers.indexOf(name)] ?? 0));
    if (this.height !== GENESIS_HEIGHT) throw new Error(`began at ${this.height}`);
    const accounts = [
      ...this.providers.map((name) => this.ownerName(name)),
      ...Object.values(PEOPLE),
    ];
    this.#start = new Map(accounts.map((name) => [name, this.balance(this.account(name))]));
    this.#fees.clear();
    this.#supply = this.supply();
    this.#eligible = this.actor(this.profile)?.context.live;
    return this;
  }

  override block(...orders: readonly Order[]): readonly Receipt[] {
    const receipts = super.block(...orders);
    for (const { sender, feeNlux } of receipts) {
      this.#fees.set(sender, (this.#fees.get(sender) ?? 0n) + feeNlux);
    }
    return receipts;
  }

  /** Back to the beginning of all traces. */
  restart(start: ReturnType<World['snapshot']>): void {
    this.restore(start);
    this.#fees.clear();
  }

  knowsRound(round: bigint): boolean {
    return this.entry(beaconRounds, BEACON, u64Key(round)) !== undefined;
  }

  /** Those of whom every panel of a trace is drawn. */
  get eligible(): StakeSet {
    if (this.#eligible === undefined) throw new Error('the market is not open');
    return this.#eligible;
  }

  /** What came in and went out since the beginning, but for fees. */
  gainOf(name: string): bigint {
    const account = this.account(name);
    const before = this.#start.get(name) ?? 0n;
    return this.balance(account) - before + (this.#fees.get(account) ?? 0n);
  }

  get burnedNlux(): bigint {
    return this.balance(BURN);
  }

  /** Coins that appeared or disappeared (I1). */
  get supplyChange(): bigint {
    return this.supply() - this.#supply;
  }

  nameOf(address: string): string {
    const found = this.providers.find(
      (name) => this.address(name) === address || this.address(this.ownerName(name)) === address,
    );
    if (found === undefined) throw new Error(`${address} is no provider's`);
    return found;
  }

  payloadHash(claim: number): string {
    return sha256Hex(PAYLOADS[claim] ?? new Uint8Array());
  }

  claimSlot(provider: string, claim: number): ActorId<'attestation'> {
    const input = inputHash({
      profileHash: this.profileHash,
      payloadHash: this.payloadHash(claim),
    });
    const task = taskKey({ networkId, chainId, modelId: MODEL_ID, inputHash: input });
    const of = { provider: this.address(provider), taskKey: task, requestId: ZERO_HASH };
    return actorId('attestation', attestationSlot(of));
  }

  attestationAt(provider: string, claim: number) {
    const id = this.claimSlot(provider, claim);
    const record = this.actor(id);
    if (record === undefined) throw new Error(`${provider} has not attested claim ${claim}`);
    return { slot: id.slice('attestation:'.length), context: record.context };
  }

  challengeAbout(parties: readonly (readonly [string, number])[]): ActorId<'challenge'> {
    const [first = '', second] = parties.map(
      ([provider, claim]) => this.attestationAt(provider, claim).context.attestationId,
    );
    return actorId('challenge', challengeId({ networkId, chainId, first, second }));
  }
}
