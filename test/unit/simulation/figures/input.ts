import type {
  FigureInput,
  MarketFacts,
  PlayedMarket,
} from '../../../../src/simulation/figures/index.ts';
import type { Estimate } from '../../../../src/simulation/result.ts';
import type { Tallies, Tally } from '../../../../src/simulation/tally.ts';

type Parameters = Estimate['parameters'];

const SOURCES = 'the closed form of the test';

/** An estimate that lies `off` standard errors beside its closed form. */
export const estimate = (
  name: string,
  parameters: Parameters,
  closedForm: number,
  { unit = 'share', error = 0.01, off = 0 } = {},
): Estimate => ({
  name,
  parameters,
  n: 10_000,
  estimate: closedForm + off * error,
  closedForm,
  z: Math.abs(off),
  ci95: [closedForm + (off - 2) * error, closedForm + (off + 2) * error],
  unit,
  source: SOURCES,
});

/** A tally of these values, each with how often it was seen. */
export const tally = (entries: readonly (readonly [value: bigint, times: number])[]): Tally => ({
  n: entries.reduce((sum, [, times]) => sum + times, 0),
  sum: entries.reduce((sum, [value, times]) => sum + value * BigInt(times), 0n),
  squares: entries.reduce((sum, [value, times]) => sum + value * value * BigInt(times), 0n),
  counts: new Map(entries),
});

const [F, G, C, S] = [1, 1, 0.5, 100] as const;

/** ECONOMICS 1 with c = 0 and no errors of verdicts. */
export const cheaterProfit = (p: number, s: number): number => (1 - p) * (F + G) - p * s * S;
export const honestProfit = (p: number, alpha: number, s: number): number =>
  F - C - p * alpha * s * S;

const percents = (from: number, to: number, step: number): readonly number[] => {
  const count = Math.floor((to - from) / step + 0.5) + 1;
  return Array.from({ length: count }, (_, at) => Number((from + at * step).toFixed(6)));
};

const offs = [-1, 0.5, 1.2, -0.3, 0] as const;
const offAt = (at: number): number => offs[at % offs.length] ?? 0;

const money = { unit: 'LUX', error: 0.04 };

const profits: readonly Estimate[] = [0.1, 0.3].flatMap((s) =>
  percents(0, 0.2, 0.02).map((p, at) =>
    estimate('cheaterProfit', { F, G, S, s, p }, cheaterProfit(p, s), { ...money, off: offAt(at) }),
  ),
);

const honest: readonly Estimate[] = percents(0.02, 0.3, 0.04).map((alpha, at) =>
  estimate('honestProfit', { F, C, S, s: 0.1, p: 0.1, alpha }, honestProfit(0.1, alpha, 0.1), {
    unit: 'LUX',
    error: 0.002,
    off: offAt(at),
  }),
);

const panels: readonly Estimate[] = [3, 7, 15].flatMap((panel) =>
  percents(0.05, 0.35, 0.05).map((colluders, at) => {
    let rate = colluders;
    for (let seat = 1; seat < panel; seat += 2) rate *= colluders * 2.5;
    return estimate('panelSlashQuorumError', { colluders, panel }, rate, {
      error: rate * 0.1,
      off: offAt(at),
    });
  }),
);

const bias: readonly Estimate[] = [0.1, 0.2, 0.33].flatMap((colluders) => {
  let missed = 1;
  return Array.from({ length: 9 }, (_, withheld) => {
    missed *= 1 - colluders;
    return estimate('reopenBias', { colluders, panel: 1, withheld }, 1 - missed, {
      error: 0.008,
      off: offAt(withheld),
    });
  });
});

const voluntary: readonly Estimate[] = percents(0.1, 1, 0.1).map((s, at) =>
  estimate('voluntaryCheatingRate', { k: 1, R: 10, G, S, s }, 0.1, {
    error: 0.002,
    off: offAt(at),
  }),
);

const selected: readonly Estimate[] = percents(0.05, 0.5, 0.05).map((share, at) =>
  estimate('selectionShare', { share, identities: 1 }, share, { error: 0.006, off: offAt(at) }),
);

const silent: readonly Estimate[] = percents(0, 0.5, 0.1).map((u) =>
  estimate('noAnswer', { silent: u, replacements: 2 }, u * u * u, { error: 0.003 }),
);

const heap = (centre: number, width: number, top: number): Tally =>
  tally(
    Array.from({ length: 2 * width + 1 }, (_, at): readonly [bigint, number] => {
      const from = at - width;
      return [
        BigInt(centre + from),
        Math.floor(top * (1 - (from * from) / (width * width + 1))) + 1,
      ];
    }),
  );

const lux = (amount: number): Tally => tally([[BigInt(Math.floor(amount * 1e9)), 1]]);

export const TALLIES: Tallies = new Map<string, Tally>([
  ['finality/blocks', heap(2_400, 900, 12)],
  ['distance/honest', heap(120, 90, 300)],
  ['distance/cheating', heap(420, 220, 140)],
  ['flow/slash/burned', lux(420)],
  ['flow/slash/challenger', lux(210.5)],
  ['flow/slash/reruns', lux(96)],
  ['flow/bond/reruns', lux(31)],
  ['flow/bond/returned', lux(260)],
  ['flow/bond/upheld', lux(64)],
  ['flow/deposit/burned', lux(12)],
  ['flow/deposit/upheld', lux(18)],
  ['flow/penalty/burned', lux(9.25)],
  [
    'griefing/cost',
    tally([
      [2_000_000_000n, 40],
      [3_000_000_000n, 10],
    ]),
  ],
  [
    'griefing/loss',
    tally([
      [0n, 30],
      [1_500_000_000n, 20],
    ]),
  ],
  [
    'honest/lossPerAttestation',
    tally([
      [0n, 9_990],
      [1_000_000_000n, 10],
    ]),
  ],
  ['drawn/honest', tally([[1n, 780]])],
  ['drawn/colluding', tally([[1n, 220]])],
]);

export const FACTS: MarketFacts = {
  deadlineBlocks: 3_600,
  tolerance: 205n,
  stakeShares: new Map([
    ['honest', 0.8],
    ['colluding', 0.2],
  ]),
  honestStakeNlux: 100_000_000_000n,
  attestationsPerDay: 100,
};

export const MARKET: PlayedMarket = { name: 'base', tallies: TALLIES, facts: FACTS };

/** Sweeps and a market that give every picture of the registry, and one without a picture. */
export const INPUT: FigureInput = {
  estimates: [...profits, ...honest, ...panels, ...bias, ...voluntary, ...selected, ...silent],
  markets: [MARKET],
  theory: (base, parameter, value) => {
    if (base.name !== 'panelSlashQuorumError' || parameter !== 'colluders') return null;
    let rate = value;
    for (let seat = 1; seat < Number(base.parameters.panel); seat += 2) rate *= value * 2.5;
    return rate;
  },
};
