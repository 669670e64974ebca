import type { Mark } from '../figure.ts';
import { formatValue } from '../report/format.ts';
import type { FigureBuilder } from './input.ts';
import { rootOf } from './roots.ts';
import { sweepPlots } from './sweep-plot.ts';
import type { Sweep } from './sweeps.ts';

const rootMarks = (sweeps: readonly Sweep[]): readonly Mark[] => [
  { axis: 'y', at: 0, label: 'neither gain nor loss' },
  ...sweeps.flatMap(({ label, points }): readonly Mark[] => {
    const root = rootOf(
      points.flatMap(({ x, estimate }) =>
        estimate.closedForm === null ? [] : [{ x, y: estimate.closedForm }],
      ),
    );
    if (root === undefined) return [];
    const told = label === '' ? 'root' : `root for ${label}`;
    return [{ axis: 'x', at: root, label: `${told}: ${formatValue(root, 'share')}` }];
  }),
];

const ABOUT =
  'Lines are the closed form, dots were played, with their 95 % intervals. Where a line crosses ' +
  'zero cheating stops to pay; left of it an attestation that is wrong still earns.';

/** ECONOMICS 1: what cheating brings, with the root that theory gives. */
export const cheaterProfit: FigureBuilder = {
  name: 'cheater-profit',
  about: 'cheater’s profit against p, or against s, with the root of the closed form',
  estimate: 'cheaterProfit',
  build: (input) => [
    ...sweepPlots(input, {
      id: 'cheater-profit',
      title: 'What cheating brings, by how often it is checked',
      about: ABOUT,
      estimate: 'cheaterProfit',
      parameter: 'p',
      y: 'profit of a wrong attestation',
      marks: rootMarks,
    }),
    ...sweepPlots(input, {
      id: 'cheater-profit-by-slash',
      title: 'What cheating brings, by how much a conviction takes',
      about: ABOUT,
      estimate: 'cheaterProfit',
      parameter: 's',
      y: 'profit of a wrong attestation',
      marks: rootMarks,
    }),
  ],
};
