// Who takes part in a run of the model, and everything they sign: claims, commitments, openings.
import { createHash } from 'node:crypto';
import { commitOutput, type CommittedOutput } from '../../../src/client/index.ts';
import * as codec from '../../../src/codec/index.ts';
import { chainIdOf, type Genesis } from '../../../src/genesis/index.ts';
import { profileSpecification } from '../../../src/machines/profile/record.ts';
import { accountOf, keyOfName } from '../../../src/testing/people.ts';
import type { Message } from '../../model/chain.ts';
import type { Specification } from '../../model/specification.ts';
import { type Config, LUX, type People, peopleOf } from './config.ts';
import { ENGINE } from './node.ts';
import { Chance } from './random.ts';

/** A message that somebody wants to send, by name. */
export interface Offer {
  readonly from: string;
  readonly to: string;
  readonly message: Message;
  readonly value?: bigint;
  readonly gasLimit?: bigint;
  readonly gasPrice?: bigint;
  readonly expiry?: bigint;
}

/** What its announcer keeps of an announcement. */
interface Announced {
  readonly from: string;
  readonly challenge: string;
  readonly salt: string;
  /** What will be challenged: a pair, or one. */
  readonly slots: readonly string[];
}

/** What a provider usually answers, by number of variant; 0 is right. */
type Persona = number;

const EXACT_CHUNK = 8;
const TOKEN = 4;
const TOKENS_PER_CHUNK = 4;
const NO_REPORT = new Uint8Array(0);
export const NO_HASH = '0'.repeat(64);

const expand = (seed: string, length: number): Uint8Array => {
  const blocks: Buffer[] = [];
  for (let at = 0; blocks.length * 32 < length; at++) {
    blocks.push(createHash('sha256').update(`${seed} ${at}`).digest());
  }
  return new Uint8Array(Buffer.concat(blocks).subarray(0, length));
};

export const saltOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Names, keys, contents and signatures: everything that people keep outside of the chain. */
export class Cast {
  readonly config: Config;
  readonly people: People;
  readonly chain: { readonly networkId: number; readonly chainId: string };
  readonly personas = new Map<string, Persona>();
  readonly #names = new Map<string, string>();
  readonly #signers = new Map<string, string>();
  readonly #payloads = new Map<string, number>();
  readonly #trees = new Map<string, CommittedOutput>();
  /** What was announced under a name, as only its announcer knows. */
  readonly announced = new Map<string, Announced>();
  readonly specifications: readonly Specification[];
  readonly weightHashes: readonly string[];

  constructor(config: Config, genesis: Genesis) {
    this.config = config;
    this.people = peopleOf(config);
    this.chain = { networkId: genesis.networkId, chainId: chainIdOf(genesis) };
    const { owners, providers, others, poor } = this.people;
    for (const name of [...owners, ...providers, ...others, poor]) this.address(name);
    const chance = new Chance(config.swarm);
    const share = chance.below(50);
    for (const name of providers) {
      this.personas.set(name, chance.percent(share) ? 1 + chance.below(5) : 0);
    }
    this.weightHashes = ['weights 0', 'weights 1'].map(saltOf);
    this.specifications = this.#specificationsOf();
  }

  #specificationsOf(): readonly Specification[] {
    const modelId = this.modelIdOf(0);
    const rerunFeeNlux = (BigInt(this.config.fee) * LUX) / 1_000n;
    const precision = { engine: 'e', dtype: 'f32', settings: '', decoding: 'none' } as const;
    const exact = { type: 'exact' } as const;
    const tokens = {
      type: 'tokens',
      chunkElements: TOKENS_PER_CHUNK,
      loTokens: 1,
      hiTokens: 2,
      minFail: 1 + (this.config.swarm % 2),
    } as const;
    const tee = { type: 'none' } as const;
    const comparators = this.config.withTokens ? [exact, tokens] : [exact, exact];
    return comparators.map((comparator, at) => ({
      modelId,
      comparator,
      precision: { ...precision, settings: `${at}` },
      tee,
      rerunFeeNlux: rerunFeeNlux + BigInt(at),
    }));
  }

  modelIdOf(which: number): string {
    const weightHash = this.weightHashes[which] ?? NO_HASH;
    return codec.modelId({ weightHash, teeRequired: false });
  }

  profileHashOf(which: number): string {
    const specification = this.specifications[which];
    if (specification === undefined) return NO_HASH;
    return codec.profileHash(codec.encode(profileSpecification, specification));
  }

  get profileHashes(): readonly string[] {
    return this.specifications.map((_, at) => this.profileHashOf(at));
  }

  address(name: string): string {
    const { address } = keyOfName(name);
    this.#names.set(address, name);
    return address;
  }

  /** The name behind an address, of those that were asked for before. */
  nameOf(address: string): string | undefined {
    return this.#names.get(address);
  }

  account(name: string): string {
    this.address(name);
    return accountOf(name);
  }

  sign(name: string, digest: string): string {
    const { privateKey, address } = keyOfName(name);
    const signature = ENGINE.sign(digest, privateKey);
    this.#names.set(address, name);
    this.#signers.set(`${digest} ${signature}`, address);
    return signature;
  }

  /** Who has made this signature of this digest: nobody, unless it was made by `sign`. */
  readonly signerOf = (digest: string, signature: string): string | undefined =>
    this.#signers.get(`${digest} ${signature}`);

  keyProof(key: string, owner: string): string {
    return this.sign(key, codec.providerKeyProof({ ...this.chain, owner: this.address(owner) }));
  }

  payload(which: number): Uint8Array {
    return expand(`payload ${which}`, 10 + which);
  }

  payloadHash(which: number): string {
    const hash = codec.sha256Hex(this.payload(which));
    this.#payloads.set(hash, which);
    return hash;
  }

  /** Which payload has this hash, of those that were asked for before. */
  payloadOf(hash: string): number {
    return this.#payloads.get(hash) ?? 0;
  }

  /** The bytes of a variant of the answer to a payload. */
  output(profile: number, payload: number, variant: number): Uint8Array {
    const isTokens = this.specifications[profile]?.comparator.type === 'tokens';
    const chunks = 1 + ((payload * 5 + profile) % 12);
    const seed = `output ${profile} ${payload}`;
    return isTokens ? tokens(seed, chunks, variant) : bytes(seed, chunks, variant);
  }

  /** Both trees of an output as its author makes them; they are remembered by their root. */
  committed(author: string, profile: number, output: Uint8Array): CommittedOutput {
    const specification = this.specifications[profile];
    const made = commitOutput({
      author: this.address(author),
      output,
      chunkBytes: EXACT_CHUNK,
      ...(specification === undefined ? {} : { comparator: specification.comparator }),
    });
    this.#trees.set(made.evidenceRoot, made);
    return made;
  }

  tree(evidenceRoot: string): CommittedOutput | undefined {
    return this.#trees.get(evidenceRoot);
  }

  /** A signed claim; what is changed is changed before it is signed. */
  claim(
    of: {
      readonly provider: string;
      readonly key: string;
      readonly profile: number;
      readonly payload: number;
      readonly variant: number;
      readonly timestamp: bigint;
      readonly requestId?: string;
    },
    change: Readonly<Record<string, unknown>> = {},
  ) {
    const output = this.output(of.profile, of.payload, of.variant);
    const { outputHash, evidenceRoot } = this.committed(of.provider, of.profile, output);
    const claim = {
      provider: this.address(of.provider),
      modelId: this.modelIdOf(0),
      profileHash: this.profileHashOf(of.profile),
      payloadHash: this.payloadHash(of.payload),
      outputHash,
      evidenceRoot,
      requestId: of.requestId ?? NO_HASH,
      timestamp: of.timestamp,
      ...change,
    };
    const inputHash = codec.inputHash(claim);
    const bindingDigest = codec.bindingDigest({ ...claim, ...this.chain, inputHash });
    const id = codec.attestationId({ bindingDigest, teeReport: NO_REPORT });
    const taskKey = codec.taskKey({ ...this.chain, modelId: claim.modelId, inputHash });
    const { provider, requestId } = claim;
    const slot = codec.attestationSlot({ provider, taskKey, requestId });
    return { claim, id, slot, signature: this.sign(of.key, id), teeReport: NO_REPORT };
  }

  challengeId(first: string, second?: string): string {
    return codec.challengeId({ ...this.chain, first, second });
  }

  requestId(requester: string, nonce: bigint): string {
    return codec.requestId({ ...this.chain, requester: this.address(requester), nonce });
  }
}

/** Variants of bytes: each is another output; 3 differs in its last chunk alone. */
const bytes = (seed: string, chunks: number, variant: number): Uint8Array => {
  const length = chunks * EXACT_CHUNK - 3;
  if (variant === 0) return expand(seed, length);
  if (variant !== 3) return expand(`${seed} ${variant}`, Math.max(1, length + variant - 2));
  const right = expand(seed, length);
  return right.with(length - 1, (right.at(-1) ?? 0) ^ 1);
};

/** Variants of text: near, in between, cut off, gone on, or something else. */
const tokens = (seed: string, chunks: number, variant: number): Uint8Array => {
  const right = expand(seed, (chunks * TOKENS_PER_CHUNK - 1) * TOKEN);
  const changed = (count: number): Uint8Array => {
    const copy = right.slice();
    for (let at = 0; at < count; at++) copy[at * TOKEN] = (copy[at * TOKEN] ?? 0) ^ 1;
    return copy;
  };
  if (variant === 0) return right;
  if (variant === 1) return expand(`${seed} other`, right.length);
  if (variant === 2) return changed(1);
  if (variant === 3) return changed(2);
  if (variant === 4) return right.slice(0, Math.max(0, right.length - 6 * TOKEN));
  if (variant === 5) return new Uint8Array(Buffer.concat([right, expand('more', 3 * TOKEN)]));
  return expand(`${seed} ${variant}`, right.length);
};
