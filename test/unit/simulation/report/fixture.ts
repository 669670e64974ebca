import type { Figure, PlotFigure, Series } from '../../../../src/simulation/figure.ts';
import type { Estimate, SimulationResult } from '../../../../src/simulation/result.ts';

/** A point that was measured a little off the line, with an interval around it. */
const measured = (x: number, y: number, error: number, off = 0.4): Series['points'][number] => {
  const at = y + off * error;
  return { x, y: at, low: at - 2 * error, high: at + 2 * error };
};

const steps = (count: number, from: number, to: number): readonly number[] =>
  Array.from({ length: count }, (_, at) => from + ((to - from) * at) / (count - 1));

const profit: PlotFigure = {
  type: 'plot',
  id: 'cheater-profit',
  title: 'What cheating brings, by how often it is checked',
  about: 'The line is theory, dots were played; left of the root cheating pays.',
  x: { label: 'audited share of attestations, p', unit: 'share' },
  y: { label: 'profit of a cheater per attestation', unit: 'LUX' },
  series: [
    {
      name: 'theory',
      style: 'line',
      points: [
        { x: 0, y: 5 },
        { x: 0.1, y: -5 },
      ],
    },
    {
      name: 'played',
      style: 'points',
      points: steps(11, 0, 0.1).map((p, at) => measured(p, 5 - 100 * p, 0.35, (at % 3) - 1)),
    },
  ],
  marks: [
    { axis: 'x', at: 0.05, label: 'root 5 %' },
    { axis: 'y', at: 0, label: 'nothing gained' },
  ],
};

const rate = (f: number, n: number): number => {
  let power = f;
  for (let seat = 1; seat < n; seat += 2) power *= f * 2.5;
  return power;
};

const rates: PlotFigure = {
  type: 'plot',
  id: 'false-slash',
  title: 'How often an honest provider is slashed',
  about: 'Lines are theory, dots were played, with Wilson intervals, per panel size.',
  x: { label: 'colluding share of the stake, f', unit: 'share' },
  y: { label: 'rate of false slashes', unit: 'share', scale: 'log' },
  series: [3, 7, 15].flatMap((n): readonly Series[] => [
    {
      name: `n = ${n}`,
      style: 'line',
      points: steps(30, 0.05, 0.35).map((f) => ({ x: f, y: rate(f, n) })),
    },
    {
      name: `n = ${n}`,
      style: 'points',
      points: steps(7, 0.05, 0.35).map((f) => {
        const y = rate(f, n);
        return { x: f, y, low: y < 1e-5 ? 0 : y * 0.8, high: y * 1.25 };
      }),
    },
  ]),
  marks: [{ axis: 'x', at: 0.2, label: 'assumed f = 20 %' }],
};

const bounds: PlotFigure = {
  type: 'plot',
  id: 'feasible-slash',
  title: 'Which slash deters and still leaves honest work worth it',
  about: 'Between the lines both hold.',
  x: { label: 'chance that an honest provider is slashed once challenged, α', unit: 'share' },
  y: { label: 'slash', unit: 'LUX' },
  series: [
    {
      name: 'feasible',
      style: 'area',
      points: steps(20, 0.01, 0.1).map((a) => ({
        x: a,
        y: 40 / (a * 100),
        low: 4,
        high: 40 / (a * 100),
      })),
    },
    {
      name: 'least that deters',
      style: 'line',
      points: steps(20, 0.01, 0.1).map((a) => ({ x: a, y: 4, low: 3.5, high: 4.5 })),
    },
  ],
  marks: [],
};

const distances: Figure = {
  type: 'histogram',
  id: 'distances',
  title: 'Distances of honest and of cheating outputs',
  about: 'Right of the tolerance a distance counts as cheating: α of the honest are wronged.',
  x: { label: 'distance', unit: 'ratio' },
  series: [
    {
      name: 'honest',
      bins: steps(20, 0, 19).map((at) => ({
        from: at / 20,
        to: (at + 1) / 20,
        count: Math.max(0, 400 - Math.floor((at - 4) * (at - 4) * 9)),
      })),
    },
    {
      name: 'cheating',
      bins: steps(20, 0, 19).map((at) => ({
        from: at / 20,
        to: (at + 1) / 20,
        count: Math.max(0, 250 - Math.floor((at - 13) * (at - 13) * 5)),
      })),
    },
  ],
  marks: [
    { axis: 'x', at: 0.5, label: 'tolerance: α = 0.4 %, β = 3 %' },
    { axis: 'x', at: 0.55, label: 'floor' },
  ],
};

const flow: Figure = {
  type: 'flow',
  id: 'slashed-money',
  title: 'Where slashed money goes',
  about: 'What flows in flows out.',
  unit: 'LUX',
  links: [
    { from: 'colluding stake', to: 'slashed', value: 640 },
    { from: 'lazy stake', to: 'slashed', value: 220.5 },
    { from: 'honest stake', to: 'slashed', value: 12 },
    { from: 'slashed', to: 'challengers', value: 260 },
    { from: 'slashed', to: 'juries', value: 90.5 },
    { from: 'slashed', to: 'burned', value: 522 },
  ],
};

const estimate = (at: number, over: Partial<Estimate> = {}): Estimate => ({
  name: 'panelMajorityError',
  parameters: { N: 100, f: 0.2, n: 7, replacement: false, at },
  n: 1_000_000,
  estimate: 0.028_21,
  closedForm: 0.028_132_4,
  z: 0.47,
  ci95: [0.027_88, 0.028_53],
  unit: 'share',
  source: 'ECONOMICS 10: hypergeometric tail',
  ...over,
});

/** Every kind of figure once, estimates that agree, one that differs and one without theory. */
export const RESULT: SimulationResult = {
  scenario: 'base protocol',
  about: 'A hundred providers, a fifth of the stake colluding, audits as on the main network.',
  seed: '42',
  version: '0.1.0',
  signed: false,
  summary: [
    'Out of a million panels of seven seats, 2.8 % decided wrongly.',
    'Cheating stops to pay where one attestation in twenty is checked.',
  ],
  estimates: [
    estimate(1),
    estimate(2, {
      name: 'cheaterProfit',
      unit: 'LUX',
      estimate: -1.25,
      closedForm: -1.2,
      z: 0.9,
      ci95: [-1.36, -1.14],
    }),
    estimate(3, { name: 'selectionShare', z: 4.6, estimate: 0.031 }),
    estimate(4, {
      name: 'timeToFinality',
      unit: 'blocks',
      closedForm: null,
      z: null,
      estimate: 214.25,
      ci95: [210, 218.5],
    }),
  ],
  observations: [
    { name: 'honest/slashed', n: 5_000, mean: 0.001_2, ci95: [0.000_5, 0.002_6], unit: 'share' },
  ],
  figures: [profit, rates, bounds, distances, flow],
};

export const SCENARIO = {
  name: 'base protocol',
  seed: '42',
  estimates: [
    { estimate: 'panelMajorityError', N: 100, colluders: 0.2, panel: 7, replacement: false },
  ],
};
