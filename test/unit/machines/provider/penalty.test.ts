import { describe, expect, test } from 'vitest';
import { BURN } from '../../../../src/machines/kit/index.ts';
import { SHORT } from '../../../support/parameters.ts';
import { FIRST, registered, STAKE, STRANGER, type Desk } from './support.ts';

const EPOCH = SHORT.epochBlocks;
const BOUNDARY = 3n * EPOCH;
/** A challenge that opens in the epoch of that boundary, not in its first block. */
const OPENED = BOUNDARY + EPOCH - 1n;

/** Unbonds its whole stake at a height, and misses a seat of a challenge that opens later. */
const penalizedAfter = (unstakedAt: bigint, amountNlux = STAKE): Desk => {
  const desk = registered();
  desk.height = unstakedAt;
  desk.unstake(5n * STAKE);
  desk.height = OPENED + 10n;
  desk.do(FIRST, { type: 'penalize', amountNlux, noShow: true, since: OPENED });
  return desk;
};

describe('the penalty of a seat whose stake is unbonding (PROTOCOL §5, §6.1)', () => {
  test.each([
    ['in the block of the opening', OPENED],
    ['between the epoch boundary and the opening', BOUNDARY + 1n],
    ['in the first block of the epoch', BOUNDARY],
  ])('is taken where it was unbonded %s: it was drawn from', (_, unstakedAt) => {
    const desk = penalizedAfter(unstakedAt);
    expect(desk.got(BURN)).toBe(STAKE);
    expect(desk.context.lots).toEqual([{ height: unstakedAt, amountNlux: 4n * STAKE }]);
  });

  test('spares what was unbonded before that epoch: it had no weight in the draw', () => {
    const desk = penalizedAfter(BOUNDARY - 1n);
    expect(desk.got(BURN)).toBe(0n);
    expect(desk.context.lots).toEqual([{ height: BOUNDARY - 1n, amountNlux: 5n * STAKE }]);
  });

  test('may take the last lot; then the provider exits with nothing, when anybody asks', () => {
    const desk = penalizedAfter(BOUNDARY, 6n * STAKE);
    expect(desk.got(BURN)).toBe(5n * STAKE);
    expect([desk.state, desk.context.lots]).toEqual(['unbonding', []]);
    desk.do(STRANGER, { type: 'withdraw' });
    expect([desk.state, desk.balance]).toEqual(['exited', 0n]);
    expect(desk.sent).toEqual([]);
  });
});
