import type { Stream } from '../random/index.ts';
import type { Rates } from './kinds.ts';

/** Weight of what was expected before anything was seen, in checks and in catches. */
const PRIOR = 1;

/**
 * A challenger that nobody pays but for what it finds. It counts how often a check finds a lie and
 * what a find has brought, and checks while the one times the other is above what a check costs;
 * beyond that it tries at a small rate, to see whether things have changed (ECONOMICS 5).
 */
export class Checker {
  readonly #costNlux: bigint;
  readonly #rates: Rates;
  readonly #curiosity: Stream;
  #checks = 0;
  #finds = 0;
  #judged = 0;
  #earnedNlux = 0n;

  constructor(costNlux: bigint, rates: Rates, curiosity: Stream) {
    this.#costNlux = costNlux;
    this.#rates = rates;
    this.#curiosity = curiosity;
  }

  /** Does it look at the next attestation? */
  checks(): boolean {
    const expected =
      (this.#earnedNlux * BigInt(this.#finds + PRIOR)) /
      (BigInt(this.#judged + PRIOR) * BigInt(this.#checks + PRIOR));
    const isWorth = this.#judged === 0 || expected > this.#costNlux;
    if (!isWorth && !this.#curiosity.roughly(this.#rates.explores)) return false;
    this.#checks += 1;
    return true;
  }

  /** What it looked at was wrong. */
  found(): void {
    this.#finds += 1;
  }

  /** What came of a challenge, less what it cost; negative where it lost its bond. */
  earned(amountNlux: bigint): void {
    this.#judged += 1;
    this.#earnedNlux += amountNlux;
  }
}
