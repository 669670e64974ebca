// The process of one engine: two copies of TensorFlow.js share a global backend, so each engine
// has a process of its own. It takes one job from its parent and answers sentence by sentence.
import { loadModel, toTensorPreimage } from '../../demo/model/index.ts';
import type { Answer, EngineName, Job } from './job.ts';
import { type Infer, startTfjs } from './tfjs.ts';
import { CHANGES } from './weights.ts';

const start = async (engine: EngineName, weights: Job['weights']): Promise<Infer> => {
  const damage = CHANGES[weights];
  if (engine !== 'own') return startTfjs(engine, damage);
  const model = await loadModel({ damage });
  return (tokens) => model.embedTokens(tokens);
};

const send = (answer: Answer): Promise<void> =>
  new Promise((resolve, reject) => {
    process.send?.(answer, (error: Error | null) => (error ? reject(error) : resolve()));
  });

/** One sentence at a time: the size of a batch changes the bits of the output. */
const work = async ({ engine, weights, sentences }: Job): Promise<void> => {
  const infer = await start(engine, weights);
  for (const [index, tokens] of sentences.entries()) {
    await send({ index, output: toTensorPreimage(await infer(tokens)).data });
  }
};

// Ends with the channel: when the job is done, and when the parent is gone.
process.once('disconnect', () => process.exit());
process.once('message', (job: Job) => {
  work(job)
    .catch((error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      process.exitCode = 1;
    })
    .finally(() => process.disconnect());
});
