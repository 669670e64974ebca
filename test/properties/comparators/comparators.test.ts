import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compareSeats,
  compareWithSeat,
  distanceOfSeats,
} from '../../../src/machines/comparators/index.ts';
import {
  distanceToSeat,
  isWellFormed,
  whyUnsound,
} from '../../../src/machines/comparators/index.ts';
import {
  FLOAT_FORMATS,
  type Comparator,
  type Shown,
} from '../../../src/machines/comparators/index.ts';
import {
  COSINE,
  LOGPROBS,
  RELATIVE,
  shown,
  TOKENS,
  TOPLOC,
  ULP,
} from '../../unit/comparators/support.ts';
import { forward, listed, RUNS, tensor, text } from './arbitrary.ts';
import { abs, elementsOf, SCALE, valuesOf, type Value } from './reference.ts';

const format = fc.constantFrom(...FLOAT_FORMATS);
const bytes = fc.uint8Array({ maxLength: 24 }).map((of) => shown(of));
const ALL: readonly Comparator[] = [
  { type: 'exact' },
  TOKENS,
  ULP,
  RELATIVE,
  COSINE,
  LOGPROBS,
  TOPLOC,
];
const ATTO = 10n ** 18n;
const PICO = 10n ** 12n;

const near = (c: Comparator, a: Shown): void => {
  expect(distanceToSeat(c, a, a).every((value) => value === 0n)).toBe(true);
  expect(compareWithSeat(c, a, a)).toBe('near');
  expect(compareSeats(c, a, a)).toBe('near');
};

describe('nothing is apart from itself', () => {
  test('exact, tokens', () => {
    fc.assert(
      fc.property(bytes, (a) => near({ type: 'exact' }, a)),
      RUNS,
    );
    fc.assert(
      fc.property(text, (a) => near(TOKENS, a)),
      RUNS,
    );
  });

  test('ulp, relative, cosine, with NaN and infinities', () => {
    const of = format.chain((f) => fc.tuple(fc.constant(f), tensor(f, 4)));
    fc.assert(
      fc.property(of, ([f, a]) => {
        for (const c of [ULP, RELATIVE, COSINE]) near({ ...c, format: f }, a);
      }),
      RUNS,
    );
  });

  test('logprobs, and toploc between the two forms of its evidence', () => {
    fc.assert(
      fc.property(listed(3), (a) => near(LOGPROBS, a)),
      RUNS,
    );
    const c = { ...TOPLOC, chunkElements: 64 };
    fc.assert(
      fc.property(forward, ({ proof, pairs }) => {
        expect(isWellFormed(c, 'defendant', proof)).toBe(true);
        expect(isWellFormed(c, 'seat', pairs)).toBe(true);
        // Bits of a negative NaN from 65497 on are no elements of the field.
        const hasNaN = [...pairs.evidence].some((byte, at) => at % 6 === 5 && byte === 0xff);
        const zero = [0n, 0n, 0n];
        if (!hasNaN) expect(distanceToSeat(c, proof, pairs)).toEqual(zero);
        expect(distanceOfSeats(c, pairs, pairs)).toEqual(distanceToSeat(c, proof, pairs));
      }),
      RUNS,
    );
  });
});

const pair = <T>(of: fc.Arbitrary<T>) => fc.tuple(of, of);
const triple = <T>(of: fc.Arbitrary<T>) => fc.tuple(of, of, of);
const distance = (c: Comparator, a: Shown, b: Shown): bigint =>
  distanceToSeat(c, a, b)[0] as bigint;

describe('symmetry (I18)', () => {
  const symmetric =
    (c: Comparator) =>
    ([a, b]: readonly [Shown, Shown]): void => {
      expect(distanceToSeat(c, a, b)).toEqual(distanceToSeat(c, b, a));
      expect(distanceOfSeats(c, a, b)).toEqual(distanceToSeat(c, a, b));
    };
  test('tokens, logprobs', () => {
    fc.assert(fc.property(pair(text), symmetric(TOKENS)), RUNS);
    fc.assert(fc.property(pair(listed(3)), symmetric(LOGPROBS)), RUNS);
  });
  test('ulp, cosine', () => {
    fc.assert(
      fc.property(pair(tensor('f32', 3)), symmetric({ ...ULP, atolPico: 10n ** 12n })),
      RUNS,
    );
    fc.assert(fc.property(pair(tensor('f32', 3)), symmetric(COSINE)), RUNS);
  });
});

describe('the triangle inequality of the metric ones (I18)', () => {
  const triangle =
    (c: Comparator) =>
    ([a, b, x]: readonly [Shown, Shown, Shown]): void => {
      expect(distance(c, a, b) <= distance(c, a, x) + distance(c, x, b)).toBe(true);
    };
  test('tokens', () => {
    fc.assert(fc.property(triple(text), triangle(TOKENS)), RUNS);
  });
  test('ulp with atol 0', () => {
    fc.assert(fc.property(triple(tensor('bf16', 2)), triangle(ULP_BF16)), RUNS);
  });
  const ULP_BF16: Comparator = { ...ULP, format: 'bf16' };

  test('cosine: four times lo, at most, between two that are near a third', () => {
    const near3 = triple(fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 3, maxLength: 3 }));
    const vector = (values: readonly number[]): Shown =>
      shown(
        new Uint8Array(Float32Array.from(values, (value, at) => 100 * (at + 1) + value).buffer),
      );
    fc.assert(
      fc.property(near3, ([a, b, x]) => {
        const lo = [distance(COSINE, vector(a), vector(x)), distance(COSINE, vector(x), vector(b))];
        const most = 4n * (lo as bigint[]).reduce((p, q) => (p > q ? p : q));
        expect(distance(COSINE, vector(a), vector(b)) <= most + 1n).toBe(true);
      }),
      RUNS,
    );
  });
});

describe('exact arithmetic, against naive rationals', () => {
  const of = format.chain((f) => fc.tuple(fc.constant(f), tensor(f, 3), tensor(f, 3)));
  const pico = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
  const small = fc.oneof(pico, fc.bigInt({ min: 0n, max: 10n ** 7n }));
  const isNumber = (value: Value | undefined): value is bigint => typeof value === 'bigint';

  test('ulp', () => {
    fc.assert(
      fc.property(of, small, ([f, a, b], atolPico) => {
        const bitsA = elementsOf(f, a.output);
        const bitsB = elementsOf(f, b.output);
        const [valuesA, valuesB] = [valuesOf(f, a.output), valuesOf(f, b.output)];
        const sign = f === 'f32' ? 2 ** 31 : 2 ** 15;
        const place = (bits: number) => (bits < sign ? bits : sign - bits);
        const each = bitsA.map((x, at) => {
          const y = bitsB[at] as number;
          const [p, q] = [valuesA[at], valuesB[at]];
          if (x === y) return 0n;
          if (p === 'NaN' || q === 'NaN') return 2n ** 32n;
          const isWithin =
            isNumber(p) && isNumber(q) && abs(p - q) * PICO <= atolPico * (1n << SCALE);
          return isWithin ? 0n : BigInt(Math.abs(place(x) - place(y)));
        });
        const expected = each.reduce((x, y) => (x > y ? x : y));
        expect(distance({ ...ULP, format: f, atolPico }, a, b)).toBe(expected);
      }),
      RUNS,
    );
  });

  test('relative', () => {
    fc.assert(
      fc.property(of, small, small, ([f, a, b], atolPico, rtolPico) => {
        const bitsB = elementsOf(f, b.output);
        const valuesB = valuesOf(f, b.output);
        const agreeing = valuesOf(f, a.output).filter((p, at) => {
          if (elementsOf(f, a.output)[at] === bitsB[at]) return true;
          const q = valuesB[at];
          if (!isNumber(p) || !isNumber(q)) return false;
          return abs(p - q) * PICO <= atolPico * (1n << SCALE) + rtolPico * abs(q);
        }).length;
        const c = { ...RELATIVE, format: f, atolPico, rtolPico };
        expect(distance(c, a, b)).toBe([1_000_000n, 666_667n, 333_334n, 0n][agreeing]);
      }),
      RUNS,
    );
  });

  test('cosine', () => {
    const dot = (a: readonly bigint[], b: readonly bigint[]) =>
      a.reduce((sum, x, at) => sum + x * (b[at] as bigint), 0n);
    let measured = 0;
    fc.assert(
      fc.property(of, ([f, a, b]) => {
        const [p, q] = [valuesOf(f, a.output), valuesOf(f, b.output)];
        const d = distance({ ...COSINE, format: f }, a, b);
        if (!p.every(isNumber) || !q.every(isNumber)) {
          const areEqual = a.output.every((byte, at) => byte === b.output[at]);
          expect(d).toBe(areEqual ? 0n : ATTO + 1n);
          return;
        }
        const [product, sizes] = [dot(p, q), dot(p, p) * dot(q, q)];
        if (sizes === 0n || product < 0n) {
          expect(d === 0n || d === ATTO + 1n).toBe(true);
          return;
        }
        measured += 1;
        // d is the least integer with dot²·10^18 ≥ (10^18 − d)·|a|²|b|².
        const holds = (atto: bigint) => product * product * ATTO >= (ATTO - atto) * sizes;
        expect(holds(d)).toBe(true);
        expect(d === 0n || !holds(d - 1n)).toBe(true);
      }),
      RUNS,
    );
    expect(measured).toBeGreaterThan(50);
  });

  test('near, between and far partition the distances', () => {
    const thresholds = fc.tuple(fc.nat({ max: 8 }), fc.nat({ max: 8 }));
    fc.assert(
      fc.property(pair(text), thresholds, ([a, b], [lo, more]) => {
        const c = { ...TOKENS, loTokens: lo, hiTokens: lo + more };
        const d = distance(c, a, b);
        const expected = d <= BigInt(lo) ? 'near' : d > BigInt(lo + more) ? 'far' : 'between';
        expect(compareWithSeat(c, a, b)).toBe(expected);
      }),
      RUNS,
    );
  });
});

describe('bytes that nobody should send', () => {
  const anything = fc.record({
    output: fc.uint8Array({ maxLength: 300 }),
    evidence: fc.uint8Array({ maxLength: 300 }),
  });
  const c = fc.constantFrom(...ALL);

  test('are refused or compared, and nothing throws', () => {
    fc.assert(
      fc.property(c, anything, anything, (each, a, b) => {
        if (!isWellFormed(each, 'seat', b)) return;
        if (isWellFormed(each, 'defendant', a)) {
          expect(['near', 'between', 'far']).toContain(compareWithSeat(each, a, b));
        }
        if (isWellFormed(each, 'seat', a)) {
          expect(['near', 'between', 'far']).toContain(compareSeats(each, a, b));
        }
      }),
      { ...RUNS, numRuns: 2_000 },
    );
  });

  test('in a proof of the right length give a polynomial or none', () => {
    const proof = fc.uint8Array({ minLength: 10, maxLength: 10 });
    const seat = forward.map(({ pairs }) => pairs);
    fc.assert(
      fc.property(proof, proof, seat, (first, second, pairs) => {
        const evidence = Uint8Array.from([...first, ...second]);
        const mine = { output: pairs.output, evidence };
        const modulus = (of: Uint8Array) => (of[0] as number) * 256 + (of[1] as number);
        const isIn = (of: Uint8Array) => modulus(of) > 32_768 && modulus(of) <= 65_497;
        if (!isIn(first) || !isIn(second))
          expect(isWellFormed(TOPLOC, 'defendant', mine)).toBe(false);
        else if (isWellFormed(TOPLOC, 'defendant', mine)) {
          expect(distanceToSeat(TOPLOC, mine, pairs)).toHaveLength(3);
        }
      }),
      RUNS,
    );
  });

  test('as a comparator are sound or refused, and nothing throws', () => {
    const u32 = fc.oneof(fc.nat({ max: 300 }), fc.integer({ min: 0, max: 2 ** 32 - 1 }));
    const any = fc
      .tuple(c, u32, u32, u32, fc.nat({ max: 255 }))
      .map(([each, e, lo, hi, k]) =>
        each.type === 'exact'
          ? each
          : Object.assign(
              { ...each },
              { chunkElements: e, minFail: k % 10 },
              each.type === 'tokens' ? { loTokens: lo, hiTokens: hi } : {},
              'topK' in each ? { topK: k, loPpm: lo, hiPpm: hi } : {},
            ),
      );
    fc.assert(
      fc.property(any, (each) => {
        const reason = whyUnsound(each, { decoding: 'none' });
        expect(reason === undefined || reason.code.startsWith('comparator-')).toBe(true);
      }),
      RUNS,
    );
  });
});
