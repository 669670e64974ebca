// The tables of the study in docs/simulation.md that follow from parameters alone.
import { MAINNET } from '../../../src/genesis/presets/mainnet.ts';
import { exposureBound } from '../../../src/machines/parameters/deterrence.ts';
import { seatsOf, wrongResultRateBps } from '../../../src/machines/parameters/ladder.ts';
import type { Parameters } from '../../../src/machines/parameters/record.ts';
import { checkRelations } from '../../../src/machines/parameters/relations.ts';
import { formatNumber } from '../../../src/simulation/report/format.ts';
import { table } from '../section.ts';

const BPS = 10_000;
const AUDIT_RATES = [200, 500, 1_000, 2_000] as const;

/** Ladders of audits, with the rates of wrong results that they may have. */
const AUDITS = [
  { panels: [3], rates: [500, 1_000] },
  { panels: [3], rates: [500, 2_000] },
  { panels: [3, 7], rates: [250, 500, 2_000] },
  { panels: [3, 7], rates: [500, 1_000, 2_000] },
  { panels: [3, 7], rates: [500, 2_000, 2_000] },
  { panels: [7], rates: [500, 1_000, 2_000] },
] as const;

const withAudits = ({ panels, rates }: (typeof AUDITS)[number], rate: number): Parameters => ({
  ...MAINNET,
  auditRateBps: rate,
  dispute: {
    ...MAINNET.dispute,
    auditPanels: panels,
    // Rates belong to panels, and pairs and audits share them from the last one backwards.
    pairPanels: rates.length === 2 ? [1, 3] : MAINNET.dispute.pairPanels,
    wrongResultBps: rates,
  },
});

const boundOf = (parameters: Parameters): number => {
  const bound = exposureBound(parameters);
  if (bound === undefined) return BPS;
  return (Number(bound.num) / Number(bound.den)) * BPS;
};

/** The largest whole κ that genesis takes beside these parameters. */
const takes = (parameters: Parameters, exposureBps: number): boolean =>
  checkRelations({ ...parameters, exposureBps }).length === 0;

const exposureCell = (parameters: Parameters): string => {
  const bound = boundOf(parameters);
  const whole = Math.floor(bound);
  if (!takes(parameters, whole) || takes(parameters, whole + 1)) {
    throw new Error(`The relations do not put the bound of κ at ${bound}.`);
  }
  return bound.toFixed(1);
};

/** The bound on κ in basis points; `checkRelations` accepts its floor and refuses one more. */
export const renderExposure = (): string =>
  table(
    ['audit panels', 'slash of the first', ...AUDIT_RATES.map((r) => `${r / 100} %`), 'deposit'],
    AUDITS.map((audits) => {
      const { dispute } = withAudits(audits, MAINNET.auditRateBps);
      const seats = seatsOf(audits.panels);
      return [
        audits.panels.join(' → '),
        `${wrongResultRateBps(dispute, 'audit', 1) / 100} %`,
        ...AUDIT_RATES.map((rate) => exposureCell(withAudits(audits, rate))),
        `${((MAINNET.auditRateBps * seats) / BPS).toFixed(2)}`,
      ];
    }),
  );

const HOURS = 24;
const DAYS = 365;
const EPOCH_HOURS = 2;
const COSTS_OF_CAPITAL = [0.1, 0.2, 0.3] as const;

const CAPITAL = [
  { kappa: 30, window: 24, name: 'default' },
  { kappa: 60, window: 24, name: 'κ doubled' },
  { kappa: 30, window: 6, name: 'window of 6 h' },
  { kappa: 60, window: 6, name: 'both' },
  { kappa: 130, window: 6, name: 'both, and 10 % audits' },
] as const;

/**
 * Days until as much has been earned in fees as there is stake. What is pending counts to the end
 * of the epoch in which its window ends, so each LUX of exposure is used once in W and an epoch.
 */
const turnoverDays = (kappa: number, windowHours: number): number =>
  ((windowHours + EPOCH_HOURS) / HOURS) * (BPS / kappa);

const capitalRow = ({ kappa, window, name }: (typeof CAPITAL)[number]): readonly string[] => {
  const turnover = turnoverDays(kappa, window);
  const perDay = 1 / turnover;
  const kept = 1 - MAINNET.protocolShareBps / BPS;
  return [
    `${name}: κ ${kappa} bp, W ${window} h`,
    (perDay * 100).toFixed(2),
    (perDay * 100 * DAYS * kept).toFixed(0),
    turnover.toFixed(0),
    ...COSTS_OF_CAPITAL.map((cost) => `${((cost * turnover * 100) / DAYS).toFixed(1)} %`),
  ];
};

/** What stake carries, and what it costs to hold it. */
export const renderCapital = (): string =>
  table(
    [
      'rules',
      'LUX of fees a day on 100 LUX',
      'LUX a year, less the protocol’s share',
      'stake in days of turnover',
      ...COSTS_OF_CAPITAL.map((cost) => `capital at ${cost * 100} % a year`),
    ],
    CAPITAL.map(capitalRow),
  );

const DOLLARS_A_DAY = 48;
const PRICES = [0.1, 1, 10] as const;

/** Stake for one GPU that earns two dollars an hour. */
export const renderGpu = (): string =>
  table(
    ['rules', ...PRICES.map((price) => `1 LUX = $${price}`), 'in dollars'],
    CAPITAL.map((rules) => {
      const stake = DOLLARS_A_DAY * turnoverDays(rules.kappa, rules.window);
      const lux = (price: number): string => `${formatNumber(Math.round(stake / price))} LUX`;
      return [rules.name, ...PRICES.map(lux), `$${formatNumber(Math.round(stake))}`];
    }),
  );

/** What genesis would have to say for what the study recommends. */
export const RECOMMENDED = {
  windowBlocks: '10800',
  rerunFeeMaximumNlux: '150000000',
  dispute: { auditPanels: [7], seatPenaltyRerunFees: 3, unsubstantiatedOncePerBlocks: '10800' },
} as const;

export const renderRecommended = (): string =>
  [
    '```json',
    JSON.stringify(RECOMMENDED, undefined, 2).replace(/\[\s+(\d+)\s+\]/, '[$1]'),
    '```',
  ].join('\n');

export const STUDY_SECTIONS: readonly (readonly [name: string, render: () => string])[] = [
  ['bounds on exposure', renderExposure],
  ['capital', renderCapital],
  ['stake of a GPU', renderGpu],
  ['recommended parameters', renderRecommended],
];
