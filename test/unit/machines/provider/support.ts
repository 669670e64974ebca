import { expect } from 'vitest';
import { encode, keypairFromSeed, providerKeyProof, sign } from '../../../../src/codec/index.ts';
import { nobleSecp256k1, recoverAddress, type Keypair } from '../../../../src/codec/index.ts';
import { verifyDrand } from '../../../../src/machines/beacon/drand.ts';
import { actorId, kindOf, keyOf, type ActorId } from '../../../../src/machines/kit/index.ts';
import type { AnyMessage, Call, SendEffect } from '../../../../src/machines/kit/index.ts';
import { provider } from '../../../../src/machines/provider/machine.ts';
import type { ProviderMessage } from '../../../../src/machines/provider/messages.ts';
import { initialProfile } from '../../../../src/machines/profile/record.ts';
import { activeStake } from '../../../../src/machines/provider/stake.ts';
import { opensslEngine } from '../../../../src/tee/p256/openssl.ts';
import { LUX, SHORT } from '../../../support/parameters.ts';
import { compareEngines } from '../support/xstate.ts';

const NETWORK_ID = 12_345;
const CHAIN_ID = 'c4'.repeat(32);

export const CHAIN = { networkId: NETWORK_ID, chainId: CHAIN_ID };
export const STAKE = SHORT.minimumStakeNlux;
export const MODEL_ID = '44'.repeat(32);
export const OWNER = actorId('account', '0a'.repeat(20));
export const STRANGER = actorId('account', '0b'.repeat(20));
/** Challenges that lock stake, and one that shows two answers. */
export const FIRST = actorId('challenge', 'c1'.repeat(32));
export const SECOND = actorId('challenge', 'c2'.repeat(32));
export const PROOF = actorId('challenge', 'ce'.repeat(32));

export const profileHash = (number: number): string => number.toString(16).repeat(64).slice(0, 64);
export const keyOfName = (name: string): Keypair => keypairFromSeed(`key ${name}`);

/** What a key says of its owner, at registration and at rotation. */
export const proofBy = (name: string, owner = keyOf(OWNER), chain = CHAIN): string =>
  sign(providerKeyProof({ ...chain, owner }), keyOfName(name).privateKey);

const sum = (values: readonly bigint[]): bigint => values.reduce((a, b) => a + b, 0n);

/** Any profile, active, of one model. */
const PROFILE_VIEW = {
  state: 'active',
  balance: 0n,
  context: {
    ...initialProfile,
    specification: { ...initialProfile.specification, modelId: MODEL_ID },
  },
};

/** I1 and I2: the parts of the stake are the balance, and every profile has the weight. */
const expectSound = ({ state, context, balance, profiles }: Desk): void => {
  const { freeNlux, lockedNlux, lots, debtNlux, weightNlux, served } = context;
  const parts = [freeNlux, lockedNlux, ...lots.map(({ amountNlux }) => amountNlux)];
  expect(parts.every((part) => part >= 0n)).toBe(true);
  expect(sum(parts)).toBe(balance);
  expect(debtNlux >= 0n && debtNlux <= lockedNlux).toBe(true);
  expect(weightNlux).toBe(state === 'active' ? activeStake(context) : 0n);
  const told = served.map((place) => [`profile:${place.profileHash}`, weightNlux] as const);
  expect(profiles).toEqual(new Map(told));
  expect(encode(provider.context, context).length).toBeLessThanOrEqual(provider.contextBytes);
  if (state === 'tombstoned') expect([freeNlux, debtNlux]).toEqual([0n, lockedNlux]);
};

/**
 * A provider on its own, with its balance and what the profiles know of it. After each message the
 * parts of its stake are its balance, and every profile has its weight.
 */
export class Desk {
  readonly id = actorId('provider', keyOfName('first').address);
  state = provider.compiled.initial;
  context = provider.initial;
  balance = 0n;
  height = 100n;
  parameters = SHORT;
  /** Weight by profile, as its messages have told. */
  readonly profiles = new Map<string, bigint>();
  readonly received = new Map<string, bigint>();
  /** What the last message sent, and the names of its events. */
  sent: readonly SendEffect[] = [];
  events: readonly string[] = [];
  /** What the last refusal by a guard speaks of. */
  details: Readonly<Record<string, string>> = {};

  /** What a machine is told of the world; others see the provider as it is now. */
  call(from: ActorId, value = 0n): Call {
    return {
      self: this.id,
      from,
      value,
      balance: this.balance + value,
      height: this.height,
      time: 1_800_000_000n,
      ...CHAIN,
      parameters: this.parameters,
      read: {
        actor: (id) =>
          (kindOf(id) === 'profile' ? PROFILE_VIEW : id === this.id ? this : undefined) as never,
        entry: () => undefined,
      },
      verifier: {
        recoverAddress: (digest, signature) => {
          const recovered = recoverAddress(nobleSecp256k1, digest, signature);
          return recovered.ok ? recovered.value : undefined;
        },
        verifyDrand,
        tee: { engine: opensslEngine, cache: undefined },
      },
    };
  }

  /** Sends a message; gives the code of the refusal, or nothing if the message was applied. */
  send(from: ActorId, message: ProviderMessage, value = 0n): string | undefined {
    const event = { type: message.type, message, call: this.call(from, value) };
    // XState itself has to agree with each transition, as the table is what it reads.
    compareEngines(provider as never, this.state, this.context, event as never);
    const result = provider.compiled.transition(this.state, this.context, event as never);
    if ('kind' in result) {
      this.details = result.kind === 'guard' ? result.reason.details : {};
      return result.kind === 'guard' ? result.reason.code : result.kind;
    }
    this.state = result.state;
    this.context = result.context;
    this.sent = result.effects.filter((effect) => effect.type === 'send');
    this.events = result.effects.flatMap((effect) => (effect.type === 'emit' ? effect.name : []));
    this.balance += value;
    for (const effect of this.sent) this.#deliver(effect);
    expectSound(this);
    return undefined;
  }

  #deliver({ to, message, value }: SendEffect): void {
    this.balance -= value;
    this.received.set(to, (this.received.get(to) ?? 0n) + value);
    if (kindOf(to) !== 'profile') return;
    const { type, weightNlux } = message as AnyMessage & { readonly weightNlux: bigint };
    if (this.profiles.has(to) === (type === 'join')) throw new Error(`${type} to ${to}`);
    if (type === 'leave') this.profiles.delete(to);
    else this.profiles.set(to, weightNlux);
  }

  /** As `send`, of what must be applied. */
  do(from: ActorId, message: ProviderMessage, value = 0n): void {
    const refusal = this.send(from, message, value);
    if (refusal !== undefined) throw new Error(`${message.type} refused: ${refusal}`);
  }

  /** nLUX that an actor has got. */
  got(id: ActorId): bigint {
    return this.received.get(id) ?? 0n;
  }

  serve(...profileHashes: readonly string[]): void {
    for (const hash of profileHashes) {
      this.do(OWNER, { type: 'serve', profileHash: hash, modelId: MODEL_ID });
    }
  }

  rotate(name: string, from = this.height + 1n): string | undefined {
    const key = keyOfName(name).address;
    return this.send(OWNER, { type: 'rotateKey', key, proof: proofBy(name), from });
  }

  unstake(amountNlux: bigint): void {
    this.do(OWNER, { type: 'unstake', amountNlux });
  }

  lock(challenge: ActorId<'challenge'>, amountNlux: bigint): void {
    this.do(challenge, { type: 'lock', defendant: 0, amountNlux });
  }
}

/** With five times the minimum stake, active. */
export const registered = (stakeNlux = 5n * STAKE): Desk => {
  const desk = new Desk();
  const message = { type: 'register', proof: proofBy('first'), endpoint: '' } as const;
  desk.do(OWNER, message, stakeNlux);
  return desk;
};

/** A provider in each of the states of a machine, with stake where the state has any. */
export const IN_STATE: Readonly<Record<string, () => Desk>> = {
  absent: () => new Desk(),
  inactive: () => registered(STAKE - 1n),
  active: () => registered(),
  jailed: () => {
    const desk = registered();
    const missed = { type: 'penalize', amountNlux: LUX, noShow: true, since: 0n } as const;
    desk.do(FIRST, missed);
    desk.do(FIRST, missed);
    return desk;
  },
  unbonding: () => {
    const desk = registered();
    desk.unstake(5n * STAKE);
    return desk;
  },
  exited: () => {
    const desk = registered();
    desk.unstake(5n * STAKE);
    desk.height += desk.parameters.unbondingBlocks;
    desk.do(STRANGER, { type: 'withdraw' });
    return desk;
  },
  tombstoned: () => {
    const desk = registered();
    desk.do(PROOF, { type: 'tombstone', height: 50n });
    return desk;
  },
};

export { LUX };
