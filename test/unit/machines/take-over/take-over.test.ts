import { describe, expect, test } from 'vitest';
import { bondFor, prepareAnnouncement } from '../../../../src/client/challenge.ts';
import { announcement } from '../../../../src/machines/announcement/machine.ts';
import { ANNOUNCEMENT_BLOCKS } from '../../../../src/machines/announcement/record.ts';
import { actorId, type ActorId } from '../../../../src/machines/kit/index.ts';
import { expectSound } from '../../../support/invariants.ts';
import { Market, RIGHT, WRONG } from '../../../support/market.ts';
import { LUX, SHORT } from '../../../support/parameters.ts';
import * as audits from '../audit/support.ts';
import { report, otherAnswer } from '../equivocation/support.ts';

const BOND = bondFor(SHORT.dispute, audits.RERUN_FEE);
const SALT = '5a'.repeat(32);

/** Time enough for several to come, one after the other. */
const PATIENT = { ...SHORT, dispute: { ...SHORT.dispute, publishBlocks: 12n } };

const twoAnswers = (count = 6) => {
  const market = new Market(count, PATIENT).open();
  const supply = market.supply();
  market.attest('p0', RIGHT);
  market.attest('p1', WRONG);
  return { market, supply, id: market.challengeOf('p0', 'p1') };
};

const planFor = (market: Market, id: ActorId<'challenge'>, name = 'challenger', salt = SALT) =>
  prepareAnnouncement({ challenge: id, challenger: market.address(name), salt });

const announce = (market: Market, id: ActorId<'challenge'>, name = 'challenger', salt = SALT) => {
  const plan = planFor(market, id, name, salt);
  market.do(name, plan.receiver, plan.announce);
  return plan;
};

/** Announced by `challenger`, and opened by `anyone`, who copied the opening. */
const copied = (count = 6) => {
  const { market, supply, id } = twoAnswers(count);
  const plan = announce(market, id);
  market.challenge('p0', 'p1', 'anyone');
  return { market, supply, id, plan };
};

describe('who announced a challenge before it was opened', () => {
  test('takes the place of who copied it, whose bond comes back whole', () => {
    const { market, supply, id, plan } = copied();
    const before = audits.purse(market, 'anyone');
    market.do('challenger', id, plan.takeOver, BOND);
    expect(audits.purse(market, 'anyone') - before).toBe(BOND);
    expect(market.context(id)).toMatchObject({
      challenger: market.address('challenger'),
      bondNlux: BOND,
    });
    expect(market.balance(id)).toBe(BOND);
    expectSound(market, supply, market.profile);
  });

  test('gets the reward, and its own bond back', () => {
    const { market, supply, id, plan } = copied();
    market.do('challenger', id, plan.takeOver, BOND);
    market.playOut(id, RIGHT);
    market.openChunks(id, 'p0', RIGHT);
    market.openChunks(id, 'p1', WRONG);
    const before = ['challenger', 'anyone'].map((name) => audits.purse(market, name));
    market.pass(id);
    const { rewardNlux = 0n, bondBackNlux = 0n } = audits.settlementOf(market, id) ?? {};
    expect(rewardNlux).toBeGreaterThan(0n);
    expect(bondBackNlux).toBe(BOND);
    expect(['challenger', 'anyone'].map((name) => audits.purse(market, name))).toEqual([
      (before[0] ?? 0n) + rewardNlux + BOND,
      before[1],
    ]);
    expectSound(market, supply, market.profile);
  });

  test('does so with an audit, for its larger bond', () => {
    const market = audits.auditMarket();
    market.attest('p0', RIGHT);
    const { receiver: id, message } = audits.audit(market, market.attestation('p0'));
    const plan = announce(market, id);
    const bond = bondFor(SHORT.dispute, audits.RERUN_FEE, 'audit');
    market.do('anyone', id, message, bond);
    expect(market.refused('challenger', id, plan.takeOver, BOND).code).toBe('bond-mismatch');
    market.do('challenger', id, plan.takeOver, bond);
    expect(market.context(id).challenger).toBe(market.address('challenger'));
  });

  test('adds the chunks that it had named to those of the copy', () => {
    const { market, id } = twoAnswers();
    const plan = announce(market, id);
    const copy = { ...market.challengeMessage('p0', 'p1'), named: [3] };
    market.do('anyone', id, copy, BOND);
    market.do('challenger', id, { ...plan.takeOver, named: [5, 3] }, BOND);
    expect(market.context(id).named).toEqual([3, 5]);
  });
});

describe('of several who announced', () => {
  test('the earliest has the place in the end, in whatever order they come', () => {
    const { market, supply, id } = twoAnswers();
    const first = announce(market, id, 'challenger');
    const second = announce(market, id, 'modelOwner');
    const third = announce(market, id, 'creator');
    market.challenge('p0', 'p1', 'anyone');
    market.do('modelOwner', id, second.takeOver, BOND);
    expect(market.refused('creator', id, third.takeOver, BOND).code).toBe('announced-too-late');
    market.do('challenger', id, first.takeOver, BOND);
    for (const [name, plan] of [
      ['modelOwner', second],
      ['creator', third],
    ] as const) {
      expect(market.refused(name, id, plan.takeOver, BOND).code).toBe('announced-too-late');
    }
    expect(market.balance(id)).toBe(BOND);
    expectSound(market, supply, market.profile);
  });

  test('of one block, who comes first keeps it', () => {
    const { market, id } = twoAnswers();
    const plans = (['challenger', 'modelOwner'] as const).map((name) => ({
      name,
      ...planFor(market, id, name),
    }));
    market.block(
      ...plans.map(({ name, receiver, announce: say }) => market.order(name, receiver, say)),
    );
    market.challenge('p0', 'p1', 'anyone');
    const [first, second] = plans;
    if (first === undefined || second === undefined) throw new Error('two of them');
    market.do(second.name, id, second.takeOver, BOND);
    expect(market.refused(first.name, id, first.takeOver, BOND).code).toBe('announced-too-late');
  });

  test('one who opens it needs no announcement, but yields to an earlier one', () => {
    const { market, id } = twoAnswers();
    const plan = announce(market, id);
    market.challenge('p0', 'p1', 'challenger');
    expect(market.refused('challenger', id, plan.takeOver, BOND).code).toBe('already-challenger');
  });
});

describe('what gives no claim to the place', () => {
  test('an announcement in the block of the opening, or after it', () => {
    const { market, id } = twoAnswers();
    const plan = planFor(market, id);
    const message = market.challengeMessage('p0', 'p1');
    market.block(
      market.order('challenger', plan.receiver, plan.announce),
      market.order('anyone', id, message, BOND),
    );
    expect(market.refused('challenger', id, plan.takeOver, BOND).code).toBe('announced-too-late');
    const late = announce(market, id, 'modelOwner');
    expect(market.refused('modelOwner', id, late.takeOver, BOND).code).toBe('announced-too-late');
  });

  test('an announcement long before: nobody keeps a place against all who will come', () => {
    const market = new Market(6, { ...PATIENT, windowBlocks: 40n }).open();
    market.attest('p0', RIGHT);
    market.attest('p1', WRONG);
    const id = market.challengeOf('p0', 'p1');
    const plan = announce(market, id);
    const announcedAt = market.height;
    market.advanceTo(announcedAt + ANNOUNCEMENT_BLOCKS - 1n);
    const before = market.snapshot();
    market.challenge('p0', 'p1', 'anyone');
    expect(market.context(id).openedAt).toBe(announcedAt + ANNOUNCEMENT_BLOCKS);
    market.do('challenger', id, plan.takeOver, BOND);
    market.restore(before);
    market.advance(1n);
    market.challenge('p0', 'p1', 'anyone');
    expect(market.refused('challenger', id, plan.takeOver, BOND).code).toBe('announced-too-early');
  });

  test('the announcement of another account, its salt known or not', () => {
    const { market, id, plan } = copied();
    expect(market.refused('modelOwner', id, plan.takeOver, BOND).code).toBe(
      'announcement-of-other',
    );
    const stolen = { ...plan.takeOver, salt: '5b'.repeat(32) };
    expect(market.refused('modelOwner', id, stolen, BOND).code).toBe('announcement-of-other');
  });

  test('an address that somebody else took with the same salt', () => {
    const { market, id } = twoAnswers();
    const plan = planFor(market, id);
    market.do('modelOwner', plan.receiver, { type: 'announce' });
    expect(market.refused('challenger', plan.receiver, plan.announce).code).toBe('not-accepted');
    market.challenge('p0', 'p1', 'anyone');
    for (const name of ['challenger', 'modelOwner']) {
      const { code } = market.refused(name, id, plan.takeOver, BOND);
      expect(code).toBe(name === 'challenger' ? 'announcement-unknown' : 'announcement-of-other');
    }
  });

  test('a wrong salt, another challenge, an announcement that was never made or withdrawn', () => {
    const { market, id, plan } = copied();
    const refuse = (takeOver: typeof plan.takeOver) =>
      market.refused('challenger', id, takeOver, BOND).code;
    expect(refuse({ ...plan.takeOver, salt: '5b'.repeat(32) })).toBe('announcement-of-other');
    const other = actorId('challenge', 'ab'.repeat(32));
    expect(refuse(planFor(market, other).takeOver)).toBe('announcement-of-other');
    expect(refuse(planFor(market, id, 'challenger', '5c'.repeat(32)).takeOver)).toBe(
      'announcement-unknown',
    );
    market.do('challenger', plan.receiver, { type: 'withdraw' });
    expect(market.actor(plan.receiver)?.state ?? announcement.compiled.initial).toBe('absent');
    expect(refuse(plan.takeOver)).toBe('announcement-unknown');
  });

  test.each([0n, BOND - 1n, BOND + 1n, 2n * BOND])('a bond of %s nLUX', (value) => {
    const { market, id, plan } = copied();
    expect(market.refused('challenger', id, plan.takeOver, value).code).toBe('bond-mismatch');
  });

  test('a claim that comes after the publish window: the panel’s draw knows the challenger', () => {
    const { market, id, plan } = copied();
    market.publish(id);
    market.advanceTo(market.context(id).deadline - 2n);
    const last = market.snapshot();
    market.do('challenger', id, plan.takeOver, BOND);
    market.restore(last);
    market.advance(1n);
    const refusal = market.refused('challenger', id, plan.takeOver, BOND);
    expect([refusal.code, refusal.state]).toEqual(['not-accepted', 'awaitSeed']);
  });

  test('an audit of the beacon, which nobody brought', () => {
    const market = audits.auditMarket();
    const to = audits.drawnTicket(market);
    const { receiver: id, message } = audits.protocolAudit(market, to);
    const plan = announce(market, id);
    market.do('anyone', id, message);
    expect(market.refused('challenger', id, plan.takeOver).code).toBe('no-challenger');
    expect(market.refused('challenger', id, plan.takeOver, LUX).code).toBe('no-challenger');
  });

  test('a proof of equivocation, which is over as soon as it is shown', () => {
    const market = new Market().open();
    market.attest('p0', RIGHT);
    const id = report(market, market.attestation('p0'), otherAnswer(market));
    const plan = announce(market, id, 'modelOwner');
    expect(market.refused('modelOwner', id, plan.takeOver, BOND).code).toBe('not-accepted');
  });
});

describe('the draw of the panel', () => {
  /** Three owners besides the parties: with one more left out no panel of one seat can sit. */
  const drawn = (copycat: string, announcer: string) => {
    const { market, supply, id } = twoAnswers(5);
    const plan = announce(market, id, announcer);
    market.challenge('p0', 'p1', copycat);
    market.do(announcer, id, plan.takeOver, BOND);
    market.publish(id);
    market.pass(id);
    market.seed(id);
    expectSound(market, supply, market.profile);
    return market.actor(id);
  };

  test('leaves out who challenges now', () => {
    expect(drawn('anyone', 'p2 owner')?.context.ending).toBe('panelCannotSit');
    expect(drawn('anyone', 'p2')?.context.ending).toBe('panelCannotSit');
  });

  test('and no longer who had copied it', () => {
    const challenge = drawn('p2 owner', 'challenger');
    expect(challenge?.state).toBe('commit');
    expect(challenge?.context.seats).toHaveLength(1);
  });
});
