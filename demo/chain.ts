import { buildTransaction } from '../src/client/transaction.ts';
import { fromHex, keypairFromSeed, type Keypair } from '../src/codec/index.ts';
import { loadSecp256k1 } from '../src/codec/node.ts';
import { chainIdOf, presetGenesis, type Genesis } from '../src/genesis/index.ts';
import { ACTOR_KINDS, actorId, BEACON } from '../src/machines/kit/address.ts';
import type { ActorId, ActorKind } from '../src/machines/kit/address.ts';
import type { Messages } from '../src/machines/messages.ts';
import { devRandomness, timeOfRound } from '../src/machines/beacon/rounds.ts';
import type { Receipt } from '../src/actors/receipt.ts';
import type { RecordOf } from '../src/actors/record.ts';
import { openAivm, type EmbeddedAivm } from '../src/runtime/open.ts';
import type { QueryAnswer } from '../src/runtime/ledger/query.ts';
import type { Failure, Result } from '../src/codec/failure.ts';

const GAS_LIMIT = 3_000_000n;
const GAS_PRICE_NLUX = 1n;
const EXPIRY_BLOCKS = 20n;
const BLOCK_SECONDS = 1n;
const PROPOSER = 'aa'.repeat(20);

const engine = loadSecp256k1();

/** The demo has nobody to hand a failure to: it says what failed and ends. */
const must = <T>(result: Result<T, Failure>): T => {
  if (result.ok) return result.value;
  const { code, message, details } = result.failure;
  throw new Error(`${code}: ${message} ${JSON.stringify(details)}`);
};

/** One step of the story: who sends what to whom, with how much. */
export interface Order {
  readonly from: string;
  readonly to: ActorId;
  readonly message: Messages[ActorKind];
  readonly value: bigint;
}

export const order = <K extends ActorKind>(
  from: string,
  to: ActorId<K>,
  message: Messages[K],
  value = 0n,
): Order => ({ from, to, message, value });

/** Whose keys there are. Only the funded have an account; the others sign attestations. */
export interface Cast {
  readonly funded: readonly string[];
  readonly unfunded: readonly string[];
  readonly allocationNlux: bigint;
}

/** A durable chain in this process, its people by name, and a clock that runs with its blocks. */
export class DemoChain {
  readonly genesis: Genesis;
  readonly networkId: number;
  readonly chainId: string;
  readonly #path: string | undefined;
  readonly #keys = new Map<string, Keypair>();
  #aivm: EmbeddedAivm;

  /** Without a path the chain lives in memory, and cannot be reopened. */
  constructor(path: string | undefined, cast: Cast) {
    this.#path = path;
    for (const name of [...cast.funded, ...cast.unfunded])
      this.#keys.set(name, keypairFromSeed(`aivm/demo/${name}`));
    this.genesis = presetGenesis('local', {
      allocations: cast.funded.map((name) => ({
        address: this.key(name).address,
        amountNlux: cast.allocationNlux,
      })),
    });
    this.networkId = this.genesis.networkId;
    this.chainId = chainIdOf(this.genesis);
    this.#aivm = this.#open();
  }

  #open(): EmbeddedAivm {
    return must(openAivm({ genesis: this.genesis, path: this.#path }));
  }

  close(): void {
    this.#aivm.close();
  }

  /** Ends the process's use of the database and begins a new one, as a restart would. */
  reopen(): void {
    this.close();
    this.#aivm = this.#open();
  }

  key(name: string): Keypair {
    const key = this.#keys.get(name);
    if (key === undefined) throw new Error(`nobody is called ${name}`);
    return key;
  }

  account(name: string): ActorId<'account'> {
    return actorId('account', this.key(name).address);
  }

  provider(name: string): ActorId<'provider'> {
    return actorId('provider', this.key(name).address);
  }

  tip() {
    return must(this.#aivm.tip());
  }

  /** A committed block as it travels, and what was found after it. */
  committed(height: bigint) {
    const bytes = must(this.#aivm.blockBytes(height));
    const block = must(this.#aivm.block(height));
    if (bytes === undefined || block === undefined) throw new Error(`no block ${height}`);
    return { bytes, root: block.root, activity: block.activity };
  }

  parameters() {
    return must(this.#aivm.parameters()).current;
  }

  supply() {
    return must(this.#aivm.supply());
  }

  query(request: Parameters<EmbeddedAivm['query']>[0]): QueryAnswer {
    return must(this.#aivm.query(request));
  }

  actor<K extends ActorKind>(id: ActorId<K>): RecordOf<K> | undefined {
    return this.query({ actor: id }).decoded as RecordOf<K> | undefined;
  }

  /** The record of an actor that must be there. */
  existing<K extends ActorKind>(id: ActorId<K>): RecordOf<K> {
    const record = this.actor(id);
    if (record === undefined) throw new Error(`${id} does not exist`);
    return record;
  }

  /** Every actor of every kind with what it holds, those with nothing left out. */
  balances(): readonly { readonly id: ActorId; readonly balance: bigint }[] {
    return (Object.keys(ACTOR_KINDS) as ActorKind[]).flatMap((kind) => {
      const found: { id: ActorId; balance: bigint }[] = [];
      let from: string | undefined;
      do {
        const page = must(this.#aivm.list({ kind, from }));
        for (const { id, record } of page.items) {
          found.push({ id: id as ActorId, balance: (record as RecordOf<ActorKind>).balance });
        }
        from = page.next;
      } while (from !== undefined);
      return found.filter(({ balance }) => balance > 0n);
    });
  }

  #sign({ from, to, message, value }: Order, sentBefore: bigint): Uint8Array {
    const nonce = (this.actor(this.account(from))?.context.nonce ?? 0n) + sentBefore;
    const built = buildTransaction({
      networkId: this.networkId,
      chainId: this.chainId,
      nonce,
      expiry: this.tip().height + EXPIRY_BLOCKS,
      gasLimit: GAS_LIMIT,
      gasPriceNlux: GAS_PRICE_NLUX,
      receiver: to,
      valueNlux: value,
      message,
      privateKey: this.key(from).privateKey,
      engine,
    });
    return must(built).bytes;
  }

  #commit(transactions: readonly Uint8Array[]): readonly Receipt[] {
    const { blockId: parent, time } = this.tip();
    const next = { time: time + BLOCK_SECONDS, proposer: PROPOSER, transactions };
    const built = must(this.#aivm.buildBlock(next));
    const [left] = built.leftOut;
    if (left !== undefined) throw new Error(`left out: ${JSON.stringify(left)}`);
    const executed = must(this.#aivm.execute(parent, built.bytes));
    must(this.#aivm.commit(executed.blockId));
    return executed.receipts.map(({ receipt }) => receipt);
  }

  /** Builds, executes and commits one block; every transaction in it must be applied. */
  block(...orders: readonly Order[]): readonly Receipt[] {
    const sent = new Map<string, bigint>();
    const transactions = orders.map((each) => {
      const before = sent.get(each.from) ?? 0n;
      sent.set(each.from, before + 1n);
      return this.#sign(each, before);
    });
    const receipts = this.#commit(transactions);
    for (const { outcome } of receipts) {
      if (outcome.type === 'refused') throw new Error(JSON.stringify(outcome.refusal));
    }
    return receipts;
  }

  /** A block with one order that the chain is expected to refuse: its code, if it does. */
  refusal(each: Order): string | undefined {
    const [receipt] = this.#commit([this.#sign(each, 0n)]);
    return receipt?.outcome.type === 'refused' ? receipt.outcome.refusal.code : undefined;
  }

  advanceTo(height: bigint): void {
    while (this.tip().height < height) this.block();
  }

  /** The message that brings a round of the dev beacon, once blocks have made it due. */
  roundWhenDue(from: string, round: bigint): Order {
    const { source } = this.existing(BEACON).context;
    while (this.tip().time + BLOCK_SECONDS < timeOfRound(source, round)) this.block();
    const proof = fromHex(devRandomness(this.chainId, round));
    return order(from, BEACON, { type: 'submitRound', round, proof });
  }
}
