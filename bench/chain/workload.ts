import { prepareAttestation } from '../../src/client/attestation.ts';
import { buildTransaction } from '../../src/client/transaction.ts';
import {
  hash,
  requestId,
  transactionsRoot,
  txId,
  u32be,
  type Keypair,
} from '../../src/codec/index.ts';
import { loadSecp256k1 } from '../../src/codec/node.ts';
import { actorId, type ActorId, type ActorKind } from '../../src/machines/kit/index.ts';
import type { Messages } from '../../src/machines/messages.ts';
import { encodeBlock, idOfHeader } from '../../src/runtime/execution/block.ts';
import type { Tip } from '../../src/runtime/store/index.ts';
import { must } from './must.ts';
import { MODEL_ID, PROFILE_HASH } from './model.ts';
import { addressOfAccount, LUX, type Cast } from './people.ts';

const GAS_LIMIT = 500_000n;
const GAS_PRICE_NLUX = 1n;
const NO_EXPIRY = 1_000_000_000n;
const PROPOSER = 'aa'.repeat(20);
const BLOCK_SECONDS = 1n;
/** Above the audit deposit of the benchmark's profile, and far below the exposure cap. */
const REQUEST_FEE_NLUX = LUX / 1_000_000n;
const REQUEST_BLOCKS = 20n;

export const engine = loadSecp256k1();

export interface Order<K extends ActorKind = ActorKind> {
  readonly from: Keypair;
  readonly to: ActorId<K>;
  readonly message: Messages[K];
  readonly valueNlux?: bigint;
}

/** What a block has to know of the one before. */
type Previous = Pick<Tip, 'height' | 'blockId' | 'time'>;

/**
 * Signed blocks, the same for the same seed. Blocks hold no root, so they are made without being
 * executed: whoever runs them has seen none of their signatures.
 */
export class Workload {
  readonly #cast: Cast;
  readonly #accounts: number;
  readonly #nonces = new Map<string, bigint>();
  #random: number;
  #made = 0;
  #turn = 0;

  /** `accounts` are those of the state that transfers go to. */
  constructor(cast: Cast, accounts: number, seed = 1) {
    this.#cast = cast;
    this.#accounts = accounts;
    this.#random = seed;
  }

  /** A number below a limit, by xorshift32 (Marsaglia, 2003). */
  #below(limit: number): number {
    this.#random ^= this.#random << 13;
    this.#random ^= this.#random >>> 17;
    this.#random ^= this.#random << 5;
    return (this.#random >>> 0) % limit;
  }

  /** 32 bytes that nothing else here has, hex. */
  #fresh(): string {
    this.#made += 1;
    return hash('aivm/bench-item/1', u32be(this.#made));
  }

  #nextNonce({ address }: Keypair): bigint {
    const nonce = this.#nonces.get(address) ?? 0n;
    this.#nonces.set(address, nonce + 1n);
    return nonce;
  }

  sign<K extends ActorKind>({ from, to, message, valueNlux = 0n }: Order<K>): Uint8Array {
    const built = buildTransaction<K>({
      ...this.#cast.chain,
      nonce: this.#nextNonce(from),
      expiry: NO_EXPIRY,
      gasLimit: GAS_LIMIT,
      gasPriceNlux: GAS_PRICE_NLUX,
      receiver: to,
      valueNlux,
      message,
      privateKey: from.privateKey,
      engine,
    });
    return must(built).bytes;
  }

  /** The block of these transactions that follows a block, and what the next one follows. */
  blockAfter(tip: Previous, transactions: readonly Uint8Array[]) {
    const header = {
      ...this.#cast.chain,
      height: tip.height + 1n,
      parentId: tip.blockId,
      time: tip.time + BLOCK_SECONDS,
      proposer: PROPOSER,
      transactionsRoot: transactionsRoot(transactions.map(txId)),
    };
    const { height, time } = header;
    const next: Previous = { height, time, blockId: idOfHeader(header) };
    return { bytes: encodeBlock({ header, transactions }), next };
  }

  /** The bytes of the block of these transactions that follows a block. */
  block(tip: Previous, transactions: readonly Uint8Array[]): Uint8Array {
    return this.blockAfter(tip, transactions).bytes;
  }

  /** Each from another sender to some account of the state. */
  transfers(count: number): readonly Uint8Array[] {
    const { people } = this.#cast;
    return Array.from({ length: count }, () => {
      this.#turn = (this.#turn + 1) % people.length;
      const address = addressOfAccount(this.#below(this.#accounts));
      const order: Order<'account'> = {
        from: people[this.#turn] as Keypair,
        to: actorId('account', address),
        message: { type: 'transfer' },
        valueNlux: 1n,
      };
      return this.sign(order);
    });
  }

  #provider(index: number): Keypair {
    return this.#cast.people[index] as Keypair;
  }

  #attestation(provider: Keypair, time: bigint, payloadHash: string, asked?: string): Uint8Array {
    const claim = {
      ...this.#cast.chain,
      provider: provider.address,
      modelId: MODEL_ID,
      profileHash: PROFILE_HASH,
      payloadHash,
      outputHash: this.#fresh(),
      evidenceRoot: this.#fresh(),
      requestId: asked,
      timestamp: time,
      providerKey: provider.privateKey,
      engine,
    };
    const { receiver, message } = must(prepareAttestation(claim));
    return this.sign<'attestation'>({ from: provider, to: receiver, message });
  }

  /** Of distinct payloads that nobody asked for, each by another provider, who pays for it. */
  attestations(count: number, time: bigint): readonly Uint8Array[] {
    return Array.from({ length: count }, (_, index) =>
      this.#attestation(this.#provider(index), time, this.#fresh()),
    );
  }

  /** Requests, each to another provider, and the attestations that fulfil them. */
  requests(count: number, { height, time }: Tip) {
    const pairs = Array.from({ length: count }, (_, index) => {
      const from = this.#cast.people[count + index] as Keypair;
      const provider = this.#provider(index);
      const nonce = this.#nonces.get(from.address) ?? 0n;
      const id = requestId({ ...this.#cast.chain, requester: from.address, nonce });
      const payloadHash = this.#fresh();
      const message = {
        type: 'open',
        nonce,
        provider: provider.address,
        modelId: MODEL_ID,
        profileHash: PROFILE_HASH,
        payloadHash,
        declaredValueNlux: 0n,
        enforceable: false,
        expiresAt: height + REQUEST_BLOCKS,
      } as const;
      const order: Order<'request'> = {
        from,
        to: actorId('request', id),
        message,
        valueNlux: REQUEST_FEE_NLUX,
      };
      const open = this.sign(order);
      return { open, attest: () => this.#attestation(provider, time, payloadHash, id) };
    });
    return {
      open: pairs.map(({ open }) => open),
      attest: () => pairs.map(({ attest }) => attest()),
    };
  }
}
