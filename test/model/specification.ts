// The immutable part of a profile, and its canonical bytes: a positional CBOR array (PROTOCOL §2).
import { big, fromHex, join, u8 } from './bytes.ts';

export type Comparator =
  | { readonly type: 'exact' }
  | {
      readonly type: 'tokens';
      readonly chunkElements: number;
      readonly loTokens: number;
      readonly hiTokens: number;
      readonly minFail: number;
    };

export interface Specification {
  readonly modelId: string;
  readonly comparator: Comparator;
  readonly precision: {
    readonly engine: string;
    readonly dtype: string;
    readonly settings: string;
    readonly decoding: 'none' | 'greedy' | 'sampled';
  };
  readonly tee: { readonly type: 'none' };
  readonly rerunFeeNlux: bigint;
}

/** RFC 8949 §3: major type and argument, in the shortest form. */
const head = (major: number, value: number): Uint8Array => {
  const first = major << 5;
  if (value < 24) return u8(first | value);
  if (value < 256) return join(u8(first | 24), big(value, 1));
  if (value < 65_536) return join(u8(first | 25), big(value, 2));
  return join(u8(first | 26), big(value, 4));
};

const uint = (value: number) => head(0, value);
const bytes = (value: Uint8Array) => join(head(2, value.length), value);
const array = (...items: readonly Uint8Array[]) => join(head(4, items.length), ...items);
const text = (value: string) => {
  const encoded = new Uint8Array(Buffer.from(value, 'utf8'));
  return join(head(3, encoded.length), encoded);
};
const amount = (value: bigint) => bytes(big(value, 16));

const DECODINGS = ['none', 'greedy', 'sampled'];

const comparatorBytes = (of: Comparator): Uint8Array =>
  of.type === 'exact'
    ? array(uint(1))
    : array(
        uint(2),
        uint(of.chunkElements),
        uint(of.loTokens),
        uint(of.hiTokens),
        uint(of.minFail),
      );

export const canonical = (of: Specification): Uint8Array =>
  array(
    bytes(fromHex(of.modelId)),
    comparatorBytes(of.comparator),
    array(
      text(of.precision.engine),
      text(of.precision.dtype),
      text(of.precision.settings),
      uint(DECODINGS.indexOf(of.precision.decoding)),
    ),
    array(uint(0)),
    amount(of.rerunFeeNlux),
  );
