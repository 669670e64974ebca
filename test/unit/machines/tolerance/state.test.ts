import { describe, expect, it } from 'vitest';
import { MAINNET } from '../../../../src/genesis/presets/mainnet.ts';
import { whyUnsound } from '../../../../src/machines/comparators/index.ts';
import type { Comparator } from '../../../../src/machines/comparators/index.ts';
import { toplocPairs, toplocProof } from '../../../../src/machines/comparators/index.ts';
import { LADDER, SHORT } from '../../../support/parameters.ts';
import { EXACT, LOGPROBS, RELATIVE, SCALES, TOKENS, TOPLOC } from '../../../support/scales.ts';
import { ULP, COSINE, type Scale } from '../../../support/scales.ts';
import { BOTH, flat, marketOf, ToleranceMarket } from '../../../support/tolerance.ts';

// Opened chunks stand in the state for one reveal window, and their size fits a block.

const scales = SCALES.map((scale) => [scale.comparator.type, scale] as const);

/** A pair of which every party has opened all it has to. */
const allOpened = (market: ToleranceMarket, level: number) => {
  const id = market.pairOf(flat(0), flat(4));
  market.toChunks(id, [flat(level)]);
  market.openAll(id, [...BOTH, ...market.revealed(id)]);
  return id;
};

describe.each(scales)('%s: chunks that were opened', (_, scale) => {
  it('are kept while the window lasts, and not after a verdict', () => {
    const market = marketOf(scale);
    const id = allOpened(market, 0);
    expect(market.keptChunks(id).length).toBeGreaterThanOrEqual(9);
    market.pass(id);
    expect(market.verdicts(id)).toEqual(['valid', 'faulty']);
    expect(market.keptChunks(id)).toEqual([]);
  });

  it('are gone in a void, after a next panel by itself, and after one by an appeal', () => {
    const market = marketOf(scale, LADDER);
    const id = allOpened(market, 2);
    market.pass(id);
    expect(market.stateOf(id)).toBe('awaitSeed');
    expect(market.keptChunks(id)).toEqual([]);
    market.playPanel(id, [flat(0), flat(0), flat(0)]);
    expect(market.stateOf(id)).toBe('decided');
    market.appeal(id, 'consumer', [2]);
    market.playPanel(
      id,
      Array.from({ length: 7 }, () => flat(2)),
    );
    expect(market.verdicts(id)).toEqual(['void', 'void']);
  });

  it('are gone where only some were opened, by parties of which none is complete', () => {
    const market = marketOf(scale);
    const id = market.pairOf(flat(0), flat(6));
    market.toChunks(id, [flat(0)]);
    const names = [...BOTH, ...market.revealed(id)];
    const orders = names.flatMap((name) =>
      market
        .openings(id, name)
        .slice(1, 3)
        .map((message) => market.order(name, id, message)),
    );
    market.doAll(orders);
    expect(market.keptChunks(id)).toHaveLength(6);
    market.pass(id);
    expect(market.keptChunks(id)).toEqual([]);
  });

  it('are gone where a challenge lapses in the middle of its window', () => {
    // The timer that ends the window comes when nothing is kept any more that it would draw from.
    const market = new ToleranceMarket(scale, { ...SHORT, evidenceAgeBlocks: 30n }).open();
    const id = market.pairOf(flat(0), flat(6));
    market.toPanel(id);
    const answer = market.answerOf(id, flat(0));
    while (market.context(id).attempt < 2) market.pass(id);
    market.answerAll(id, [answer]);
    const { deadline, lapsesAt } = market.context(id);
    expect(deadline).toBeGreaterThanOrEqual(lapsesAt);
    market.openAll(id, [...BOTH, ...market.revealed(id)]);
    expect(market.keptChunks(id).length).toBeGreaterThanOrEqual(9);
    market.pass(id);
    expect(market.context(id).ending).toBe('lapsed');
    expect(market.verdicts(id)).toEqual(['void', 'void']);
    expect(market.keptChunks(id)).toEqual([]);
  });
});

describe('exact', () => {
  it('keeps nothing: the hashes say it', () => {
    const market = marketOf(EXACT);
    const id = allOpened(market, 0);
    expect(market.keptChunks(id)).toEqual([]);
  });
});

/** The largest chunks that a profile may ask for, and the dearest to compare. */
const largest = (): readonly Scale[] => {
  const tensor = (scale: typeof ULP | typeof RELATIVE | typeof COSINE): Scale => ({
    comparator: { ...scale.comparator, chunkElements: 4_096 } as Comparator,
    chunk: (at, level) => {
      const small = scale.chunk(at, level, 0);
      return Uint8Array.from({ length: 16_384 }, (_, byte) => small[byte % small.length] ?? 0);
    },
  });
  const tokens = (of: number) => (at: number, _: number, text: number) =>
    new Uint8Array(Uint32Array.from({ length: of }, (__, i) => 99_999 * text + of * at + i).buffer);
  const top = 128;
  const activations = Uint16Array.from({ length: 4_096 }, (_, at) => 0x4000 + (at % 997));
  const windows = 21;
  const repeated = (bytes: Uint8Array) =>
    Uint8Array.from({ length: windows * bytes.length }, (_, at) => bytes[at % bytes.length] ?? 0);
  const pairs = toplocPairs(activations, top);
  const proof = toplocProof(activations, top);
  if (!pairs.ok || !proof.ok) throw new Error('the activations are distinct');
  return [
    tensor(ULP),
    tensor(RELATIVE),
    tensor(COSINE),
    {
      comparator: { ...TOKENS.comparator, chunkElements: 4_096 },
      chunk: (at, level, text) => {
        const chunk = tokens(4_096)(at, 0, 0);
        return level === 0 ? chunk : chunk.map((byte) => byte ^ (level + text));
      },
    },
    {
      comparator: { ...LOGPROBS.comparator, chunkElements: 2_048, topK: 1 },
      chunk: tokens(2_048),
      evidence: () => new Uint8Array(16_384),
    },
    {
      comparator: { ...TOPLOC.comparator, chunkElements: 32 * windows, topK: top },
      chunk: tokens(32 * windows),
      evidence: (role) => repeated(role === 'seat' ? pairs.value : proof.value),
    },
  ];
};

describe('the largest chunks', () => {
  const SEVEN = {
    ...LADDER,
    dispute: { ...LADDER.dispute, pairPanels: [7] },
  };

  it.each(largest().map((scale) => [scale.comparator.type, scale] as const))(
    '%s: fit a block of mainnet, before a panel of seven and with proofs',
    (_, scale) => {
      expect(whyUnsound(scale.comparator, { decoding: 'none' })).toBeUndefined();
      const market = new ToleranceMarket(scale, SEVEN, 27).open();
      const id = market.pairOf(flat(0, 10), flat(6, 10));
      market.toChunks(
        id,
        Array.from({ length: 7 }, () => flat(0, 10)),
      );
      const names = [...BOTH, ...market.revealed(id)];
      const receipts = market.block(
        ...names.flatMap((name) => {
          const [message] = market.openings(id, name);
          return message === undefined ? [] : [market.order(name, id, message)];
        }),
      );
      expect(receipts.map(({ outcome }) => outcome.type)).toEqual(names.map(() => 'applied'));
      const used = receipts.map(({ gasUsed }) => gasUsed);
      const most = used.reduce((a, b) => (a > b ? a : b));
      expect(market.keptChunks(id)).toHaveLength(names.length);
      expect(most).toBeLessThan(MAINNET.gas.blockGasLimit);
      expect(most).toBeGreaterThan(100_000n);
    },
  );
});
