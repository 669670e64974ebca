import { comparisonGas } from '../comparators/index.ts';
import { GAS } from '../kit/gas.ts';
import type { ReadContext } from '../kit/message.ts';
import { MAX_COMMIT_WINDOWS, MAX_PANELS } from '../parameters/record.ts';
import { panelSize } from './ladder.ts';
import { MAX_SEATS, type ChallengeContext } from './record.ts';

type About = ReadContext<ChallengeContext>;

/**
 * The longest run of timers of one challenge, paid at opening (PROTOCOL §3): publish, and for each
 * of three panels the seed moved once, three commit windows, reveal, appeal and the end of an
 * appeal.
 */
const TIMER_BUDGET = 1 + MAX_PANELS * (2 + MAX_COMMIT_WINDOWS + 1 + 2);
/** Draws that timers make: of each panel, and of those who replace silent seats. */
const TIMER_DRAWS = MAX_PANELS * MAX_COMMIT_WINDOWS;

/** Everything that timers will do, whichever way the challenge takes. */
export const openGas = (): number =>
  GAS.wake * TIMER_BUDGET + GAS.draw * TIMER_DRAWS + (GAS.seatDraw + GAS.reweigh) * MAX_SEATS;

/**
 * A chunk is hashed into both trees, and compared with that of every other party: once with a
 * defendant, twice with a seat, since a distance between seats may depend on which is the centre.
 */
export const chunkGas = (
  message: {
    readonly outputChunk: Uint8Array;
    readonly evidenceChunk: Uint8Array;
    readonly outputProof: readonly string[];
    readonly evidenceProof: readonly string[];
  },
  { context }: About,
): number => {
  const { outputChunk, evidenceChunk, outputProof, evidenceProof } = message;
  const bytes = outputChunk.length + evidenceChunk.length;
  const hashes = 2 + outputProof.length + evidenceProof.length + (bytes >>> 5);
  const comparisons = context.defendants.length + 2 * panelSize(context);
  return GAS.hash * hashes + comparisons * comparisonGas(context.comparator, bytes);
};
