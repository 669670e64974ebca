import { GAS } from '../kit/gas.ts';
import type { Comparator } from './record.ts';

/**
 * Gas of one comparison of two chunks, and of finding one of them well-formed. `bytes` are those
 * that a party opens, output and evidence together. What the bytes hold is the parties' choice, so
 * the price is that of the dearest.
 */
export const comparisonGas = (c: Comparator, bytes: number): number =>
  GAS.comparison + ((bytes * GAS.comparedBytes[c.type]) >>> 4);
