import { attestationActor, prepareAttestation } from '../src/client/attestation.ts';
import type { CommittedOutput } from '../src/client/output.ts';
import { modelActor, profileActor, profileHashOf, requestActor } from '../src/client/names.ts';
import { proveProviderKey } from '../src/client/provider.ts';
import { keyOf, type ActorId } from '../src/machines/kit/address.ts';
import type { ProfileSpecification } from '../src/machines/profile/record.ts';
import type { VERDICTS } from '../src/machines/attestation/record.ts';
import { verifyQuery } from '../src/runtime/index.ts';
import { LUX, OWNER_OF, PROVIDERS } from './cast.ts';
import { order, type DemoChain } from './chain.ts';
import { answer, sealed, type Question } from './inference.ts';
import type { EmbeddingModel } from './model/index.ts';

export const FEE_NLUX = LUX / 5n;
export const RERUN_FEE_NLUX = LUX / 10n;
const ENGINE = '@energetic-ai/core on WebAssembly';

export interface Weights {
  readonly hash: string;
  readonly paramCount: bigint;
}

/** The answers of one provider to the questions it was asked. */
export interface Given {
  readonly provider: string;
  readonly output: CommittedOutput;
  readonly actor: ActorId<'attestation'>;
}

/** The steps of the demo, each a few blocks; what they mean is told by who calls them. */
export class Story {
  readonly chain: DemoChain;
  readonly specification: ProfileSpecification;
  readonly modelId: string;
  readonly profileHash: string;
  readonly weights: Weights;

  constructor(chain: DemoChain, weights: Weights) {
    this.chain = chain;
    this.weights = weights;
    this.modelId = keyOf(modelActor({ weightHash: weights.hash, teeRequired: false }));
    this.specification = {
      modelId: this.modelId,
      comparator: { type: 'exact' },
      precision: {
        engine: ENGINE,
        dtype: 'f32',
        settings: 'one sentence at a time',
        decoding: 'none',
      },
      tee: { type: 'none' },
      rerunFeeNlux: RERUN_FEE_NLUX,
    };
    this.profileHash = profileHashOf(this.specification);
  }

  registerModel(): void {
    const { modelDepositNlux, profileDepositNlux } = this.chain.parameters();
    const model = modelActor({ weightHash: this.weights.hash, teeRequired: false });
    const profile = profileActor(this.specification);
    this.chain.block(
      order(
        'model owner',
        model,
        {
          type: 'register',
          weightHash: this.weights.hash,
          teeRequired: false,
          name: 'Universal Sentence Encoder Lite',
          version: 1n,
          architecture: 'sentence embedding',
          paramCount: this.weights.paramCount,
          license: 'Apache-2.0',
        },
        modelDepositNlux,
      ),
      order(
        'profile creator',
        profile,
        { type: 'register', specification: this.specification },
        profileDepositNlux,
      ),
    );
  }

  /** Every provider with the minimum stake, serving, and an epoch old enough to be drawn. */
  registerProviders(): void {
    const { chain } = this;
    const { minimumStakeNlux, epochBlocks } = chain.parameters();
    const register = PROVIDERS.map((name) => {
      const owner = chain.key(OWNER_OF(name)).address;
      const proof = proveProviderKey({
        networkId: chain.networkId,
        chainId: chain.chainId,
        owner,
        providerKey: chain.key(name).privateKey,
      });
      if (!proof.ok) throw new Error(proof.failure.message);
      const message = {
        type: 'register',
        proof: proof.value,
        endpoint: `https://${name.toLowerCase()}.example`,
      } as const;
      return order(OWNER_OF(name), chain.provider(name), message, minimumStakeNlux);
    });
    chain.block(...register);
    const serve = { type: 'serve', profileHash: this.profileHash, modelId: this.modelId } as const;
    chain.block(...PROVIDERS.map((name) => order(OWNER_OF(name), chain.provider(name), serve)));
    const { height } = chain.tip();
    chain.advanceTo((height / epochBlocks + 1n) * epochBlocks);
  }

  /** The consumer asks one provider and puts the fee into escrow. */
  openRequest(provider: string, { payloadHash }: Question): string {
    const { chain } = this;
    const request = requestActor({
      networkId: chain.networkId,
      chainId: chain.chainId,
      requester: chain.key('consumer').address,
      nonce: 1n,
    });
    const message = {
      type: 'open',
      nonce: 1n,
      provider: chain.key(provider).address,
      modelId: this.modelId,
      profileHash: this.profileHash,
      payloadHash,
      declaredValueNlux: 0n,
      enforceable: true,
      expiresAt: chain.tip().height + 20n,
    } as const;
    chain.block(order('consumer', request, message, FEE_NLUX));
    return keyOf(request);
  }

  /** Runs the model and attests what came out. */
  async attest(
    provider: string,
    model: EmbeddingModel,
    question: Question,
    requestId?: string,
  ): Promise<Given> {
    const { chain } = this;
    const author = chain.key(provider).address;
    const bytes = await answer(model, question);
    const output = sealed(author, bytes, chain.parameters().chunkBytes);
    const prepared = prepareAttestation({
      networkId: chain.networkId,
      chainId: chain.chainId,
      provider: author,
      modelId: this.modelId,
      profileHash: this.profileHash,
      payloadHash: question.payloadHash,
      outputHash: output.outputHash,
      evidenceRoot: output.evidenceRoot,
      requestId,
      timestamp: chain.tip().time,
      providerKey: chain.key(provider).privateKey,
    });
    if (!prepared.ok) throw new Error(prepared.failure.message);
    const { receiver, message } = prepared.value;
    chain.block(order(OWNER_OF(provider), receiver, message));
    return { provider, output, actor: receiver };
  }

  /** What a consumer does: look up by what it knows, and believe nothing but the root. */
  lookUp(provider: string, question: Question, requestId: string, output: CommittedOutput) {
    const { chain } = this;
    const actor = attestationActor({
      networkId: chain.networkId,
      chainId: chain.chainId,
      provider: chain.key(provider).address,
      modelId: this.modelId,
      profileHash: this.profileHash,
      payloadHash: question.payloadHash,
      requestId,
    });
    const { key, value, proof, root } = chain.query({ actor, prove: true });
    const isProved = proof !== undefined && verifyQuery({ proof, root, key, value }).ok;
    const { context } = chain.existing(actor);
    return { isProved, isSame: context.outputHash === output.outputHash, root, context };
  }

  /** Anyone pays for an attestation that exists. */
  pay(from: string, { actor }: Given): void {
    this.chain.block(order(from, actor, { type: 'pay' }, FEE_NLUX));
  }

  verdictOf({ actor }: Given): (typeof VERDICTS)[number] {
    return this.chain.existing(actor).context.verdict;
  }
}
