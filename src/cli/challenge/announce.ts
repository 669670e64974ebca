import { randomBytes } from 'node:crypto';
import { prepareAnnouncement } from '../../client/challenge.ts';
import { toHex } from '../../codec/bytes.ts';
import { ANNOUNCEMENT_BLOCKS } from '../../machines/announcement/record.ts';
import { keyOf, type ActorId } from '../../machines/kit/address.ts';
import {
  announcementFile,
  keepAnnounced,
  loadAnnounced,
  replaceAnnounced,
  type Announced,
} from '../kit/announcement-file.ts';
import { actorArgument } from '../kit/actors.ts';
import type { Draft } from '../kit/draft.ts';
import { argument, flag, option } from '../kit/input.ts';
import { CHALLENGE, challengeOf, keyText } from '../kit/seat.ts';
import type { Described } from '../kit/spec.ts';
import { stop } from '../kit/stop.ts';
import { sendFirst } from '../kit/transact.ts';
import { transaction, type Planning } from '../kit/transaction.ts';
import { CHUNK, namedChunks } from './named.ts';

const ID = 'e05b…';
const SALT_BYTES = 32;
/** So many blocks an opening may take to be included. */
const OPENING_BLOCKS = 5n;

export const ANNOUNCED: Described = [
  '--announced <file>',
  'where the announcement is kept (beside the keystore)',
];

const fileOf = ({ input, session, key }: Planning, id: ActorId<'challenge'>): string =>
  option(input, 'announced') ??
  announcementFile(session.globals.keystore, { challenge: keyText(id), challenger: key.address });

const prepared = (
  { challenger, salt }: Announced,
  challenge: ActorId<'challenge'>,
  named: readonly number[] = [],
) => prepareAnnouncement({ challenge, challenger, salt, named });

/** How an announcement stands; one that would be too old at the opening is `stale`. */
const standingOf = async (
  { node, key }: Planning,
  receiver: ActorId<'announcement'>,
): Promise<'absent' | 'fresh' | 'stale'> => {
  const { record, height } = await node.ask(`asking for ${receiver}`, node.client.actor(receiver));
  if (record?.context.announcer !== key.address) return 'absent';
  const until = record.context.height + ANNOUNCEMENT_BLOCKS;
  return height + OPENING_BLOCKS <= until ? 'fresh' : 'stale';
};

/**
 * Announces an opening and waits for its block; the salt is kept in a file before anything is sent.
 * One that stands already, from an attempt before, is used again unless it has become too old. With
 * --dry-run nothing is sent, and the announcement is one more draft of the plan.
 */
export const announceFirst = async (
  planning: Planning,
  id: ActorId<'challenge'>,
): Promise<{ readonly drafts: readonly Draft[]; readonly names: Record<string, string> }> => {
  const { input, key, session } = planning;
  const salt = toHex(randomBytes(SALT_BYTES));
  const made: Announced = { challenge: keyText(id), challenger: key.address, salt };
  const file = fileOf(planning, id);
  const draftOf = ({ receiver, announce }: ReturnType<typeof prepared>): Draft => ({
    receiver,
    message: announce,
  });
  const namesOf = ({ receiver }: ReturnType<typeof prepared>) => ({
    announcement: keyOf(receiver),
    saved: file,
  });
  const fresh = prepared(made, id);
  if (flag(input, 'dryRun')) return { drafts: [draftOf(fresh)], names: namesOf(fresh) };
  const kept = prepared(keepAnnounced(file, made), id);
  const standing = await standingOf(planning, kept.receiver);
  if (standing === 'stale') {
    replaceAnnounced(file, made);
    const withdrawal: Draft = { receiver: kept.receiver, message: { type: 'withdraw' } };
    await sendFirst(planning, { drafts: [withdrawal, draftOf(fresh)] });
  }
  if (standing === 'absent') await sendFirst(planning, { drafts: [draftOf(kept)] });
  session.out.note(
    `announced; if somebody opens it before you: aivm challenge take-over ${keyText(id)}`,
  );
  return { drafts: [], names: namesOf(standing === 'stale' ? fresh : kept) };
};

const announcedOf = (planning: Planning, id: ActorId<'challenge'>) => {
  const kept = loadAnnounced(fileOf(planning, id));
  const isOfThis = kept.challenge === keyText(id) && kept.challenger === planning.key.address;
  return isOfThis
    ? prepared(kept, id, namedChunks(planning.input))
    : stop('cli/not-found', { what: 'such an announcement' });
};

export const takeOver = transaction({
  name: 'take-over',
  summary: 'take the place of who copied your opening, by your earlier announcement',
  details:
    'As long as payload can be published. You bring the bond, the one before gets its own back, ' +
    'and what the challenger gets from the slash is yours.',
  arguments: [CHALLENGE],
  options: [CHUNK, ANNOUNCED],
  examples: [
    [`aivm challenge take-over ${ID} --from carol`, 'after challenge open --announce came late'],
  ],
  plan: async (planning) => {
    const { id, record } = await challengeOf(planning, planning.input);
    const { bondNlux } = record.context;
    const { takeOver: message } = announcedOf(planning, id);
    return {
      drafts: [{ receiver: id, message, valueNlux: bondNlux }],
      rows: [['bond', planning.node.texts.amount(bondNlux)]],
      facts: { bondNlux },
    };
  },
});

export const withdraw = transaction({
  name: 'withdraw-announcement',
  summary: 'take back an announcement that is of no use any more',
  arguments: [CHALLENGE],
  options: [ANNOUNCED],
  examples: [
    [`aivm challenge withdraw-announcement ${ID} --from carol`, 'frees what the chain keeps of it'],
  ],
  plan: async (planning) => {
    const { input, session, node } = planning;
    const id = await actorArgument(session, node, 'challenge', argument(input, 0));
    const { receiver } = announcedOf(planning, id);
    return { drafts: [{ receiver, message: { type: 'withdraw' } }] };
  },
});
