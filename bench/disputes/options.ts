import { parseArgs } from 'node:util';

/** What is measured, and how much of it. */
export interface Options {
  /** Pending attestations that the state holds besides those that are challenged. */
  readonly attestations: number;
  /** Challenges whose windows end together. */
  readonly challenges: number;
  /** Those among them whose parties open their chunks, so that these are freed at the end. */
  readonly opened: number;
  /** Challenges that end by the deepest timer that there is, in one block. */
  readonly deepest: number;
  /** Providers, each with an owner of its own. */
  readonly providers: number;
  /** Blocks of each baseline. */
  readonly baselineBlocks: number;
  readonly json: boolean;
}

export const USAGE = `Measures blocks in which the windows of many challenges end together.

  npm run bench:disputes                 prints tables
  npm run -s bench:disputes -- --json    prints the figures

  --attestations N     pending attestations in the state (100000)
  --challenges N       challenges that expire together (1000)
  --opened N           those of them whose chunks are opened (20)
  --deepest N          challenges that end by the deepest timer (64)
  --providers N        providers, each with its own owner (128)
  --baseline-blocks N  empty and full blocks to compare with (20)
  --quick              seconds, for a look
`;

/** Owners that the last panel of a pair needs when every seat before it was replaced twice. */
const LEAST_PROVIDERS = 48;

const LIMITS = {
  attestations: [0, 10_000_000],
  challenges: [1, 10_000],
  opened: [0, 200],
  deepest: [1, 256],
  providers: [LEAST_PROVIDERS, 10_000],
  'baseline-blocks': [1, 1_000],
} as const;
type Name = keyof typeof LIMITS;

const FULL: Readonly<Record<Name, string>> = {
  attestations: '100000',
  challenges: '1000',
  opened: '20',
  deepest: '64',
  providers: '128',
  'baseline-blocks': '20',
};
const QUICK: Readonly<Record<Name, string>> = {
  attestations: '500',
  challenges: '300',
  opened: '2',
  deepest: '2',
  providers: '48',
  'baseline-blocks': '3',
};

const wholeNumber = (name: Name, text: string): number => {
  const [least, most] = LIMITS[name];
  const value = /^[0-9]{1,9}$/.test(text) ? Number(text) : -1;
  if (value >= least && value <= most) return value;
  throw new Error(`--${name} takes a whole number from ${least} to ${most}, not ${text}`);
};

const number = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

/** The options of a command line; undefined when only help is asked for. Throws for bad ones. */
export const readOptions = (args: readonly string[]): Options | undefined => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      attestations: number,
      challenges: number,
      opened: number,
      deepest: number,
      providers: number,
      'baseline-blocks': number,
      quick: flag,
      json: flag,
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) return undefined;
  const preset = values.quick === true ? QUICK : FULL;
  const of = (name: Name): number => wholeNumber(name, values[name] ?? preset[name]);
  const challenges = of('challenges');
  return {
    attestations: of('attestations'),
    challenges,
    opened: Math.min(of('opened'), challenges),
    deepest: of('deepest'),
    providers: of('providers'),
    baselineBlocks: of('baseline-blocks'),
    json: values.json === true,
  };
};
