import { commitOutput, type CommittedOutput } from '../../client/output.ts';
import { concatBytes, fromHex, hashBytes, u32be, utf8, varying } from '../../codec/index.ts';
import {
  encodeTokens,
  type Comparator,
  type FloatFormat,
} from '../../machines/comparators/index.ts';
import type { Rates, Saying } from '../agents/index.ts';
import { Stream } from '../random/index.ts';

/** An author's answer to a claim: its bytes, and both trees over them. */
export interface Answer {
  readonly saying: Saying;
  readonly bytes: Uint8Array;
  readonly output: CommittedOutput;
}

const TOKEN_IDS = 2 ** 32;

/** Bits of 1.0, of the mantissa below, and of the largest finite number. */
const FLOATS: Readonly<Record<FloatFormat, { one: number; below: number; most: number }>> = {
  f32: { one: 0x3f80_0000, below: 2 ** 23, most: 0x7f7f_ffff },
  f16: { one: 0x3c00, below: 2 ** 10, most: 0x7bff },
  bf16: { one: 0x3f80, below: 2 ** 7, most: 0x7f7f },
};

interface Parts {
  readonly comparator: Comparator;
  readonly elements: number;
  readonly chunkBytes: number;
  /** Decides how far noisy authors are from the truth. */
  readonly noise: Stream;
}

/**
 * What a model would give: elements that follow from the payload alone, and others for each lie.
 * Numbers of tensors are of [1, 2), a step of one bit being one ULP.
 */
export class Answers {
  readonly #parts: Parts;
  readonly #known = new Map<string, Answer>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The same whenever it is asked for: an author's noise on a claim is drawn once. */
  of(author: string, payloadHash: string, saying: Saying, rates: Rates): Answer {
    const said = saying.type === 'truth' ? '' : `lie ${saying.by}`;
    const key = `${author} ${payloadHash} ${said}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const bytes = this.#bytes(payloadHash, said, rates);
    const { comparator, chunkBytes } = this.#parts;
    const output = commitOutput({ author, comparator, output: bytes, chunkBytes });
    const made = { saying, bytes, output };
    this.#known.set(key, made);
    return made;
  }

  #bytes(payloadHash: string, said: string, rates: Rates): Uint8Array {
    const { comparator } = this.#parts;
    const parts = [fromHex(payloadHash), varying(utf8(said))];
    const key = hashBytes('aivm/simulation-output/1', ...parts);
    if (comparator.type === 'exact') return key;
    const source = new Stream(key);
    if (comparator.type === 'tokens') return encodeTokens(this.#tokens(source, rates));
    const format = 'format' in comparator ? comparator.format : 'f32';
    return this.#floats(source, format, rates);
  }

  #isNoisy({ noise }: Rates): boolean {
    return noise > 0 && this.#parts.noise.roughly(noise);
  }

  #tokens(source: Stream, rates: Rates): readonly number[] {
    return Array.from({ length: this.#parts.elements }, () => {
      const token = source.below(TOKEN_IDS);
      if (!this.#isNoisy(rates)) return token;
      return (token + 1 + this.#parts.noise.below(TOKEN_IDS - 1)) % TOKEN_IDS;
    });
  }

  #floats(source: Stream, format: FloatFormat, rates: Rates): Uint8Array {
    const { one, below, most } = FLOATS[format];
    const numbers = Array.from({ length: this.#parts.elements }, () => {
      const bits = one + source.below(below);
      if (!this.#isNoisy(rates)) return bits;
      const by = 1 + this.#parts.noise.below(rates.noiseSize);
      const moved = this.#parts.noise.below(2) === 0 ? bits - by : bits + by;
      return Math.max(0, Math.min(most, moved));
    });
    const width = format === 'f32' ? 4 : 2;
    return concatBytes(
      ...numbers.map((bits) =>
        u32be(bits)
          .subarray(4 - width)
          .toReversed(),
      ),
    );
  }
}
