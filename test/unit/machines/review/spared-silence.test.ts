import { describe, expect, it } from 'vitest';
import { prepareAudit } from '../../../../src/client/challenge.ts';
import type { ActorId } from '../../../../src/machines/kit/index.ts';
import { answering, answerTo } from '../../../support/claims.ts';
import { AUDIT_BOND, LadderMarket, STAKE } from '../../../support/ladder.ts';
import { RIGHT, WRONG } from '../../../support/market.ts';
import { LUX, SHORT } from '../../../support/parameters.ts';
import { CHAIN } from '../../../support/world.ts';

const LARGE = 100_000n * LUX;
/** Of which κ of the stake is more: its base is 66,667 LUX. */
const VALUE = 200n * LUX;

const opened = (): LadderMarket => {
  // Somebody holds as much, or no panel would have half of the stake.
  const stakes: Readonly<Record<string, bigint>> = { p0: LARGE, p9: 2n * LARGE };
  return new LadderMarket(12, SHORT).open((name) => stakes[name] ?? STAKE);
};

const audit = (market: LadderMarket, to: ActorId<'attestation'>): ActorId<'challenge'> => {
  const context = market.actor(to)?.context;
  if (context === undefined) throw new Error(`${to} does not exist`);
  const slot = to.slice('attestation:'.length);
  const { receiver, message } = prepareAudit(CHAIN, { slot, context });
  market.do('challenger', receiver, message, AUDIT_BOND);
  return receiver;
};

const loss = (market: LadderMarket): bigint => LARGE - market.stakeOf('p0');

describe('a second silence within a window (PROTOCOL §6.3)', () => {
  it('is not spared where value stands behind it: a small one is no shield', () => {
    const market = opened();
    market.doAll([answering(market, 'p0', 1, RIGHT)]);
    const small = audit(market, answerTo(market, 'p0', 1));
    const requestId = market.ask('p0', LUX, 7n, VALUE);
    market.attest('p0', WRONG, requestId);
    const big = market.attestation('p0', requestId);
    const base = market.actor(big)?.context.baseNlux ?? 0n;
    expect(base).toBeGreaterThan(600n * STAKE);
    market.pass(small);
    expect(loss(market)).toBe(20n * LUX);
    const large = audit(market, big);
    market.pass(large);
    expect(market.verdicts(large)).toEqual(['unsubstantiated']);
    expect(loss(market)).toBe(20n * LUX + (base + 4n) / 5n);
  });

  it('is spared where both stand for the least: a provider that was away loses it once', () => {
    const market = opened();
    market.doAll([answering(market, 'p0', 1, RIGHT), answering(market, 'p0', 2, RIGHT)]);
    const challenges = [1, 2].map((number) => audit(market, answerTo(market, 'p0', number)));
    for (const id of challenges) market.pass(id);
    expect(challenges.flatMap((id) => market.verdicts(id))).toEqual([
      'unsubstantiated',
      'unsubstantiated',
    ]);
    expect(loss(market)).toBe(20n * LUX);
  });
});
