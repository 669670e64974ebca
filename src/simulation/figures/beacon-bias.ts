import type { FigureBuilder } from './input.ts';
import { sweepPlots } from './sweep-plot.ts';

const ABOUT =
  'Whoever sees several draws takes the one that suits. Lines are 1 − (1 − f)ᵈ of d draws, dots ' +
  'were played. A unique threshold signature leaves one draw: the height at the left end.';

/** ECONOMICS 13: what it is worth to see more than one draw. */
export const beaconBias: FigureBuilder = {
  name: 'beacon-bias',
  about: 'bias against withheld blocks, or against how often a challenge is opened',
  estimate: 'reopenBias',
  build: (input) => [
    ...sweepPlots(input, {
      id: 'beacon-bias',
      title: 'What withholding blocks is worth to a proposer',
      about: ABOUT,
      estimate: 'reopenBias',
      parameter: 'withheld',
      y: 'a draw that suits colluders',
    }),
    ...sweepPlots(input, {
      id: 'reopen-bias',
      title: 'What opening a challenge again is worth',
      about: ABOUT,
      estimate: 'reopenBias',
      parameter: 'm',
      y: 'a draw that suits colluders',
    }),
  ],
};
