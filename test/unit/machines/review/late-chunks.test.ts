import { describe, expect, it } from 'vitest';
import { LadderMarket, marketOnce, pairOf, ROOMY } from '../../../support/ladder.ts';
import { RIGHT } from '../../../support/market.ts';
import { all } from '../../../support/plans.ts';

const PAIR = { ...ROOMY, dispute: { ...ROOMY.dispute, pairPanels: [1] } };
const fresh = marketOnce(() => new LadderMarket(8, PAIR).open());

/** Revealed, and nobody has brought the round that names the chunks. */
const revealed = () => {
  const { market, id } = pairOf(fresh());
  market.toPanel(id);
  while (market.stateOf(id) === 'commit') market.commitWindow(id, all(RIGHT));
  market.revealAll(id, all(RIGHT));
  const { deadline } = market.context(id);
  return { market, id, half: deadline - PAIR.dispute.revealBlocks / 2n };
};

/** Brings the round so that it is in the block of this height. */
const nameAt = ({ market, id }: ReturnType<typeof revealed>, height: bigint): void => {
  market.advanceTo(height - 1n);
  market.submitRound(market.context(id).chunkRound);
};

describe('the round that names the chunks (PROTOCOL §6, 5)', () => {
  it('that is kept away to the end of the window punishes nobody who had no time', () => {
    const scene = revealed();
    const { market, id, half } = scene;
    nameAt(scene, half + 1n);
    market.pass(id);
    expect(market.stateOf(id)).toBe('final');
    expect(market.verdicts(id)).toEqual(['void', 'void']);
    expect(market.context(id).seats.map(({ state }) => state)).toEqual(['answered']);
    expect([market.lostBy('p0'), market.lostBy('p1')]).toEqual([0n, 0n]);
    expect(market.lostBy(market.seatName(id))).toBe(0n);
  });

  it('that is late opens nothing, so that nothing is kept', () => {
    const scene = revealed();
    const { market, id, half } = scene;
    nameAt(scene, half + 1n);
    const [message] = market.chunkMessages(id, 'p0', RIGHT);
    if (message === undefined) throw new Error('nothing to open');
    expect(market.refused('p0', id, message).code).toBe('round-unknown');
  });

  it('that leaves half of the window counts: who does not open then is to blame', () => {
    const scene = revealed();
    const { market, id, half } = scene;
    nameAt(scene, half);
    market.openChunks(id, 'p0', RIGHT);
    market.openChunks(id, market.seatName(id), RIGHT);
    market.pass(id);
    expect(market.findings(id)).toEqual(['valid', 'unsubstantiated']);
    expect(market.context(id).seats.map(({ state }) => state)).toEqual(['answered']);
  });
});
