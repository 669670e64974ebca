// Runs the engines over all sentences, a few processes at a time.
import { runEngine, type EngineName, type WeightsName } from '../../test/engines/index.ts';

/** One provider: an engine, and what it made of the weights. */
export interface Provider {
  readonly engine: EngineName;
  readonly weights: WeightsName;
}

/** Processes at once; the slowest engine needs most of the time, so it is cut into batches. */
const MAX_PROCESSES = 2;
const BATCH_SENTENCES = 250;

interface Batch extends Provider {
  readonly start: number;
  readonly sentences: readonly string[];
}

/** The outputs of each provider, in the order of the sentences. `onBatch` hears of progress. */
export const runProviders = async (
  providers: readonly Provider[],
  sentences: readonly string[],
  onBatch: (done: number, all: number) => void,
): Promise<readonly (readonly Uint8Array[])[]> => {
  const starts: readonly number[] = Array.from(
    { length: Math.ceil(sentences.length / BATCH_SENTENCES) },
    (_, batch) => batch * BATCH_SENTENCES,
  );
  const batches = providers.flatMap((provider, index) =>
    starts.map((start): Batch & { readonly index: number } => {
      const own = sentences.slice(start, start + BATCH_SENTENCES);
      return { ...provider, index, start, sentences: own };
    }),
  );
  const outputs = providers.map((): Uint8Array[] => []);
  const waiting = batches.values();
  let done = 0;
  const work = async (): Promise<void> => {
    for (const { index, start, ...run } of waiting) {
      for (const [place, output] of (await runEngine(run)).entries()) {
        const own = outputs[index];
        if (own !== undefined) own[start + place] = output;
      }
      onBatch(++done, batches.length);
    }
  };
  await Promise.all(Array.from({ length: MAX_PROCESSES }, work));
  return outputs;
};
