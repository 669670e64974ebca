import { because, defineActor, guardsOf, keyOf, machineOf, stepsOf } from '../kit/index.ts';
import type { Check } from '../kit/guard.ts';
import { emit } from '../kit/effect.ts';
import { announcementMessage, announcementRules, type AnnouncementMessage } from './messages.ts';
import { announcementContext, initialAnnouncement, type AnnouncementContext } from './record.ts';

const guard = guardsOf<AnnouncementContext, AnnouncementMessage>();
const step = stepsOf<AnnouncementContext, AnnouncementMessage>();

const fromAnnouncer: Check<AnnouncementContext, AnnouncementMessage> = (
  { announcer },
  _,
  { from },
) =>
  keyOf(from) === announcer
    ? undefined
    : because('not-announcer', { announcer: `account:${announcer}` });

const guards = { mayWithdraw: guard('withdraw', fromAnnouncer) };

const steps = {
  announce: step('announce', (_, __, { from, height }) => ({
    context: { announcer: keyOf(from), height },
    effects: [emit('announced', { announcer: from })],
  })),
  /** Back to what was never in state, so that the record is freed. */
  withdraw: step('withdraw', (_, __, { from }) => ({
    context: initialAnnouncement,
    effects: [emit('announcementWithdrawn', { announcer: from })],
  })),
};

const machine = machineOf({
  context: initialAnnouncement,
  events: announcementRules,
  guards,
  steps,
  table: {
    id: 'announcement',
    initial: 'absent',
    states: {
      absent: { on: { announce: { target: 'standing', actions: 'announce' } } },
      standing: {
        on: { withdraw: { guard: 'mayWithdraw', target: 'absent', actions: 'withdraw' } },
      },
    },
  },
});

const CONTEXT_BYTES = 64;

/**
 * Who will challenge, said before it is said what: the address is `challengeAnnouncement`. Whoever
 * copies an opening from the queue of transactions has announced nothing in an earlier block, and
 * yields to who has (PROTOCOL §6; the challenge's `takeOver`).
 *
 * The address binds the challenger, so an announcement helps nobody else. Somebody who copies one
 * out of the queue can only be first at this address, which the refusal shows: take another salt.
 */
export const announcement = defineActor({
  kind: 'announcement',
  machine,
  guards,
  steps,
  initial: initialAnnouncement,
  context: announcementContext,
  contextBytes: CONTEXT_BYTES,
  messages: announcementMessage,
  rules: announcementRules,
});
