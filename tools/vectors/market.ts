import { prepareAttestation } from '../../src/client/attestation.ts';
import type { Challenged } from '../../src/client/challenge.ts';
import { modelActor, profileActor, profileHashOf, requestActor } from '../../src/client/names.ts';
import { commitOutput, type CommittedOutput } from '../../src/client/output.ts';
import { proveProviderKey } from '../../src/client/provider.ts';
import { loadSecp256k1 } from '../../src/codec/node.ts';
import { payloadHash, sha256Hex, utf8 } from '../../src/codec/index.ts';
import { presetGenesis, type Genesis } from '../../src/genesis/index.ts';
import { actorId, keyOf, type ActorId } from '../../src/machines/kit/index.ts';
import type { Comparator } from '../../src/machines/comparators/index.ts';
import type { ProfileSpecification } from '../../src/machines/profile/record.ts';
import { unwrap } from '../../src/runtime/index.ts';
import { ACCOUNT_FUNDS_NLUX, bootChain, keyOfName } from '../../src/testing/index.ts';
import type { Order, TestChain } from '../../src/testing/index.ts';
import type { Script } from './vector.ts';

export const LUX = 1_000_000_000n;
export const RERUN_FEE_NLUX = LUX / 10n;
/** Room for penalties above the minimum stake. */
export const STAKE_NLUX = 110n * LUX;
export const PAYLOAD = utf8('the same question for everybody');

const PEOPLE = ['anyone', 'model owner', 'creator', 'consumer', 'challenger', 'authority'];
const WEIGHT_HASH = sha256Hex(utf8('weights'));
const MODEL = modelActor({ weightHash: WEIGHT_HASH, teeRequired: false });
/** Enough owners that the last panel of a pair can sit, which a request can ask for. */
const ENFORCEABLE_OWNERS = 27;
const EXPIRY_BLOCKS = 20n;

const engine = loadSecp256k1();

const stringify = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? `${part}` : part));

export const ownerOf = (provider: string): string => `${provider} owner`;

/** An attestation on chain, and what its provider can show of it. */
export interface Given {
  readonly provider: string;
  readonly actor: ActorId<'attestation'>;
  readonly output: CommittedOutput;
  /** The output's own bytes. */
  readonly bytes: Uint8Array;
}

/**
 * A chain on the `local` preset on which providers `p0`, `p1`, … serve one profile of one model.
 * All that is done on it must be applied, and what was done is a script.
 */
export class VectorMarket {
  readonly chain: TestChain;
  readonly providers: readonly string[];
  readonly specification: ProfileSpecification;
  readonly #genesis: Genesis;

  constructor(providers: number, comparator: Comparator) {
    this.providers = Array.from({ length: providers }, (_, at) => `p${at}`);
    this.specification = {
      modelId: keyOf(MODEL),
      comparator,
      precision: { engine: 'reference', dtype: 'f32', settings: '', decoding: 'none' },
      tee: { type: 'none' },
      rerunFeeNlux: RERUN_FEE_NLUX,
    };
    this.#genesis = presetGenesis('local', {
      allocations: [...PEOPLE, ...this.providers.map(ownerOf)].map((name) => ({
        address: keyOfName(name).address,
        amountNlux: ACCOUNT_FUNDS_NLUX,
      })),
      authority: keyOfName('authority').address,
    });
    this.chain = bootChain({ genesis: this.#genesis });
  }

  /** The chain that names and signatures are for. */
  get names(): { readonly networkId: number; readonly chainId: string } {
    const { networkId, chainId } = this.chain;
    return { networkId, chainId };
  }

  get profileHash(): string {
    return profileHashOf(this.specification);
  }

  /** Everything that was done so far. */
  script(): Script {
    const { aivm, height } = this.chain;
    const heights = Array.from({ length: Number(height) }, (_, at) => BigInt(at + 1));
    const blocks = heights.map((at) => {
      const bytes = unwrap(aivm.blockBytes(at));
      if (bytes === undefined) throw new Error(`no block ${at}`);
      return bytes;
    });
    return { genesis: this.#genesis, blocks };
  }

  /** In as few blocks as hold them, all applied; who waits for gas comes first in the next. */
  doAll(orders: readonly Order[]): void {
    if (orders.length === 0) return;
    const offered = this.chain.offer(...orders);
    const refused = offered.find((one) => one.included && one.receipt.outcome.type === 'refused');
    const waiting = orders.filter((_, at) => offered[at]?.included !== true);
    if (refused !== undefined || waiting.length === orders.length) {
      throw new Error(stringify(refused ?? offered[0]));
    }
    this.doAll(waiting);
  }

  nameOf(address: string): string {
    const name = this.providers.find((one) => this.chain.address(one) === address);
    if (name === undefined) throw new Error(`${address} is no provider's`);
    return name;
  }

  providerActor(name: string): ActorId<'provider'> {
    return actorId('provider', this.chain.address(name));
  }

  /** Model, profile, providers, and an epoch after which they can be drawn. */
  open(): this {
    const { chain, specification, profileHash } = this;
    const { modelDepositNlux, profileDepositNlux, epochBlocks } = chain.parameters;
    const model = {
      type: 'register',
      weightHash: WEIGHT_HASH,
      teeRequired: false,
      name: 'a model',
      version: 1n,
      architecture: 'transformer',
      paramCount: 7n,
      license: 'Apache-2.0',
    } as const;
    chain.send('model owner', MODEL, model, modelDepositNlux);
    const profile = { type: 'register', specification } as const;
    chain.send('creator', profileActor(specification), profile, profileDepositNlux);
    this.doAll(this.providers.map((name) => this.#registration(name)));
    const serve = { type: 'serve', profileHash, modelId: specification.modelId } as const;
    this.doAll(
      this.providers.map((name) => chain.order(ownerOf(name), this.providerActor(name), serve)),
    );
    chain.advanceTo((chain.height / epochBlocks + 1n) * epochBlocks);
    return this;
  }

  #registration(name: string): Order {
    const owner = this.chain.address(ownerOf(name));
    const providerKey = this.chain.key(name).privateKey;
    const proof = unwrap(proveProviderKey({ ...this.names, owner, providerKey, engine }));
    const endpoint = `https://${name}.example`;
    const message = { type: 'register', proof, endpoint } as const;
    return this.chain.order(ownerOf(name), this.providerActor(name), message, STAKE_NLUX);
  }

  /** Both trees of an output, as its author would make them. */
  committed(author: string, output: Uint8Array): CommittedOutput {
    const { comparator } = this.specification;
    const { chunkBytes } = this.chain.parameters;
    return commitOutput({ author: this.chain.address(author), comparator, output, chunkBytes });
  }

  /** A signed claim of a provider that the output came out. */
  claim(provider: string, output: CommittedOutput, timestamp: bigint, requestId?: string) {
    const { modelId } = this.specification;
    const prepared = prepareAttestation({
      ...this.names,
      provider: output.author,
      modelId,
      profileHash: this.profileHash,
      payloadHash: payloadHash(PAYLOAD),
      outputHash: output.outputHash,
      evidenceRoot: output.evidenceRoot,
      requestId,
      timestamp,
      providerKey: this.chain.key(provider).privateKey,
      engine,
    });
    return unwrap(prepared);
  }

  attest(
    provider: string,
    bytes: Uint8Array,
    { requestId, timestamp = this.chain.time }: { requestId?: string; timestamp?: bigint } = {},
  ): Given {
    const output = this.committed(provider, bytes);
    const { receiver: actor, message } = this.claim(provider, output, timestamp, requestId);
    this.chain.send(ownerOf(provider), actor, message);
    return { provider, actor, output, bytes };
  }

  /** The consumer asks one provider and puts the fee into escrow; gives the request's id. */
  ask(provider: string, feeNlux: bigint, nonce = 0n): string {
    const requester = this.chain.address('consumer');
    const request = requestActor({ ...this.names, requester, nonce });
    const message = {
      type: 'open',
      nonce,
      provider: this.chain.address(provider),
      modelId: this.specification.modelId,
      profileHash: this.profileHash,
      payloadHash: payloadHash(PAYLOAD),
      declaredValueNlux: 0n,
      enforceable: this.providers.length >= ENFORCEABLE_OWNERS,
      expiresAt: this.chain.height + EXPIRY_BLOCKS,
    } as const;
    this.chain.send('consumer', request, message, feeNlux);
    return keyOf(request);
  }

  /** An attestation as whoever challenges it takes it. */
  challenged({ actor }: Pick<Given, 'actor'>): Challenged {
    const context = this.chain.actor(actor)?.context;
    if (context === undefined) throw new Error(`${actor} does not exist`);
    return { slot: keyOf(actor), context };
  }
}
