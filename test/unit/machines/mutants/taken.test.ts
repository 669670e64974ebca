import { expect, test } from 'vitest';
import { bondFor, prepareAnnouncement } from '../../../../src/client/challenge.ts';
import { challengeAnnouncement } from '../../../../src/codec/index.ts';
import { takeOverChecks } from '../../../../src/machines/challenge/open/take-over.ts';
import { ANNOUNCEMENT_BLOCKS } from '../../../../src/machines/announcement/record.ts';
import type { Call } from '../../../../src/machines/kit/index.ts';
import { Market, RIGHT, WRONG } from '../../../support/market.ts';
import { SHORT } from '../../../support/parameters.ts';
import { RERUN_FEE } from '../audit/support.ts';
import { challenge } from './support.ts';

// PROTOCOL §6: whose announcement counts, and what is told when a challenge changes hands.

const BOND = bondFor(SHORT.dispute, RERUN_FEE);
const SALT = '5a'.repeat(32);

test('an announcement is of the blocks before the opening, and it is said from which on', () => {
  const wasAnnounced = takeOverChecks[1] ?? expect.fail('no such check');
  const [id, challenger] = ['cc'.repeat(32), 'c1'.repeat(20)];
  const announcement = challengeAnnouncement({ challengeId: id, challenger, salt: SALT });
  const openedAt = ANNOUNCEMENT_BLOCKS + 60n;
  const context = challenge({ openedAt, announcedAt: openedAt });
  const why = (height: bigint) => {
    const actor = () => ({ state: 'made', context: { announcer: challenger, height } });
    const call = { from: `account:${challenger}`, self: `challenge:${id}`, read: { actor } };
    const message = { type: 'takeOver', announcement, salt: SALT, named: [] } as const;
    return wasAnnounced(context, message, call as unknown as Call);
  };
  expect(why(60n)).toBeUndefined();
  expect(why(59n)).toMatchObject({ code: 'announced-too-early', details: { from: '60' } });
  expect(why(openedAt - 1n)).toBeUndefined();
  expect(why(openedAt)).toMatchObject({
    code: 'announced-too-late',
    details: { before: `${openedAt}` },
  });
});

test('it is told who took a challenge over, and from whom', () => {
  const market = new Market(6, SHORT).open();
  market.attest('p0', RIGHT);
  market.attest('p1', WRONG);
  const id = market.challengeOf('p0', 'p1');
  const challenger = market.address('challenger');
  const plan = prepareAnnouncement({ challenge: id, challenger, salt: SALT });
  market.do('challenger', plan.receiver, plan.announce);
  market.challenge('p0', 'p1', 'anyone');
  const { events } = market.do('challenger', id, plan.takeOver, BOND);
  const told = events.find(({ name }) => name === 'challengeTakenOver');
  expect(told?.fields).toEqual([
    { name: 'challenger', value: `account:${challenger}` },
    { name: 'from', value: `account:${market.address('anyone')}` },
  ]);
});
