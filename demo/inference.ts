import { commitOutput, type CommittedOutput } from '../src/client/output.ts';
import { encodeOutput, encodePayload, payloadHash } from '../src/codec/index.ts';
import { EMBEDDING_SIZE, toTensorPreimage, tokenize, type EmbeddingModel } from './model/index.ts';

/** A question to the model, in the form on which all providers agree. */
export interface Question {
  readonly sentence: string;
  readonly tokens: readonly number[];
  readonly payload: Uint8Array;
  readonly payloadHash: string;
}

const GREEDY = { temperature: 0, topP: 1_000_000, topK: 0, repetitionPenalty: 1_000_000 };

export const ask = (sentence: string): Question => {
  const tokens = tokenize(sentence);
  const payload = encodePayload({
    type: 'text',
    tokens,
    seed: 0n,
    sampling: GREEDY,
    outputLimit: EMBEDDING_SIZE,
  });
  return { sentence, tokens, payload, payloadHash: payloadHash(payload) };
};

/** Runs the model and puts the answer into its canonical form. */
export const answer = async (model: EmbeddingModel, { tokens }: Question): Promise<Uint8Array> => {
  const vector = await model.embedTokens(tokens);
  return encodeOutput({ type: 'tensors', tensors: [toTensorPreimage(vector)] });
};

/** An answer as a provider commits to it. */
export const sealed = (author: string, output: Uint8Array, chunkBytes: number): CommittedOutput =>
  commitOutput({ author, output, chunkBytes });
