import { describe, expect, it } from 'vitest';
import { decode, encode, hex, list, u32, variants } from '../../../../src/codec/index.ts';
import { drawnChunks } from '../../../../src/machines/challenge/chunks.ts';
import { challengeMessage } from '../../../../src/machines/challenge/messages.ts';
import { MAX_NAMED_CHUNKS } from '../../../../src/machines/challenge/record.ts';
import { LADDER, LUX } from '../../../support/parameters.ts';
import { EXACT, TENSOR_SCALES, TOKENS, ULP, type Scale } from '../../../support/scales.ts';
import { BOTH, flat, marketOf, type Levels } from '../../../support/tolerance.ts';

// Which chunks are compared: named ones always, and eight drawn (PROTOCOL §7).

const CHUNKS = 64;
const honest = flat(0, CHUNKS);
/** An honest output but for these chunks. */
const fakedAt = (...places: readonly number[]): Levels =>
  honest.map((level, at) => (places.includes(at) ? level + 6 : level));

/** `p1` has faked these chunks; one honest seat judges the pair. */
const judged = (scale: Scale, faked: readonly number[], named: readonly number[] = []) => {
  const market = marketOf(scale);
  const id = market.pairOf(honest, fakedAt(...faked), named);
  market.toChunks(id, [honest]);
  const drawn = market.openings(id, 'p1').map(({ index }) => index);
  market.openAll(id, [...BOTH, ...market.revealed(id)]);
  market.pass(id);
  return { market, id, drawn, verdicts: market.verdicts(id) };
};

const scales = [TOKENS, ...TENSOR_SCALES].map((scale) => [scale.comparator.type, scale] as const);

describe.each(scales)('%s: one faked chunk of 64', (_, scale) => {
  it('is rejected where the challenger names it', () => {
    const { drawn, verdicts } = judged(scale, [50], [3, 50]);
    expect(drawn.slice(0, 2)).toEqual([3, 50]);
    expect(verdicts).toEqual(['valid', 'faulty']);
  });

  it('is not seen where it is neither named nor drawn; where drawn, the seat abstains', () => {
    const seen = [10, 20, 30].map((place) => {
      const { drawn, verdicts } = judged(scale, [place]);
      expect(drawn).toHaveLength(8);
      expect(verdicts).toEqual(['valid', drawn.includes(place) ? 'void' : 'valid']);
      return drawn.includes(place);
    });
    expect(seen).toContain(false);
  });
});

describe('drawn chunks (PROTOCOL §7, minFail)', () => {
  const few = (...levels: Levels) => {
    const market = marketOf(ULP);
    const id = market.pairOf(flat(0, levels.length), levels);
    market.playPanel(id, [flat(0, levels.length)]);
    return market.verdicts(id);
  };

  it('two beyond the threshold reject, one makes the seat abstain', () => {
    expect(few(6, 0, 6)).toEqual(['valid', 'faulty']);
    expect(few(0, 6, 0)).toEqual(['valid', 'void']);
  });

  it('the only one rejects', () => {
    expect(few(6)).toEqual(['valid', 'faulty']);
  });

  it('between the thresholds in one of many makes the seat abstain', () => {
    expect(few(0, 0, 2)).toEqual(['valid', 'void']);
  });

  it('an honest first chunk with a faked rest is found', () => {
    const rest = honest.map((_, at) => at).slice(1);
    expect(judged(ULP, rest).verdicts).toEqual(['valid', 'faulty']);
  });

  it.each([1, 4, 16, 32])('find %i faked ones of 64 as often as eight draws do', (faked) => {
    const seeds = 3_000;
    const found = Array.from({ length: seeds }, (_, seed) =>
      drawnChunks({
        beacon: seed.toString(16).padStart(64, '0'),
        challengeId: 'cd'.repeat(32),
        round: 1,
        leaves: CHUNKS,
        wanted: 8,
      }).filter((chunk) => chunk < faked),
    ).filter((hits) => hits.length >= 2).length;
    const choose = (n: number, k: number): number =>
      Array.from({ length: k }, (_, i) => (n - i) / (i + 1)).reduce((a, b) => a * b, 1);
    const missed = choose(CHUNKS - faked, 8) + faked * choose(CHUNKS - faked, 7);
    const probability = 1 - missed / choose(CHUNKS, 8);
    const sigma = Math.sqrt(seeds * probability * (1 - probability));
    expect(Math.abs(found - seeds * probability)).toBeLessThanOrEqual(4 * sigma);
  });
});

describe('a named chunk', () => {
  it('that the output does not have is no matter', () => {
    const { drawn, verdicts } = judged(ULP, [50], [64, 4_000_000_000, 50]);
    expect(drawn[0]).toBe(50);
    expect(drawn.every((index) => index < CHUNKS)).toBe(true);
    expect(verdicts).toEqual(['valid', 'faulty']);
  });

  it('named twice is compared once', () => {
    expect(judged(ULP, [50], [50, 50, 50]).drawn.filter((index) => index === 50)).toHaveLength(1);
  });

  it('in between the thresholds does not reject', () => {
    const market = marketOf(ULP);
    const id = market.pairOf(flat(0), [0, 2, 0], [1]);
    market.playPanel(id, [flat(0)]);
    expect(market.verdicts(id)).toEqual(['valid', 'void']);
  });

  it('is one of four of a message at most', () => {
    const fields = {
      first: hex(32),
      second: hex(32),
      firstProvider: hex(20),
      secondProvider: hex(20),
      modelId: hex(32),
      profileHash: hex(32),
    };
    const wide = variants({ open: [1, { ...fields, named: list(u32, 9) }] });
    const market = marketOf(ULP);
    const open = (named: readonly number[]) =>
      decode(
        challengeMessage,
        encode(wide, { ...market.challengeMessage('p0', 'p1'), named }),
        2_000,
      ).ok;
    expect(open([1, 2, 3, 4])).toBe(true);
    expect(open(Array.from({ length: MAX_NAMED_CHUNKS + 1 }, (_, at) => at))).toBe(false);
  });
});

describe('an appeal that names chunks', () => {
  it('shows a result wrong that the first panel had found valid, and gets its deposit back', () => {
    const market = marketOf(ULP, LADDER);
    const id = market.pairOf(honest, fakedAt(60));
    market.toChunks(id, [honest]);
    const first = market.openings(id, 'p1').map(({ index }) => index);
    expect(first).not.toContain(60);
    market.openAll(id, [...BOTH, ...market.revealed(id)]);
    market.pass(id);
    expect(market.findings(id)).toEqual(['valid', 'valid']);
    const before = market.wealthOf('consumer');
    market.appeal(id, 'consumer', [60]);
    market.toChunks(id, [honest, honest, honest]);
    const second = market.openings(id, 'p1').map(({ index }) => index);
    expect(second[0]).toBe(60);
    // Drawn anew, from another beacon round.
    expect(second.slice(1)).not.toEqual(first);
    market.openAll(id, [...BOTH, ...market.revealed(id)]);
    market.pass(id);
    expect(market.findings(id)).toEqual(['valid', 'faulty']);
    market.accept(id);
    expect(market.lostBy('p1')).toBe(10n * LUX);
    // All but the fee of the one message is back.
    expect(before - market.wealthOf('consumer')).toBeLessThan(LUX / 100n);
  });
});

describe('exact', () => {
  it('sees a difference in a chunk that nobody compares: the hash of the whole says it', () => {
    const { market, id, drawn, verdicts } = judged(EXACT, [63]);
    expect(drawn).toHaveLength(8);
    expect(verdicts).toEqual(['valid', 'faulty']);
    expect(market.lostBy('p1')).toBe(5n * LUX);
    expect(market.context(id).seats[0]?.stanceSecond).toBe('rejects');
  });
});
