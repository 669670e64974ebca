import { encode, hash, toHex, u64be } from '../../src/codec/index.ts';
import type { Keypair } from '../../src/codec/index.ts';
import { loadSecp256k1 } from '../../src/codec/node.ts';
import { recoverAddress } from '../../src/codec/index.ts';
import {
  executeBlock,
  GENESIS_ACTIVITY,
  genesisChanges,
  readActor,
  readEntry,
  type BeginReceipt,
  type ChainContext,
  type GenesisActor,
  type PreparedTransaction,
  type Receipt,
  type Refusal,
  type RecordOf,
} from '../../src/actors/index.ts';
import { REGISTRY } from '../../src/machines/registry.ts';
import { devRandomness } from '../../src/machines/beacon/rounds.ts';
import { initialBeacon } from '../../src/machines/beacon/record.ts';
import { verifyDrand } from '../../src/machines/beacon/drand.ts';
import {
  ACTOR_KINDS,
  actorId,
  BEACON,
  kindOf,
  PARAMETERS,
  u64Key,
  type ActorId,
  type ActorKind,
  type AnyMessage,
  type Collection,
} from '../../src/machines/kit/index.ts';
import type { Messages } from '../../src/machines/messages.ts';
import type { Parameters } from '../../src/machines/parameters/record.ts';
import { keyOfName } from '../../src/testing/people.ts';
import { MemoryState } from '../unit/actors/support/memory-state.ts';
import { createVerifyCache } from '../../src/tee/index.ts';
import { opensslEngine } from '../../src/tee/p256/openssl.ts';
import { LUX, SHORT } from './parameters.ts';
import { nameOfKey } from './state-keys.ts';
import { localTrustStore } from './trust.ts';

const engine = loadSecp256k1();
const BLOCK_SECONDS = 2n;
const FUNDS = 1_000_000n * LUX;

export const CHAIN: ChainContext = {
  networkId: 12_345,
  chainId: 'c4'.repeat(32),
  registry: REGISTRY,
  verifier: {
    recoverAddress: (digest, signature) => {
      const recovered = recoverAddress(engine, digest, signature);
      return recovered.ok ? recovered.value : undefined;
    },
    verifyDrand,
    tee: { engine: opensslEngine, cache: createVerifyCache() },
  },
};

interface Order {
  readonly from: string;
  readonly to: ActorId;
  readonly message: AnyMessage;
  readonly value: bigint;
  readonly gasLimit?: bigint;
}

/**
 * A chain in memory with named people. Every name is a funded account; transactions are not signed,
 * which the kernel does not see. Attestations and key proofs are signed for real.
 */
export class World {
  state: MemoryState;
  height = 0n;
  time = 1_800_000_000n;
  activity = GENESIS_ACTIVITY;
  readonly #parameters: Parameters;
  #serial = 0;
  lastBegin: BeginReceipt | undefined;

  constructor(names: readonly string[], parameters: Parameters = SHORT) {
    this.#parameters = parameters;
    const beacon = {
      ...initialBeacon,
      source: { type: 'dev', genesisTime: this.time, periodSeconds: 1n },
    } as const;
    const actors: GenesisActor[] = [
      {
        id: PARAMETERS,
        state: 'active',
        balance: 0n,
        context: {
          current: parameters,
          authority: this.key('authority').address,
          pending: undefined,
        },
      },
      { id: BEACON, state: 'running', balance: 0n, context: beacon },
      ...names.map((name) => ({
        id: this.account(name),
        state: 'open',
        balance: FUNDS,
        context: { nonce: 0n },
      })),
    ].map((actor) => ({ ...actor, state: this.#knownState(actor.id, actor.state) }));
    const trust = localTrustStore(this.time);
    this.state = new MemoryState(genesisChanges(CHAIN, [...actors, trust.actor], trust.entries));
  }

  /** Singletons have one state each, whatever it is called. */
  #knownState(id: ActorId, state: string): string {
    const { states, initial } = REGISTRY[kindOf(id)].compiled;
    return states.includes(state) ? state : initial;
  }

  key(name: string): Keypair {
    return keyOfName(name);
  }

  address(name: string): string {
    return this.key(name).address;
  }

  account(name: string): ActorId<'account'> {
    return actorId('account', this.address(name));
  }

  sign(name: string, digest: string): string {
    return engine.sign(digest, this.key(name).privateKey);
  }

  get parameters(): Parameters {
    return this.actor(PARAMETERS)?.context.current ?? this.#parameters;
  }

  actor<K extends ActorKind>(id: ActorId<K>): RecordOf<K> | undefined {
    return readActor(CHAIN, this.state, id);
  }

  entry<V>(collection: Collection<V>, owner: ActorId, key: string): V | undefined {
    return readEntry(this.state, collection, owner, key);
  }

  balance(id: ActorId): bigint {
    return this.actor(id)?.balance ?? 0n;
  }

  /** Sum over every actor: constant for ever (I1). */
  supply(): bigint {
    return (Object.keys(ACTOR_KINDS) as ActorKind[])
      .flatMap((kind) => this.all(kind))
      .reduce((sum, { balance }) => sum + balance, 0n);
  }

  all(kind: ActorKind): readonly RecordOf<ActorKind>[] {
    const prefix = `00${ACTOR_KINDS[kind].code.toString(16).padStart(2, '0')}`;
    return [...this.state.records.keys()]
      .filter((key) => key.startsWith(prefix))
      .flatMap((key) => this.actor(actorId(kind, key.slice(prefix.length)) as ActorId) ?? []);
  }

  order<K extends ActorKind>(
    from: string,
    to: ActorId<K>,
    message: Messages[K],
    value = 0n,
  ): Order {
    return { from, to, message, value };
  }

  #prepare(
    { from, to, message, value, gasLimit = 2_000_000n }: Order,
    nonceOffset: bigint,
  ): PreparedTransaction {
    const bytes = encode(REGISTRY[kindOf(to)].messages, message as never);
    this.#serial += 1;
    const nonce = (this.actor(this.account(from))?.context.nonce ?? 0n) + nonceOffset;
    return {
      id: this.#serial.toString(16).padStart(64, '0'),
      sender: this.account(from),
      message,
      sizeBytes: bytes.length + 200,
      body: {
        networkId: CHAIN.networkId,
        chainId: CHAIN.chainId,
        nonce,
        expiry: this.height + 100n,
        gasLimit,
        gasPriceNlux: 1n,
        receiver: to,
        valueNlux: value,
        message: bytes,
      },
    };
  }

  /** Blocks have no bytes here, so their ids follow from their heights. */
  blockId(height: bigint): string {
    return hash('aivm/test-block/1', u64be(height));
  }

  /** Executes one block with these orders and takes its result. */
  block(...orders: readonly Order[]): readonly Receipt[] {
    const sent = new Map<string, bigint>();
    const transactions = orders.map((order) => {
      const offset = sent.get(order.from) ?? 0n;
      sent.set(order.from, offset + 1n);
      return this.#prepare(order, offset);
    });
    this.height += 1n;
    this.time += BLOCK_SECONDS;
    const header = { height: this.height, time: this.time };
    const outcome = executeBlock({
      chain: CHAIN,
      source: this.state,
      header,
      parent: { id: this.blockId(this.height - 1n), time: this.time - BLOCK_SECONDS },
      parentActivity: this.activity,
      transactions,
    });
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
    this.state = this.state.apply(outcome.value.changes);
    this.activity = outcome.value.activity;
    this.lastBegin = outcome.value.begin;
    return outcome.value.receipts;
  }

  /** One transaction in a block of its own, which must be applied. */
  do<K extends ActorKind>(from: string, to: ActorId<K>, message: Messages[K], value = 0n): Receipt {
    const [receipt] = this.block(this.order(from, to, message, value));
    if (receipt === undefined) throw new Error('no receipt');
    if (receipt.outcome.type === 'refused') {
      throw new Error(`${message.type} refused: ${JSON.stringify(receipt.outcome.refusal)}`);
    }
    return receipt;
  }

  /** One transaction in a block of its own, which must be refused; state but for fees is equal. */
  refused<K extends ActorKind>(
    from: string,
    to: ActorId<K>,
    message: Messages[K],
    value = 0n,
  ): Refusal {
    const [receipt] = this.block(this.order(from, to, message, value));
    if (receipt?.outcome.type !== 'refused') throw new Error(`${message.type} was not refused`);
    return receipt.outcome.refusal;
  }

  advance(blocks: bigint): void {
    for (let passed = 0n; passed < blocks; passed += 1n) this.block();
  }

  advanceTo(height: bigint): void {
    if (height > this.height) this.advance(height - this.height);
  }

  /** A round of the dev beacon as a transaction. */
  roundOrder(round: bigint, from = 'anyone'): Order {
    const proof = Uint8Array.from(Buffer.from(devRandomness(CHAIN.chainId, round), 'hex'));
    return this.order(from, BEACON, { type: 'submitRound', round, proof });
  }

  /** Everything that makes this moment, to come back to it. */
  snapshot() {
    const { state, height, time, activity } = this;
    return { state, height, time, activity };
  }

  restore({ state, height, time, activity }: ReturnType<World['snapshot']>): void {
    Object.assign(this, { state, height, time, activity });
  }

  /** Actors whose records differ between this moment and another, by address in order. */
  differences(other: ReturnType<World['snapshot']>): readonly string[] {
    const keys = new Set([...this.state.records.keys(), ...other.state.records.keys()]);
    return [...keys]
      .filter((key) => {
        const [a, b] = [this.state.records.get(key), other.state.records.get(key)];
        return a === undefined || b === undefined || toHex(a) !== toHex(b);
      })
      .map(nameOfKey)
      .toSorted();
  }

  /** Brings a round of the dev beacon to the chain, waiting until it is due. */
  submitRound(round: bigint, from = 'anyone'): void {
    const known = this.actor(BEACON);
    if (known === undefined) throw new Error('no beacon');
    while (known.context.source.genesisTime + (round - 1n) > this.time + BLOCK_SECONDS) {
      this.block();
    }
    const order = this.roundOrder(round, from);
    this.do(from, BEACON, order.message as Messages['beacon']);
  }
}

export { toHex, u64Key };
