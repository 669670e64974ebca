import type { FigureBuilder } from './input.ts';
import { sweepPlots } from './sweep-plot.ts';

/** ECONOMICS 5: the flat line. */
export const voluntaryChecking: FigureBuilder = {
  name: 'voluntary-checking',
  about: 'cheating rate against the slash where checking is voluntary: the flat line',
  estimate: 'voluntaryCheatingRate',
  build: (input) =>
    sweepPlots(input, {
      id: 'voluntary-checking',
      title: 'How much is cheated where checking is voluntary',
      about:
        'However much a conviction takes, k/R of the attestations are wrong: a larger slash only ' +
        'makes fewer people check. So audits, not the slash, set how much cheating there is.',
      estimate: 'voluntaryCheatingRate',
      parameter: 's',
      y: 'wrong attestations',
      fromZero: true,
    }),
};
