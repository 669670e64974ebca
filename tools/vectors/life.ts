// The suite `life`: what the demo plays, an inference with its dispute and one in a TEE. The
// model's outputs are made up: what the chain does with them counts.
import { ALLOCATION_NLUX, CHEAT, HONEST, OWNER_OF, PEOPLE, PROVIDERS } from '../../demo/cast.ts';
import { DemoChain, order } from '../../demo/chain.ts';
import { Dispute } from '../../demo/dispute.ts';
import { Enclave } from '../../demo/enclave.ts';
import { Story } from '../../demo/story.ts';
import { EMBEDDING_SIZE, type EmbeddingModel } from '../../demo/model/index.ts';
import { encodePayload, payloadHash } from '../../src/codec/index.ts';
import type { Script } from './vector.ts';

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

/** Plays the life. */
export const playLife = async (): Promise<Script> => {
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
  const disputed = new Dispute(chain, { question: asked, defendants: [right, wrong] });
  await disputed.judge(disputed.drawPanel(), honest);
  disputed.appeal(OWNER_OF(CHEAT));
  await disputed.judge(disputed.drawPanel(), honest);
  disputed.accept();
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
  const blocks = heights.map((height) => chain.committed(height).bytes);
  chain.close();
  return { genesis: chain.genesis, blocks };
};
