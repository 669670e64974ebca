import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../../src/codec/index.ts';
import { LUX } from '../../../support/parameters.ts';
import { FORCED_SCALES, LOGPROBS } from '../../../support/scales.ts';
import { BOTH, flat, marketOf, THREE, type Levels } from '../../../support/tolerance.ts';
import type { ChallengeId, ToleranceMarket } from '../../../support/tolerance.ts';

// Seats run the model over the tokens of each defendant (PROTOCOL §7, logprobs and toploc).

const scales = FORCED_SCALES.map((scale) => [scale.comparator.type, scale] as const);

/** The same profiles without a threshold for tokens. */
const WITHOUT = new Map(
  FORCED_SCALES.map((scale) => [
    scale.comparator.type,
    { ...scale, comparator: { ...scale.comparator, agreement: undefined } as never },
  ]),
);

/** The published texts as a seat would have chosen them: so many tokens of each chunk otherwise. */
const chosenOtherwise = (
  market: ToleranceMarket,
  id: ChallengeId,
  tokensOf: (party: number) => number,
): readonly Uint8Array[] => {
  const { comparator } = market.scale;
  if (comparator.type === 'exact') throw new Error('no text');
  return market.tokensOnChain(id).map((tokens, party) =>
    tokens.map((byte, at) => {
      const inChunk = (at >>> 2) % comparator.chunkElements;
      return at % 4 === 0 && inChunk < tokensOf(party) ? byte ^ 0xff : byte;
    }),
  );
};

/** Seats that agree with `p0`, and would have chosen so many tokens of `p1` otherwise. */
const judgedTokens = (market: ToleranceMarket, tokens: number) => {
  const id = market.pairOf(flat(0), flat(0));
  market.toPanel(id);
  const free = market.partyOf(id, 'p1');
  const chosen = chosenOtherwise(market, id, (party) => (party === free ? tokens : 0));
  market.answerAll(id, [market.answerOf(id, flat(0), chosen)]);
  market.openAll(id, [...BOTH, ...market.revealed(id)]);
  market.pass(id);
  return market.verdicts(id);
};

describe.each(scales)('%s: a seat', (_, scale) => {
  it("answers on both texts in one tree, the first defendant's first", () => {
    const market = marketOf(scale);
    const id = market.pairOf(flat(0, 3), flat(1, 5));
    market.toChunks(id, [flat(0, 5)]);
    const [seat = ''] = market.revealed(id);
    const openings = market.openings(id, seat);
    expect(openings.map(({ leaves }) => leaves)).toEqual(openings.map(() => 8));
    expect(openings.map(({ index }) => index).toSorted((a, b) => a - b)).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7,
    ]);
    market.openAll(id, [...BOTH, seat]);
    market.pass(id);
    expect(market.verdicts(id)).toEqual(['valid', 'valid']);
  });

  it('answers on the one text where only one is published', () => {
    for (const name of BOTH) {
      const market = marketOf(scale);
      const id = market.pairOf(flat(0, 3), flat(0, 3));
      market.toChunks(id, [flat(1)], [name]);
      const [seat = ''] = market.revealed(id);
      expect(market.openings(id, seat).map(({ leaves }) => leaves)).toEqual([3, 3, 3]);
      market.openAll(id, [name, seat]);
      market.pass(id);
      const valid = ['valid', 'unsubstantiated'];
      expect(market.verdicts(id)).toEqual(name === 'p0' ? valid : valid.toReversed());
    }
  });

  it('with a tree of another size cannot open anything, and withholds', () => {
    for (const parts of [1, 3]) {
      const market = marketOf(scale);
      const id = market.pairOf(flat(0), flat(6));
      market.toPanel(id);
      const [first = new Uint8Array(), second = first] = market.tokensOnChain(id);
      const answer = market.answerOf(id, flat(0), [first, second, first].slice(0, parts));
      market.answerAll(id, [answer]);
      const [seat = ''] = market.revealed(id);
      for (const message of market.openings(id, seat).slice(0, 2)) {
        expect(market.refuses(id, message)).toBe('leaves-mismatch');
      }
      market.openAll(id, BOTH);
      market.pass(id);
      expect(market.context(id).seats[0]?.state).toBe('withheld');
      expect(market.lostBy(seat)).toBe(2n * LUX);
      expect(market.verdicts(id)).toEqual(['void', 'void']);
    }
  });

  it('opens chunks that are cut short where the text of a defendant ends', () => {
    const market = marketOf(scale);
    const tokenBytes = 4;
    market.attestAs('p0', market.outputOf(flat(0, 3), 0, 3 * tokenBytes));
    market.attestAs('p1', market.outputOf(flat(1, 2), 1, 5 * tokenBytes));
    const id = market.openPair();
    market.playPanel(id, [flat(0)]);
    expect(market.verdicts(id)).toEqual(['valid', 'valid']);
  });

  it('cannot cut a chunk short elsewhere', () => {
    const market = marketOf(scale);
    const id = market.pairOf(flat(0), flat(6));
    market.toPanel(id);
    const [first = new Uint8Array(), second = first] = market.tokensOnChain(id);
    const chunkBytes = first.length / 3;
    const early = [first.subarray(0, chunkBytes - 4), first.subarray(chunkBytes), second];
    market.answerAll(id, [market.answerOf(id, flat(0), early)]);
    const [seat = ''] = market.revealed(id);
    const short = market.openings(id, seat).find(({ index }) => index === 0);
    if (short === undefined) throw new Error('three chunks are all compared');
    expect(market.refuses(id, short)).toBe('chunk-malformed');
  });
});

describe.each(scales)('%s: token agreement', (_, scale) => {
  it.each([
    [1, 'valid'],
    [2, 'void'],
    [3, 'faulty'],
    [8, 'faulty'],
  ])('%i of a chunk that the model would not have chosen lead to %s', (tokens, verdict) => {
    const market = marketOf(scale);
    expect(judgedTokens(market, tokens)).toEqual(['valid', verdict]);
    expect(market.lostBy('p1')).toBe(verdict === 'faulty' ? 5n * LUX : 0n);
  });

  it('without such a threshold text that was chosen freely passes: the profile says so', () => {
    const market = marketOf(WITHOUT.get(scale.comparator.type) ?? scale);
    expect(judgedTokens(market, 8)).toEqual(['valid', 'valid']);
  });
});

describe('distances between seats', () => {
  /** Three seats, with levels on the tokens of each defendant. */
  const judged = (onFirst: readonly number[], onSecond: readonly number[]) => {
    const market = marketOf(LOGPROBS, THREE);
    const id = market.pairOf(flat(0, 1), flat(0, 1));
    market.toPanel(id);
    const isSwapped = market.partyOf(id, 'p0') === 1;
    const levelsOf = (seat: number): Levels => {
      const levels = [onFirst[seat] ?? 0, onSecond[seat] ?? 0];
      return isSwapped ? levels.toReversed() : levels;
    };
    const tokens = market.tokensOnChain(id);
    const answers = onFirst.map((_, seat) => {
      const answer = market.answerOf(id, flat(0, 1), tokens);
      const { evidence } = market.scale;
      market.evidence.set(
        answer,
        levelsOf(seat).map((level) => evidence?.('seat', level) ?? utf8('')),
      );
      return answer;
    });
    market.answerAll(id, answers);
    market.openAll(id, [...BOTH, ...market.revealed(id)]);
    market.pass(id);
    return { market, id, verdicts: market.verdicts(id) };
  };

  it('are taken on the tokens of the one who is judged (PROTOCOL §6.2)', () => {
    const { market, id, verdicts } = judged([0, 0, 0], [5, 5, 6]);
    expect(market.stances(id, 'p1')).toEqual(['rejects', 'rejects', 'rejects']);
    expect(verdicts).toEqual(['valid', 'faulty']);
  });

  it('do not convict one where seats agree on the tokens of the other only', () => {
    const { market, id, verdicts } = judged([4, 4, 4], [4, 7, 10]);
    expect(market.stances(id, 'p0')).toEqual(['rejects', 'rejects', 'rejects']);
    expect(verdicts).toEqual(['faulty', 'void']);
    expect(market.lostBy('p1')).toBe(0n);
    const { market: other, verdicts: swapped } = judged([4, 7, 10], [4, 4, 4]);
    expect(swapped).toEqual(['void', 'faulty']);
    expect(other.lostBy('p0')).toBe(0n);
  });
});
