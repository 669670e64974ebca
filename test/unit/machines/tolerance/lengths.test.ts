import { describe, expect, it } from 'vitest';
import { LADDER, LUX } from '../../../support/parameters.ts';
import { TENSOR_SCALES, TOKENS } from '../../../support/scales.ts';
import { BOTH, flat, marketOf, type Levels } from '../../../support/tolerance.ts';

// Outputs of different lengths (PROTOCOL §7): a difference in length is a difference.

const TOKEN_BYTES = 4;

/** `p0` and one seat give the honest text, `p1` another; how many tokens each leaves out. */
const judged = (of: {
  readonly honest: Levels;
  readonly other: Levels;
  readonly honestMisses?: number;
  readonly otherMisses?: number;
}) => {
  const market = marketOf(TOKENS);
  const { honest, other, honestMisses = 0, otherMisses = 0 } = of;
  const text = () => market.outputOf(honest, 0, TOKEN_BYTES * honestMisses);
  market.attestAs('p0', text());
  market.attestAs('p1', market.outputOf(other, 0, TOKEN_BYTES * otherMisses));
  const id = market.openPair();
  market.toPanel(id);
  market.answerAll(id, [text()]);
  const [seat = ''] = market.revealed(id);
  const openings = market.openings(id, seat);
  market.openAll(id, [...BOTH, seat]);
  market.pass(id);
  return { market, id, openings, verdicts: market.verdicts(id) };
};

describe('tokens', () => {
  it.each([
    [1, 'valid'],
    [3, 'void'],
    [7, 'void'],
  ])('%i fewer in the last chunk of three lead to %s', (otherMisses, verdict) => {
    const { verdicts } = judged({ honest: flat(0), other: flat(0), otherMisses });
    expect(verdicts).toEqual(['valid', verdict]);
  });

  it('one more, in a chunk of its own, is as near as one fewer', () => {
    const more = judged({ honest: flat(0), other: flat(0, 4), otherMisses: 7 });
    expect(more.verdicts).toEqual(['valid', 'valid']);
    const fewer = judged({ honest: flat(0, 4), honestMisses: 7, other: flat(0) });
    expect(fewer.verdicts).toEqual(['valid', 'valid']);
  });

  it('an output that stops at the end of a chunk is not the whole one', () => {
    for (const kept of [1, 2, 4]) {
      const { market, id, verdicts } = judged({ honest: flat(0, 5), other: flat(0, kept) });
      expect(market.stances(id, 'p1')).toEqual(['rejects']);
      expect(verdicts).toEqual(['valid', 'faulty']);
      expect(market.lostBy('p1')).toBe(5n * LUX);
    }
  });

  it('an audit finds that without another answer beside it', () => {
    const market = marketOf(TOKENS, LADDER);
    const id = market.auditOf(flat(0, 2));
    const honest = flat(0, 40);
    market.playPanel(id, [honest, honest, honest]);
    expect(market.findings(id)).toEqual(['faulty']);
  });

  it('in between the thresholds after the end make the seat abstain', () => {
    const { market, id } = judged({ honest: flat(0, 4), honestMisses: 6, other: flat(0) });
    expect(market.stances(id, 'p1')).toEqual(['abstains']);
  });

  it('an empty output is far from any other', () => {
    const { verdicts } = judged({ honest: flat(0), other: [] });
    expect(verdicts).toEqual(['valid', 'faulty']);
  });

  it('a seat proves chunks absent that only a defendant has, which is then rejected', () => {
    const { openings, verdicts } = judged({ honest: flat(0), other: flat(0, 6) });
    const absent = openings.filter(({ index }) => index >= 3);
    expect(absent.map(({ index }) => index).toSorted((a, b) => a - b)).toEqual([3, 4, 5, 6]);
    for (const { outputChunk, outputProof } of absent) {
      expect([outputChunk.length, outputProof.length]).toEqual([0, 1]);
    }
    expect(verdicts).toEqual(['valid', 'faulty']);
  });
});

describe('a chunk that is said to be absent', () => {
  it('proves by the shape of both trees alone', () => {
    const market = marketOf(TOKENS);
    const id = market.pairOf(flat(0), flat(0, 6));
    market.toChunks(id, [flat(0)]);
    const [seat = ''] = market.revealed(id);
    const openings = market.openings(id, seat);
    const absent = openings.find(({ index }) => index === 4);
    const present = openings.find(({ index }) => index === 2);
    if (absent === undefined || present === undefined) throw new Error('six chunks are compared');
    const [top = ''] = absent.outputProof;
    const empty = { outputChunk: new Uint8Array(), evidenceChunk: new Uint8Array() };
    const refused = market.refusals(id, [
      { ...absent, outputChunk: present.outputChunk },
      { ...absent, outputProof: absent.evidenceProof },
      { ...absent, outputProof: [top, top] },
      { ...absent, evidenceProof: [] },
      { ...absent, leaves: 2 },
      { ...present, ...empty },
      { ...present, ...empty, outputProof: absent.outputProof },
    ]);
    expect(refused).toEqual(Array.from({ length: 7 }, () => 'chunk-proof-invalid'));
    market.do(seat, id, absent);
  });
});

describe.each(TENSOR_SCALES.map((scale) => [scale.comparator.type, scale] as const))(
  '%s: a tensor',
  (_, scale) => {
    it.each([
      ['more', 4],
      ['fewer', 2],
    ])('of %s chunks is another result, whatever else agrees', (__, chunks) => {
      const market = marketOf(scale);
      market.attestAs('p0', market.outputOf(flat(0)));
      market.attestAs('p1', market.outputOf(flat(0, chunks)));
      const id = market.openPair();
      market.playPanel(id, [flat(0)]);
      expect(market.stances(id, 'p1')).toEqual(['rejects']);
      expect(market.verdicts(id)).toEqual(['valid', 'faulty']);
    });

    it('of fewer elements in the last chunk is infinitely far there', () => {
      const market = marketOf(scale);
      market.attestAs('p0', market.outputOf(flat(0)));
      market.attestAs('p1', market.outputOf(flat(0), 0, 4));
      const id = market.openPair([2]);
      market.playPanel(id, [flat(0)]);
      expect(market.verdicts(id)).toEqual(['valid', 'faulty']);
    });

    it('of another size, of which one chunk is opened, is proven wrong by that', () => {
      const market = marketOf(scale);
      market.attestAs('p0', market.outputOf(flat(0)));
      market.attestAs('p1', market.outputOf(flat(0, 4)));
      const id = market.openPair();
      market.toChunks(id, [flat(0)]);
      const [one] = market.openings(id, 'p1');
      if (one === undefined) throw new Error('nothing to open');
      market.do('p1', id, one);
      market.openAll(id, ['p0', ...market.revealed(id)]);
      market.pass(id);
      expect(market.verdicts(id)).toEqual(['valid', 'unsubstantiated']);
      const { leastNlux } = market.context(id).defendants[market.partyOf(id, 'p1')] ?? {};
      expect(leastNlux).toBe(5n * LUX);
      expect(market.keptChunks(id)).toEqual([]);
    });
  },
);
