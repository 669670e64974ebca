import { describe, expect, it } from 'vitest';
import { bondFor, prepareAnnouncement } from '../../../../src/client/challenge.ts';
import { timeOfRound } from '../../../../src/machines/beacon/rounds.ts';
import { BEACON } from '../../../../src/machines/kit/index.ts';
import { LadderMarket } from '../../../support/ladder.ts';
import { RIGHT, SPECIFICATION, WRONG } from '../../../support/market.ts';
import { SHORT } from '../../../support/parameters.ts';

const RULES = { ...SHORT, dispute: { ...SHORT.dispute, publishBlocks: 12n } };
const BOND = bondFor(RULES.dispute, SPECIFICATION.rerunFeeNlux);

/** Announced by an owner who serves the profile, and opened by somebody else. */
const copied = () => {
  const market = new LadderMarket(12, RULES).open();
  market.attest('p0', RIGHT);
  market.attest('p1', WRONG);
  const id = market.challengeOf('p0', 'p1');
  const owner = market.ownerName('p5');
  const challenger = market.address(owner);
  const plan = prepareAnnouncement({ challenge: id, challenger, salt: '5a'.repeat(32) });
  market.do(owner, plan.receiver, plan.announce);
  market.challenge('p0', 'p1', 'anyone');
  market.publish(id);
  const takeOver = () => market.do(owner, id, plan.takeOver, BOND);
  const seedTime = (): bigint => {
    const source = market.actor(BEACON)?.context.source;
    if (source === undefined) throw new Error('no beacon');
    return timeOfRound(source, market.seedRound(id));
  };
  return { market, id, takeOver, seedTime };
};

describe('who takes a challenge over', () => {
  it('changes who is excluded, so a seed that slow blocks made known is drawn anew (I24)', () => {
    const { market, id, takeOver, seedTime } = copied();
    market.time += 1_000n;
    market.submitRound(market.seedRound(id));
    const known = market.seedRound(id);
    takeOver();
    expect(market.seedRound(id)).toBeGreaterThan(known);
    expect(seedTime()).toBeGreaterThanOrEqual(market.time + RULES.dispute.beaconMarginSeconds);
    market.pass(id);
    market.seed(id);
    expect(market.stateOf(id)).toBe('commit');
  });

  it('leaves the seed of the opening where nobody can know it yet', () => {
    const { market, id, takeOver } = copied();
    const fixed = market.seedRound(id);
    takeOver();
    expect(market.seedRound(id)).toBe(fixed);
  });
});
