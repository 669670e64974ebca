// The suite `tolerance`: a pair under `cosine` whose chunks are opened and compared in the chain:
// named and drawn ones, a seat between the thresholds, a panel that decides only one defendant and
// is followed by the next without an appeal, and a seat that opens nothing.
import { bondFor, prepareChallenge } from '../../src/client/challenge.ts';
import type { Comparator } from '../../src/machines/comparators/index.ts';
import { answer, Dispute, each } from './dispute.ts';
import { RERUN_FEE_NLUX, VectorMarket } from './market.ts';
import type { Script } from './vector.ts';

const CHUNK_ELEMENTS = 32;
const CHUNKS = 12;
const PROVIDERS = 27;
const NAMED = [1, 5];

/** With the steps below: one apart is near, two are in between, four and more are far. */
const COSINE: Comparator = {
  type: 'cosine',
  format: 'f32',
  chunkElements: CHUNK_ELEMENTS,
  loAtto: 2n * 10n ** 12n,
  hiAtto: 8n * 10n ** 12n,
  minFail: 2,
};

/** Added to one element and taken from the next: 1 − cos² of one step is 1.1·10⁻⁶. */
const STEP = 4.3e-3;
const tilt = (at: number): number => (at === 0 ? 1 : at === 1 ? -1 : 0);

/** An output so many steps away from the reference, in every chunk. */
const outputAt = (steps: number): Uint8Array => {
  const values = Float32Array.from({ length: CHUNKS * CHUNK_ELEMENTS }, (_, at) => {
    const chunk = Math.floor(at / CHUNK_ELEMENTS);
    return (chunk + 1) * (1 + tilt(at % CHUNK_ELEMENTS) * STEP * steps);
  });
  return new Uint8Array(values.buffer);
};

/** Plays the dispute. */
export const playTolerance = (): Script => {
  const market = new VectorMarket(PROVIDERS, COSINE).open();
  const { chain } = market;
  const near = market.attest('p0', outputAt(0));
  const far = market.attest('p1', outputAt(8));
  const [a, b] = [market.challenged(near), market.challenged(far)];
  const opened = prepareChallenge(market.names, a, b, NAMED);
  const bondNlux = bondFor(chain.parameters.dispute, RERUN_FEE_NLUX);
  chain.send('challenger', opened.receiver, opened.message, bondNlux);
  const dispute = new Dispute(market, opened.receiver, [near, far]);
  dispute.publish();
  // Between the thresholds of the one, far from the other: nobody is judged by one seat.
  dispute.playPanel(each(answer(outputAt(2))));
  dispute.mustFind('undecided', 'undecided');
  dispute.playPanel(each(answer(outputAt(0)), answer(outputAt(1)), answer(outputAt(7))));
  dispute.mustFind('valid', 'undecided');
  dispute.playPanel(
    each(
      answer(outputAt(0)),
      answer(outputAt(1)),
      answer(outputAt(0)),
      answer(outputAt(1)),
      answer(outputAt(0)),
      answer(outputAt(1)),
      { does: 'hide', output: outputAt(0) },
    ),
  );
  dispute.mustEnd('valid', 'faulty');
  return market.script();
};
