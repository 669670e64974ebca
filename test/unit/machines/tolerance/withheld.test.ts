import { describe, expect, it } from 'vitest';
import { LUX, SHORT } from '../../../support/parameters.ts';
import { EXACT, SCALES, ULP } from '../../../support/scales.ts';
import { BOTH, flat, LOCK, marketOf, THREE } from '../../../support/tolerance.ts';
import { ToleranceMarket, type ChallengeId } from '../../../support/tolerance.ts';

// What is not opened does not count (PROTOCOL §6, 5 and §6.3).

const scales = [...SCALES, EXACT].map((scale) => [scale.comparator.type, scale] as const);

/** All that a party has to open but its last chunk. */
const openAllButOne = (market: ToleranceMarket, id: ChallengeId, name: string): void => {
  const orders = market.openings(id, name).map((message) => market.order(name, id, message));
  market.doAll(orders.slice(0, -1));
};

describe.each(scales)('%s: all chunks but one', (_, scale) => {
  it('of a seat are as good as none: it withholds, and is penalized', () => {
    const market = marketOf(scale, THREE);
    const id = market.pairOf(flat(0), flat(6));
    market.toChunks(id, [flat(0), flat(0), flat(0)]);
    const [late = '', ...others] = market.revealed(id);
    market.openAll(id, [...BOTH, ...others]);
    openAllButOne(market, id, late);
    market.pass(id);
    expect(market.seats(id).map(({ state }) => state)).toEqual([
      'withheld',
      'answered',
      'answered',
    ]);
    expect(market.lostBy(late)).toBe(2n * LUX);
    // Two of three uphold; three are needed to slash, so silence has saved `p1` (I19).
    expect(market.verdicts(id)).toEqual(['valid', 'void']);
    expect(market.keptChunks(id)).toEqual([]);
  });

  it('of a defendant make it unsubstantiated, and the other is judged', () => {
    const market = marketOf(scale);
    const id = market.pairOf(flat(0), flat(6));
    market.toChunks(id, [flat(0)]);
    market.openAll(id, ['p0', ...market.revealed(id)]);
    openAllButOne(market, id, 'p1');
    market.pass(id);
    expect(market.verdicts(id)).toEqual(['valid', 'unsubstantiated']);
    expect([market.lostBy('p0'), market.lostBy('p1')]).toEqual([0n, LOCK]);
    expect(market.keptChunks(id)).toEqual([]);
  });
});

describe('a defendant that was slashed for silence already in this window', () => {
  const rules = { ...SHORT, dispute: { ...SHORT.dispute, unsubstantiatedOncePerBlocks: 200n } };
  const freeOf = (market: ToleranceMarket) =>
    market.actor(market.provider('p1'))?.context.freeNlux ?? 0n;

  /** What `p1` loses in its second dispute, in which it opens so many of its three far chunks. */
  const lostLater = (opened: number): bigint => {
    const market = new ToleranceMarket(ULP, rules).open(() => 200n * LUX);
    market.pass(market.pairOf(flat(0), flat(6)));
    const before = freeOf(market);
    expect(before).toBe(180n * LUX);
    const requestId = market.ask('p1', LUX / 10n);
    const wrong = market.outputOf(flat(6));
    market.attest('p1', wrong, requestId);
    market.attestAs('p2', market.outputOf(flat(0)));
    const id = market.disputeAttestations(
      market.attestation('p1', requestId),
      market.attestation('p2'),
      market.outputOf(flat(0)),
    );
    market.openAll(id, ['p2']);
    const mine = market.chunkMessages(id, 'p1', wrong);
    market.doAll(mine.slice(0, opened).map((message) => market.order('p1', id, message)));
    market.pass(id);
    expect(market.keptChunks(id)).toEqual([]);
    expect(market.verdicts(id)).toEqual([opened < 3 ? 'unsubstantiated' : 'faulty', 'valid']);
    return before - freeOf(market);
  };

  it('still owes for a result that the chunks it opened have proven wrong', () => {
    expect([lostLater(2), lostLater(3)]).toEqual([5n * LUX, 5n * LUX]);
  });

  it('owes nothing where they have not: one drawn chunk is below minFail', () => {
    expect([lostLater(0), lostLater(1)]).toEqual([0n, 0n]);
  });
});
