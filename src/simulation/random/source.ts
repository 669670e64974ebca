import { hashBytes, u64be, utf8, varying } from '../../codec/index.ts';
import { Stream } from './stream.ts';

/** All randomness of one run: a stream for each purpose, so that none disturbs another. */
export interface RunSource {
  /** A new stream from its beginning; ask once for each purpose of a run. */
  readonly stream: (purpose: string) => Stream;
}

/**
 * The sources of the runs of one piece of work. A run's streams depend on the seed of the scenario,
 * the key of the work and the index of the run alone: so a run is the same in whichever shard or
 * process it is played.
 *
 * key of a stream = `H("aivm/simulation-stream/1", H("aivm/simulation-work/1", seed, key), run u64,
 * purpose)`, with text preceded by its length.
 */
export const runSources = (seed: string, key: string): ((run: number) => RunSource) => {
  const work = hashBytes('aivm/simulation-work/1', varying(utf8(seed)), varying(utf8(key)));
  return (run) => ({
    stream: (purpose) => {
      const parts = [work, u64be(BigInt(run)), varying(utf8(purpose))];
      return new Stream(hashBytes('aivm/simulation-stream/1', ...parts));
    },
  });
};

/** The randomness of one run; `runSources` saves a hash where there are many. */
export const runSource = (seed: string, key: string, run: number): RunSource =>
  runSources(seed, key)(run);
