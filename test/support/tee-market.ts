import {
  attestationId,
  attestationSlot,
  bindingDigest,
  enclaveKeyBinding,
  evidenceTree,
  fromHex,
  inputHash,
  modelId,
  outputTree,
  sha256Hex,
  splitChunks,
  taskKey,
  utf8,
} from '../../src/codec/index.ts';
import { documentsOf, LOCAL_TEE_SEED } from '../../src/genesis/trust.ts';
import { actorId, TRUST_STORE, type ActorId } from '../../src/machines/kit/index.ts';
import type { Messages } from '../../src/machines/messages.ts';
import type { Parameters } from '../../src/machines/parameters/record.ts';
import type { ProfileSpecification } from '../../src/machines/profile/record.ts';
import { profileMeasurement } from '../../src/machines/tee/measurement.ts';
import type { ProfileMeasurement } from '../../src/machines/tee/measurement.ts';
import { enclaveKeys } from '../../src/machines/provider/enclave-keys.ts';
import type { CollateralDocument } from '../../src/machines/trust-store/messages.ts';
import { createTestWorld, makeWorldQuote } from '../../src/tee/generator/index.ts';
import type { TestWorld, WorldOptions, WorldQuoteOptions } from '../../src/tee/generator/index.ts';
import { measurementOf, parseQuote } from '../../src/tee/index.ts';
import type { QuoteFacts } from '../../src/tee/index.ts';
import { Market, PAYLOAD_HASH, ZERO_HASH } from './market.ts';
import { CHAIN } from './world.ts';

const { networkId, chainId } = CHAIN;
const WEIGHTS = sha256Hex(utf8('weights that only an enclave may run'));

export type AttestMessage = Extract<Messages['attestation'], { type: 'attest' }>;

/** The hierarchy of the `local` preset, or another one below its root with something changed. */
export const localWorld = (options: WorldOptions = {}): TestWorld =>
  createTestWorld(LOCAL_TEE_SEED, options);

/** The exact measurements of a quote, as a profile accepts them. */
export const measured = (quote: Uint8Array): ProfileMeasurement => {
  const parsed = parseQuote(quote);
  if (!parsed.ok) throw new Error(parsed.failure.code);
  return profileMeasurement(measurementOf({ report: parsed.value.body } as QuoteFacts));
};

/** 64 bytes of REPORTDATA: the digest, then zeros. */
export const reportDataOf = (digest: string): Uint8Array => fromHex(digest + '00'.repeat(32));

export const LOCAL = localWorld();
export const TEE_MODEL_ID = modelId({ weightHash: WEIGHTS, teeRequired: true });

export interface TeeTermsOfProfile {
  readonly measurements?: readonly ProfileMeasurement[];
  readonly policy?: Parameters['tee']['policy'];
  readonly enclaveKeySeconds?: bigint;
}

const specificationOf = (terms: TeeTermsOfProfile): ProfileSpecification => ({
  modelId: TEE_MODEL_ID,
  comparator: { type: 'exact' },
  precision: { engine: 'reference', dtype: 'f32', settings: '', decoding: 'none' },
  tee: {
    type: 'required',
    measurements: terms.measurements ?? [measured(makeWorldQuote(LOCAL))],
    policy: terms.policy,
    enclaveKeySeconds: terms.enclaveKeySeconds ?? 600n,
  },
  rerunFeeNlux: 100_000_000n,
});

/** A world with a model that requires a TEE, under the root of the `local` preset. */
export class TeeMarket extends Market {
  constructor(terms: TeeTermsOfProfile = {}, parameters?: Parameters) {
    super(2, parameters, specificationOf(terms));
  }

  override registerModel(): void {
    const { modelDepositNlux, profileDepositNlux } = this.parameters;
    const model = {
      type: 'register',
      weightHash: WEIGHTS,
      teeRequired: true,
      name: 'a model for enclaves',
      version: 1n,
      architecture: 'transformer',
      paramCount: 7n,
      license: 'Apache-2.0',
    } as const;
    this.do('modelOwner', actorId('model', TEE_MODEL_ID), model, modelDepositNlux);
    const register = { type: 'register', specification: this.specification } as const;
    this.do('creator', this.profile, register, profileDepositNlux);
  }

  override serve(name: string): void {
    const { profileHash: served } = this;
    const message = { type: 'serve', profileHash: served, modelId: TEE_MODEL_ID } as const;
    this.do(this.ownerName(name), this.provider(name), message);
  }

  /** A claim without report and signature, and the digest that a report has to carry. */
  unsigned(provider: string, output: Uint8Array) {
    const chunks = splitChunks(output, 16_384);
    const author = this.address(provider);
    const claim = {
      type: 'attest',
      provider: author,
      modelId: TEE_MODEL_ID,
      profileHash: this.profileHash,
      payloadHash: PAYLOAD_HASH,
      outputHash: outputTree(chunks).root,
      evidenceRoot: evidenceTree(author, chunks).root,
      requestId: ZERO_HASH,
      timestamp: this.time,
    } as const;
    const input = inputHash(claim);
    const task = taskKey({ networkId, chainId, modelId: TEE_MODEL_ID, inputHash: input });
    const slot = attestationSlot({ provider: author, taskKey: task, requestId: ZERO_HASH });
    const digest = bindingDigest({ ...claim, networkId, chainId, inputHash: input });
    return { claim, digest, to: actorId('attestation', slot) };
  }

  /** A signed claim with a report over its digest; `signer` names the key that signs. */
  teeClaim(
    provider: string,
    output: Uint8Array,
    reportOf: (digest: string) => Uint8Array,
    signer = provider,
  ): { readonly to: ActorId<'attestation'>; readonly message: AttestMessage } {
    const { claim, digest, to } = this.unsigned(provider, output);
    const teeReport = reportOf(digest);
    const signature = this.sign(signer, attestationId({ bindingDigest: digest, teeReport }));
    return { to, message: { ...claim, teeReport, signature } };
  }

  /** A quote of a platform over a digest. */
  quote(digest: string, options: WorldQuoteOptions = {}, world: TestWorld = LOCAL): Uint8Array {
    return makeWorldQuote(world, { reportData: reportDataOf(digest), ...options });
  }

  attestWithReport(provider: string, output: Uint8Array): ActorId<'attestation'> {
    const { to, message } = this.teeClaim(provider, output, (digest) => this.quote(digest));
    this.do(provider, to, message);
    return to;
  }

  enrolment(
    provider: string,
    key: string,
    change: { readonly refHeight?: bigint; readonly blockId?: string } = {},
    quoteOf: (digest: string) => Uint8Array = (digest) => this.quote(digest),
  ): Extract<Messages['provider'], { type: 'enrolEnclaveKey' }> {
    const refHeight = change.refHeight ?? this.height;
    const { publicKey } = this.key(key);
    const digest = enclaveKeyBinding({
      networkId,
      chainId,
      provider: this.address(provider),
      publicKey,
      refHeight,
      blockId: change.blockId ?? this.blockId(refHeight),
    });
    const quote = quoteOf(digest);
    return { type: 'enrolEnclaveKey', profileHash: this.profileHash, publicKey, refHeight, quote };
  }

  enrol(provider: string, key: string): void {
    const message = this.enrolment(provider, key);
    this.do(this.ownerName(provider), this.provider(provider), message);
  }

  enclaveKey(provider: string, key: string) {
    return this.entry(enclaveKeys, this.provider(provider), this.address(key));
  }

  upsert(document: CollateralDocument, from = 'anyone') {
    return this.do(from, TRUST_STORE, { type: 'upsertCollateral', document });
  }

  upsertRefused(document: CollateralDocument) {
    return this.refused('anyone', TRUST_STORE, { type: 'upsertCollateral', document });
  }
}

/** One document of a world's collateral. */
export const documentOf = <T extends CollateralDocument['type']>(
  world: TestWorld,
  type: T,
): Extract<CollateralDocument, { type: T }> => {
  const found = documentsOf(world.collateral).find((document) => document.type === type);
  if (found === undefined) throw new Error(`no document ${type}`);
  return found as Extract<CollateralDocument, { type: T }>;
};
