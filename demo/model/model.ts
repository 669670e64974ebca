import { loadEngine, makeTokenizer, type GraphModel, type Tensor } from './engine.ts';
import { readManifest, readVocabulary, readWeights } from './weights.ts';

/** Elements of one embedding. */
export const EMBEDDING_SIZE = 512;
/** The model reads no further (its ClipToMaxLength node); longer sentences are refused instead. */
export const MAX_TOKENS = 128;
/** Pieces in the vocabulary. */
export const VOCABULARY_SIZE = 8000;

/** Changes the weights of one loaded model in place; the files stay as they are. */
export type Damage = (weights: Uint8Array) => void;

/**
 * The sentence encoder. One sentence runs at a time: the size of a batch changes the bits of the
 * output, and two providers have to agree on them.
 */
export interface EmbeddingModel {
  /** The token ids of a sentence: the payload from which anyone can run the model again. */
  tokenize(sentence: string): readonly number[];
  /** The embedding of one sequence of 1 to `MAX_TOKENS` token ids. */
  embedTokens(tokens: readonly number[]): Promise<Float32Array>;
  /** One embedding for each sentence. */
  embed(sentences: readonly string[]): Promise<Float32Array[]>;
  /** Frees the weights. The model cannot be used afterwards. */
  close(): void;
}

let tokenizer: ReturnType<typeof makeTokenizer> | undefined;

/** The token ids of a sentence; needs the vocabulary only, not the weights. */
export const tokenize = (sentence: string): readonly number[] => {
  tokenizer ??= makeTokenizer(readVocabulary());
  return tokenizer.encode(sentence);
};

/** Token ids may come from a published payload, and the engine does not check what it looks up. */
const checkTokens = (tokens: readonly number[]): void => {
  if (tokens.length < 1 || tokens.length > MAX_TOKENS) {
    throw new RangeError(
      `A sentence has 1 to ${MAX_TOKENS} tokens and this one has ${tokens.length}: ` +
        'give a sentence that is neither empty nor longer.',
    );
  }
  const stranger = tokens.find((id) => !Number.isInteger(id) || id < 0 || id >= VOCABULARY_SIZE);
  if (stranger === undefined) return;
  throw new RangeError(
    `${stranger} is not a token id: they are integers from 0 to ${VOCABULARY_SIZE - 1}.`,
  );
};

const run = async (graph: GraphModel, tokens: readonly number[]): Promise<Float32Array> => {
  checkTokens(tokens);
  const engine = await loadEngine();
  // The graph takes a sparse batch: for each token its row (the sentence) and its column.
  const places = tokens.flatMap((_, column) => [0, column]);
  const indices = engine.tensor2d(places, [tokens.length, 2], 'int32');
  const values = engine.tensor1d(tokens, 'int32');
  let output: Tensor | undefined;
  try {
    output = await graph.executeAsync({ indices, values });
    return new Float32Array(await output.data());
  } finally {
    for (const tensor of [indices, values, output]) tensor?.dispose();
  }
};

/**
 * Loads the model with its own copy of the weights, about 28 MB. Several may be open at once.
 * `damage` makes a provider that cheats: it sees the weights before the engine does.
 */
export const loadModel = async (
  options: { readonly damage?: Damage } = {},
): Promise<EmbeddingModel> => {
  const engine = await loadEngine();
  const { modelTopology, weightsManifest } = readManifest();
  const weightSpecs = weightsManifest.flatMap(({ weights }) => weights);
  const weights = readWeights();
  options.damage?.(weights);
  const artifacts = { modelTopology, weightSpecs, weightData: weights.buffer };
  const graph = await engine.loadGraphModel({ load: () => Promise.resolve(artifacts) });
  return {
    tokenize,
    embedTokens: (tokens) => run(graph, tokens),
    embed: async (sentences) => {
      const embeddings: Float32Array[] = [];
      for (const sentence of sentences) embeddings.push(await run(graph, tokenize(sentence)));
      return embeddings;
    },
    close: () => graph.dispose(),
  };
};
