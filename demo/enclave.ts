import { prepareAttestation, type PreparedAttestation } from '../src/client/attestation.ts';
import { modelActor, profileActor, profileHashOf } from '../src/client/names.ts';
import { fromHex } from '../src/codec/index.ts';
import { LOCAL_TEE_SEED } from '../src/genesis/index.ts';
import { keyOf } from '../src/machines/kit/address.ts';
import type { ProfileSpecification } from '../src/machines/profile/record.ts';
import { profileMeasurement } from '../src/machines/tee/measurement.ts';
import { createTestWorld, makeWorldQuote } from '../src/tee/generator/index.ts';
import type { TdMeasurement } from '../src/tee/index.ts';
import { HONEST, LUX, OWNER_OF } from './cast.ts';
import { order, type DemoChain, type Order } from './chain.ts';
import { answer, sealed, type Question } from './inference.ts';
import type { EmbeddingModel } from './model/index.ts';
import type { Weights } from './story.ts';

/** A made-up processor below the root of the `local` preset: `TEST_ROOT_WARNING` says the rest. */
const MACHINE = createTestWorld(LOCAL_TEE_SEED);
const DIGEST_BYTES = 32;
/** A byte of MRTD in a quote of version 4: header, and 136 bytes of the report. */
const MRTD_BYTE = 48 + 136;

/** A trust domain whose registers are all zero, as the generator makes them. */
const register = new Uint8Array(48);
const WORKLOAD: TdMeasurement = {
  tee: 'TDX',
  mrTd: register,
  rtMr0: register,
  rtMr1: register,
  rtMr2: register,
  rtMr3: register,
  mrConfigId: register,
  mrOwner: register,
  mrOwnerConfig: register,
  xfam: 'any',
  tdAttributes: 'any',
};

/** What a provider would attest, and makes a report for first. */
type Claim = Omit<Parameters<typeof prepareAttestation>[0], 'teeReport'>;

/** A model that requires a TEE report, and a provider with a machine for it. */
export class Enclave {
  readonly chain: DemoChain;
  readonly modelId: string;
  readonly #weights: Weights;
  readonly #specification: ProfileSpecification;

  constructor(chain: DemoChain, weights: Weights) {
    this.chain = chain;
    this.#weights = weights;
    this.modelId = keyOf(modelActor({ weightHash: weights.hash, teeRequired: true }));
    this.#specification = {
      modelId: this.modelId,
      comparator: { type: 'exact' },
      precision: {
        engine: 'the same in a trust domain',
        dtype: 'f32',
        settings: '',
        decoding: 'none',
      },
      tee: {
        type: 'required',
        measurements: [profileMeasurement(WORKLOAD)],
        policy: undefined,
        enclaveKeySeconds: 0n,
      },
      rerunFeeNlux: LUX / 10n,
    };
  }

  /** Registers model and profile; the provider serves it. */
  open(): void {
    const { chain, modelId } = this;
    const { modelDepositNlux, profileDepositNlux } = chain.parameters();
    const specification = this.#specification;
    const model = {
      type: 'register',
      weightHash: this.#weights.hash,
      teeRequired: true,
      name: 'Universal Sentence Encoder Lite, in enclaves',
      version: 1n,
      architecture: 'sentence embedding',
      paramCount: this.#weights.paramCount,
      license: 'Apache-2.0',
    } as const;
    const place = modelActor({ weightHash: this.#weights.hash, teeRequired: true });
    const profile = profileActor(specification);
    const profileHash = profileHashOf(specification);
    chain.block(
      order('model owner', place, model, modelDepositNlux),
      order('profile creator', profile, { type: 'register', specification }, profileDepositNlux),
    );
    const serve = { type: 'serve', profileHash, modelId } as const;
    chain.block(order(OWNER_OF(HONEST), chain.provider(HONEST), serve));
  }

  /** Runs the model; everything of the attestation but its report. */
  async claim(model: EmbeddingModel, question: Question): Promise<Claim> {
    const { chain } = this;
    const author = chain.key(HONEST).address;
    const output = sealed(author, await answer(model, question), chain.parameters().chunkBytes);
    return {
      networkId: chain.networkId,
      chainId: chain.chainId,
      provider: author,
      modelId: this.modelId,
      profileHash: profileHashOf(this.#specification),
      payloadHash: question.payloadHash,
      outputHash: output.outputHash,
      evidenceRoot: output.evidenceRoot,
      timestamp: chain.tip().time,
      providerKey: chain.key(HONEST).privateKey,
    };
  }

  #prepare(claim: Claim, teeReport?: Uint8Array): PreparedAttestation {
    const prepared = prepareAttestation({ ...claim, teeReport });
    if (!prepared.ok) throw new Error(prepared.failure.message);
    return prepared.value;
  }

  /** The machine reports the digest of the claim: what the report is bound to. */
  #report(claim: Claim): Uint8Array {
    const reportData = new Uint8Array(2 * DIGEST_BYTES);
    reportData.set(fromHex(this.#prepare(claim).bindingDigest));
    return makeWorldQuote(MACHINE, { reportData });
  }

  #order(claim: Claim, teeReport: Uint8Array): Order {
    const { receiver, message } = this.#prepare(claim, teeReport);
    return order(OWNER_OF(HONEST), receiver, message);
  }

  /** With another measurement written into the report: the code of the refusal. */
  attestTampered(claim: Claim): string | undefined {
    const report = this.#report(claim);
    report[MRTD_BYTE] = (report[MRTD_BYTE] ?? 0) ^ 1;
    return this.chain.refusal(this.#order(claim, report));
  }

  /** With the report as it was made: how the chain marks the attestation. */
  attest(claim: Claim): string {
    const { receiver } = this.#prepare(claim);
    this.chain.block(this.#order(claim, this.#report(claim)));
    return this.chain.existing(receiver).context.tee;
  }
}
