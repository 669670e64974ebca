/** Mutations of byte strings from a seed: the same sequence on every machine. */
export interface Mutator {
  /** A number from 0 up to, not including, `limit`. */
  readonly below: (limit: number) => number;
  /** A changed copy of the sample; parts of `others` may be spliced in. */
  readonly mutate: (sample: Uint8Array, others: readonly Uint8Array[]) => Uint8Array;
}

/** Bytes that mean something in DER, JSON, PEM and quotes. */
const INTERESTING = [
  0x00, 0x01, 0x7f, 0x80, 0x81, 0x82, 0x84, 0xff, 0x02, 0x03, 0x04, 0x05, 0x06, 0x30, 0x31, 0xa0,
  0xa3, 0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d, 0x2c, 0x3a, 0x2d, 0x2e, 0x65, 0x0a, 0x3d,
] as const;

/** xorshift32 (Marsaglia 2003, triple 13, 17, 5). */
const createRandom = (seed: number): (() => number) => {
  let state = (seed | 0) === 0 ? 1 : seed | 0;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
};

type Change = (bytes: Uint8Array, others: readonly Uint8Array[]) => Uint8Array;

const replace = (bytes: Uint8Array, from: number, to: number, part: Uint8Array): Uint8Array => {
  const out = new Uint8Array(from + part.length + (bytes.length - to));
  out.set(bytes.subarray(0, from));
  out.set(part, from);
  out.set(bytes.subarray(to), from + part.length);
  return out;
};

const createChanges = (below: (limit: number) => number): readonly Change[] => {
  const spot = (bytes: Uint8Array) => below(Math.max(1, bytes.length));
  const range = (bytes: Uint8Array): readonly [number, number] => {
    const from = spot(bytes);
    return [from, Math.min(bytes.length, from + 1 + below(32))];
  };
  const set = (bytes: Uint8Array, at: number, value: number): Uint8Array => {
    const out = bytes.slice();
    if (at < out.length) out[at] = value;
    return out;
  };
  return [
    (bytes) => {
      const at = spot(bytes);
      return set(bytes, at, (bytes[at] ?? 0) ^ (1 << below(8)));
    },
    (bytes) => set(bytes, spot(bytes), below(256)),
    (bytes) => set(bytes, spot(bytes), INTERESTING[below(INTERESTING.length)] ?? 0),
    (bytes) => bytes.slice(0, below(bytes.length + 1)),
    (bytes) => replace(bytes, ...range(bytes), new Uint8Array(0)),
    (bytes) => {
      const [from, to] = range(bytes);
      return replace(bytes, to, to, bytes.slice(from, to));
    },
    (bytes) => {
      const at = spot(bytes);
      return replace(
        bytes,
        at,
        at,
        Uint8Array.from({ length: 1 + below(8) }, () => below(256)),
      );
    },
    (bytes, others) => {
      const other = others[below(others.length)] ?? bytes;
      const [from, to] = range(other);
      return replace(bytes, ...range(bytes), other.subarray(from, to));
    },
    (bytes) => replace(bytes, bytes.length, bytes.length, new Uint8Array(below(64))),
    (bytes) => {
      const at = spot(bytes);
      return replace(bytes, at, Math.min(bytes.length, at + 4), Uint8Array.of(255, 255, 255, 255));
    },
  ];
};

export const createMutator = (seed: number): Mutator => {
  const random = createRandom(seed);
  const below = (limit: number): number => random() % limit;
  const changes = createChanges(below);
  return {
    below,
    mutate: (sample, others) => {
      let bytes = sample;
      const rounds = 1 + below(3);
      for (let i = 0; i < rounds; i += 1) {
        bytes = (changes[below(changes.length)] ?? ((same) => same))(bytes, others);
      }
      return bytes;
    },
  };
};
