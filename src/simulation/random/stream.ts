import { assert, concatBytes, sha256, toHex, u32be } from '../../codec/index.ts';
import type { Rational } from '../../machines/parameters/rational.ts';

/** Numbers of 48 bits are exact in a float, and six bytes of a digest make one. */
const NUMBER_BYTES = 6;
const NUMBER_RANGE = 281_474_976_710_656;
const BYTE_RANGE = 256;
const DIGEST_BYTES = 32;
/** Bits above the bound, so that hardly any candidate is refused. */
const SPARE_BITS = 8;

/**
 * Randomness for one purpose: SHA-256 of a key and a counter, 32 bytes at a time. What it gives
 * depends on the key and on how much was taken before, on nothing else.
 */
export class Stream {
  readonly #key: Uint8Array;
  #counter = 0;
  #block: Uint8Array = new Uint8Array(0);
  #at = 0;

  /** `key` is 32 bytes, and used for one stream only. */
  constructor(key: Uint8Array) {
    this.#key = key;
  }

  #next(): void {
    this.#block = sha256(concatBytes(this.#key, u32be(this.#counter)));
    this.#counter += 1;
    this.#at = 0;
  }

  #byte(): number {
    if (this.#at === this.#block.length) this.#next();
    const byte = this.#block[this.#at] ?? 0;
    this.#at += 1;
    return byte;
  }

  #number(): number {
    let value = 0;
    for (let at = 0; at < NUMBER_BYTES; at++) value = value * BYTE_RANGE + this.#byte();
    return value;
  }

  /** 32 bytes as hex: a beacon's randomness, an id. Takes a digest of its own. */
  bytes32(): string {
    this.#next();
    this.#at = DIGEST_BYTES;
    return toHex(this.#block);
  }

  /**
   * An integer of `[0, bound)`, each as likely as any other: candidates beyond the last whole
   * multiple of the bound are drawn anew. `bound` is 1 to 2^48 as a number, any size as a bigint.
   */
  below(bound: number): number;
  below(bound: bigint): bigint;
  below(bound: number | bigint): number | bigint {
    return typeof bound === 'number' ? this.#belowNumber(bound) : this.#belowBigint(bound);
  }

  #belowNumber(bound: number): number {
    assert(Number.isInteger(bound) && bound > 0 && bound <= NUMBER_RANGE, 'a bound of 48 bits');
    const limit = NUMBER_RANGE - (NUMBER_RANGE % bound);
    for (;;) {
      const value = this.#number();
      if (value < limit) return value % bound;
    }
  }

  #belowBigint(bound: bigint): bigint {
    assert(bound > 0n, 'a bound above 0');
    const bytes = Math.ceil((bound.toString(16).length * 4 + SPARE_BITS) / 8);
    const range = 1n << BigInt(8 * bytes);
    const limit = range - (range % bound);
    for (;;) {
      let hex = '';
      for (let at = 0; at < bytes; at++) hex += this.#byte().toString(16).padStart(2, '0');
      const value = BigInt(`0x${hex}`);
      if (value < limit) return value % bound;
    }
  }

  /** True with exactly the probability of a fraction of `[0, 1]`. */
  chance({ num, den }: Rational): boolean {
    if (num <= 0n) return false;
    if (num >= den) return true;
    return den <= BigInt(NUMBER_RANGE)
      ? this.#belowNumber(Number(den)) < Number(num)
      : this.#belowBigint(den) < num;
  }

  /**
   * True with the probability of a number, to within 2^−48: for what agents make up their minds
   * about, where the theory says nothing about the last digit.
   */
  roughly(probability: number): boolean {
    return this.#number() < probability * NUMBER_RANGE;
  }
}
