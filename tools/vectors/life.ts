// The golden vector `life`: a scripted life of an inference with its dispute, and of one in a TEE,
// as a genesis, blocks, and what was found after each. `npm run vectors` writes it; docs/testing.md
// says when it may change. The model's outputs are made up: what the chain does with them counts.
import { CHEAT, HONEST, PEOPLE, PROVIDERS, ALLOCATION_NLUX } from '../../demo/cast.ts';
import { DemoChain, order } from '../../demo/chain.ts';
import { Enclave } from '../../demo/enclave.ts';
import { Story } from '../../demo/story.ts';
import { EMBEDDING_SIZE, type EmbeddingModel } from '../../demo/model/index.ts';
import { encodePayload, payloadHash, toHex } from '../../src/codec/index.ts';
import { formatGenesis } from '../../src/genesis/index.ts';

const WEIGHTS = { hash: 'ab'.repeat(32), paramCount: 7n };
const FEE_TOKENS = [3, 1, 4, 1, 5];

/** A stand-in for a model: numbers that depend on the tokens and on who runs it. */
const modelOf = (offset: number): Pick<EmbeddingModel, 'embedTokens'> => ({
  embedTokens: (tokens) =>
    Promise.resolve(
      Float32Array.from({ length: EMBEDDING_SIZE }, (_, at) => tokens.length * at + offset),
    ),
});

const question = () => {
  const payload = encodePayload({
    type: 'text',
    tokens: FEE_TOKENS,
    seed: 0n,
    sampling: { temperature: 0, topP: 1_000_000, topK: 0, repetitionPenalty: 1_000_000 },
    outputLimit: EMBEDDING_SIZE,
  });
  return { sentence: '', tokens: FEE_TOKENS, payload, payloadHash: payloadHash(payload) };
};

/** What a vector file holds; bytes in hex. */
export interface LifeVector {
  readonly suite: 'life';
  readonly genesis: unknown;
  readonly blocks: readonly {
    readonly bytes: string;
    readonly root: string;
    readonly activity: string;
  }[];
}

/** Plays the life and writes down its blocks. */
export const makeLifeVector = async (): Promise<LifeVector> => {
  const cast = { funded: PEOPLE, unfunded: PROVIDERS, allocationNlux: ALLOCATION_NLUX };
  const chain = new DemoChain(undefined, cast);
  const story = new Story(chain, WEIGHTS);
  const [honest, damaged] = [modelOf(0) as EmbeddingModel, modelOf(1) as EmbeddingModel];
  story.registerModel();
  story.registerProviders();
  const asked = question();
  const right = await story.attest(HONEST, honest, asked, story.openRequest(HONEST, asked));
  const wrong = await story.attest(CHEAT, damaged, asked);
  story.pay('second consumer', wrong);
  const id = story.challenge(right, wrong, asked);
  await story.judge(id, honest, asked, [right, wrong]);
  chain.block(
    order('second consumer', wrong.actor, { type: 'refund' }),
    order('challenger', right.actor, { type: 'settle' }),
  );
  const enclave = new Enclave(chain, WEIGHTS);
  enclave.open();
  const claim = await enclave.claim(honest, asked);
  enclave.attestTampered(claim);
  enclave.attest(claim);
  const heights = Array.from({ length: Number(chain.tip().height) }, (_, at) => BigInt(at + 1));
  const blocks = heights.map((height) => {
    const { bytes, root, activity } = chain.committed(height);
    return { bytes: toHex(bytes), root, activity };
  });
  const genesis: unknown = JSON.parse(formatGenesis(chain.genesis));
  chain.close();
  return { suite: 'life', genesis, blocks };
};
