import { describe, expect, it } from 'vitest';
import type { ActorId } from '../../../../src/machines/kit/index.ts';
import { LadderMarket, pairOf, ROOMY } from '../../../support/ladder.ts';
import { RIGHT } from '../../../support/market.ts';
import { all } from '../../../support/plans.ts';

/**
 * A challenge that is later than what it would draw from is kept ends void, in whatever window it
 * is then (I34, I54). Timers come late only under a flood of them; here the age is shortened to the
 * very height at which the window ends.
 */

type Id = ActorId<'challenge'>;

const PROVIDERS = 17;

const toReveal = (market: LadderMarket, id: Id): void => {
  market.toPanel(id);
  while (market.stateOf(id) === 'commit') market.commitWindow(id, all(RIGHT));
};

/** From the opening to the last block of a window. */
const WAYS: Readonly<Record<string, (market: LadderMarket, id: Id) => void>> = {
  publish: (market, id) => market.publish(id),
  awaitSeed: (market, id) => {
    market.publish(id);
    market.pass(id);
  },
  commit: (market, id) => market.toPanel(id),
  reveal: toReveal,
  appealed: (market, id) => {
    market.playPanel(id, all(RIGHT));
    market.appeal(id, 'p1 owner');
  },
};

const go = (state: string, evidenceAgeBlocks: bigint) => {
  const market = new LadderMarket(PROVIDERS, { ...ROOMY, evidenceAgeBlocks }).open();
  const { id } = pairOf(market);
  WAYS[state]?.(market, id);
  expect(market.stateOf(id)).toBe(state);
  return { market, id };
};

describe.each(Object.keys(WAYS))(
  'a challenge that lapses at the end of its window: %s',
  (state) => {
    const { market: roomy, id: first } = go(state, ROOMY.evidenceAgeBlocks);
    const { deadline, openedAt } = roomy.context(first);
    const age = deadline - openedAt;

    it('ends void at that height', () => {
      const { market, id } = go(state, age);
      expect(market.context(id)).toMatchObject({ deadline, lapsesAt: deadline });
      market.pass(id);
      expect(market.stateOf(id)).toBe('final');
      expect(market.context(id).ending).toBe('lapsed');
      expect(market.verdicts(id)).toEqual(['void', 'void']);
      expect(market.balance(id)).toBe(0n);
      expect(market.actor(id)?.wakeAt).toBeUndefined();
    });

    it('goes on a block before', () => {
      const { market, id } = go(state, age + 1n);
      expect(market.context(id).lapsesAt).toBe(deadline + 1n);
      market.pass(id);
      expect(market.context(id).ending).not.toBe('lapsed');
    });
  },
);
