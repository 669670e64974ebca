import { assert } from '../codec/failure.ts';
import { GAS } from '../machines/kit/index.ts';

/** Gas of what caches cannot change: the same on a node that has just started (PROTOCOL §3). */
export class Meter {
  readonly limit: number;
  #used = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  get used(): number {
    return this.#used;
  }

  /** Is more used than the limit? */
  get isExhausted(): boolean {
    return this.#used > this.limit;
  }

  charge(gas: number): void {
    assert(Number.isSafeInteger(gas) && gas >= 0, 'gas is a whole number');
    this.#used += gas;
  }

  /** A record that is written: its path in the tree, its bytes, and those it grew by. */
  chargeWrite(bytes: number, before: number): void {
    const grown = bytes > before ? bytes - before : 0;
    this.#used += GAS.write + bytes * GAS.writtenByte + grown * GAS.grownByte;
  }
}

/**
 * What a transaction costs before its message is delivered: its bytes, its signature, the account
 * of its sender read and written.
 */
export const intrinsicGas = (transactionBytes: number): number =>
  GAS.transaction +
  GAS.signature +
  GAS.actorRead +
  GAS.write +
  transactionBytes * GAS.transactionByte;

/** No limit that a meter can reach: timers are paid in advance (PROTOCOL §3). */
export const UNMETERED: number = Number.MAX_SAFE_INTEGER;
