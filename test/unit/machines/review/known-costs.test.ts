import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../../src/codec/index.ts';
import { bondFor, prepareAnnouncement } from '../../../../src/client/challenge.ts';
import { AUDIT_POOL } from '../../../../src/machines/kit/index.ts';
import { answering, challengeOn, question } from '../../../support/claims.ts';
import { auditOf, LadderMarket, ROOMY } from '../../../support/ladder.ts';
import { RIGHT, SPECIFICATION, WRONG } from '../../../support/market.ts';
import { LUX, SHORT } from '../../../support/parameters.ts';
import * as audits from '../audit/support.ts';

/** What `docs/security.md` says that it does not hold against, so that nobody forgets the cost. */

const BOND = bondFor(SHORT.dispute, SPECIFICATION.rerunFeeNlux);

describe('a drain on the audit pool', () => {
  it('who has all seats leaves a drawn audit undecided: paid re-runs, and the fee back', () => {
    const market = audits.auditMarket(audits.OWNERS_OF_TWO_PANELS);
    const before = market.balance(AUDIT_POOL);
    const to = audits.drawnTicket(market);
    const id = audits.openProtocolAudit(market, to);
    const answers = (seats: number) =>
      Array.from({ length: seats }, (_, at) => utf8(`answer ${at}`));
    audits.playAudit(market, id, RIGHT, answers(3), answers(7));
    expect(market.actor(to)?.state).toBe('void');
    market.do('consumer', to, { type: 'refund' });
    expect(market.actor(to)?.balance).toBe(0n);
    expect(before - market.balance(AUDIT_POOL)).toBe(10n * audits.RERUN_FEE);
  });
});

describe('a payload that nobody can run', () => {
  it('has honest seats decline; twice in an epoch ends their service, for no bond', () => {
    const rules = {
      ...ROOMY,
      epochBlocks: 100n,
      windowBlocks: 40n,
      unbondingBlocks: 600n,
      evidenceAgeBlocks: 250n,
      noticeBlocks: 360n,
      dispute: { ...ROOMY.dispute, pairPanels: [1], commitWindows: 3 },
    };
    const market = new LadderMarket(8, rules).open();
    const wealth = market.wealthOf('challenger');
    const numbers = [1, 2];
    const shown = { type: 'publish' } as const;
    market.doAll(
      numbers.flatMap((number) => [
        answering(market, 'p0', number, RIGHT),
        answering(market, 'p1', number, WRONG),
      ]),
    );
    const ids = numbers.map((number) => {
      const { receiver, message } = challengeOn(market, number, 'p0', 'p1');
      market.do('challenger', receiver, message, BOND);
      market.do('anyone', receiver, { ...shown, payload: question(number) });
      return receiver;
    });
    for (const id of ids) {
      if (market.stateOf(id) === 'publish') market.pass(id);
      market.seed(id);
    }
    while (ids.some((id) => market.stateOf(id) === 'commit')) {
      for (const id of ids) {
        const { round, attempt, seats } = market.context(id);
        for (const seat of seats) {
          if (market.stateOf(id) !== 'commit' || seat.state !== 'drawn') continue;
          if (seat.round !== round || seat.attempt !== attempt) continue;
          const name = market.nameOf(seat.provider);
          market.do(name, id, { type: 'cannotRun', seat: seat.seat });
        }
      }
      market.block();
    }
    const leaving = market.providers.filter((name) =>
      market.actor(market.provider(name))?.context.served.some(({ leavesAt }) => leavesAt > 0n),
    );
    expect(leaving.length).toBeGreaterThan(0);
    expect(ids.flatMap((id) => market.verdicts(id))).toEqual(['void', 'void', 'void', 'void']);
    // Gas, at one nLUX a unit.
    expect(wealth - market.wealthOf('challenger')).toBeLessThan(LUX / 1_000n);
  });
});

describe('a friend who always announces', () => {
  it('takes the place of a challenger who announces and opens at once', () => {
    const market = new LadderMarket(12, SHORT).open();
    market.attest('p0', RIGHT);
    market.attest('p1', WRONG);
    const id = market.challengeOf('p0', 'p1');
    const salt = '5a'.repeat(32);
    const planOf = (name: string) =>
      prepareAnnouncement({ challenge: id, challenger: market.address(name), salt });
    const friend = planOf('consumer');
    market.do('consumer', friend.receiver, friend.announce);
    market.advance(4n);
    market.do('consumer', friend.receiver, { type: 'withdraw' });
    market.do('consumer', friend.receiver, friend.announce);
    market.advance(1n);
    const honest = planOf('challenger');
    market.do('challenger', honest.receiver, honest.announce);
    market.challenge('p0', 'p1', 'challenger');
    market.do('consumer', id, friend.takeOver, BOND);
    expect(market.context(id).challenger).toBe(market.address('consumer'));
  });
});

describe('a thin market', () => {
  it('lets anybody void an honest answer by an audit that cannot be heard, bond back', () => {
    const market = new LadderMarket(6, SHORT).open();
    const { id } = auditOf(market, RIGHT);
    const wealth = market.wealthOf('challenger');
    market.publish(id);
    market.pass(id);
    market.seed(id);
    expect(market.verdicts(id)).toEqual(['void']);
    expect(market.wealthOf('challenger') - wealth).toBe(20n * LUX);
  });
});
