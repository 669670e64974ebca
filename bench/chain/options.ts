import { parseArgs } from 'node:util';

/** What is measured, and how much of it. */
export interface Options {
  /** Sizes of the state, accounts, ascending. */
  readonly accounts: readonly number[];
  /** Measured blocks of one phase. */
  readonly blocks: number;
  /** Transactions of one block. */
  readonly blockSize: number;
  /** Fresh processes that open each database. */
  readonly starts: number;
  readonly json: boolean;
}

export const USAGE = `Measures the chain on this machine, end to end and durable.

  npm run bench                 prints tables
  npm run -s bench -- --json    prints the figures

  --accounts N,N,…   sizes of the state (10000,100000,1000000)
  --blocks N         measured blocks of each phase (100)
  --block-size N     transactions of a block (200)
  --starts N         fresh processes that open each database (5)
  --quick            a few seconds, for a look: small states and few blocks
`;

const LIMITS = { accounts: 10_000_000, blocks: 100_000, blockSize: 2_000, starts: 100 } as const;
const FULL = { accounts: '10000,100000,1000000', blocks: '100', blockSize: '200', starts: '5' };
const QUICK = { accounts: '500,2000', blocks: '4', blockSize: '20', starts: '1' };

const wholeNumber = (name: string, text: string, limit: number): number => {
  const value = /^[0-9]{1,9}$/.test(text) ? Number(text) : 0;
  if (value >= 1 && value <= limit) return value;
  throw new Error(`--${name} takes a whole number from 1 to ${limit}, not ${text}`);
};

/** The options of a command line; undefined when only help is asked for. Throws for bad ones. */
export const readOptions = (args: readonly string[]): Options | undefined => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      accounts: { type: 'string' },
      blocks: { type: 'string' },
      'block-size': { type: 'string' },
      starts: { type: 'string' },
      quick: { type: 'boolean' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) return undefined;
  const preset = values.quick === true ? QUICK : FULL;
  const sizes = (values.accounts ?? preset.accounts).split(',');
  return {
    accounts: sizes
      .map((size) => wholeNumber('accounts', size, LIMITS.accounts))
      .sort((a, b) => a - b),
    blocks: wholeNumber('blocks', values.blocks ?? preset.blocks, LIMITS.blocks),
    blockSize: wholeNumber(
      'block-size',
      values['block-size'] ?? preset.blockSize,
      LIMITS.blockSize,
    ),
    starts: wholeNumber('starts', values.starts ?? preset.starts, LIMITS.starts),
    json: values.json === true,
  };
};
