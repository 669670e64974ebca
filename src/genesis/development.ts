import { keypairFromSeed, type Keypair } from '../codec/index.ts';
import { DEFAULT_LUX_DECIMALS, nluxPerLux } from './amount.ts';

/** Accounts that the `local` preset funds. */
export const DEVELOPMENT_ACCOUNTS = 32;
/** What each of them owns at the beginning, in nLUX: 100,000 LUX. */
export const DEVELOPMENT_BALANCE_NLUX: bigint = 100_000n * nluxPerLux(DEFAULT_LUX_DECIMALS);

/** A key that everybody knows. */
export interface DevelopmentAccount extends Keypair {
  /** `dev0`, `dev1`, … */
  readonly name: string;
}

/**
 * The first `count` development accounts, the same on every machine: their keys follow from their
 * names. For the `local` preset; whoever uses them elsewhere gives the coins away.
 */
export const developmentAccounts = (count: number): readonly DevelopmentAccount[] =>
  Array.from({ length: count }, (_, index) => {
    const name = `dev${index}`;
    return { name, ...keypairFromSeed(`aivm/local/${name}`) };
  });
