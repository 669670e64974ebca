import type { Timeline } from '../../client/timeline/index.ts';
import { line, type Line, type Section } from './draw.ts';
import { heights, type Names } from './words.ts';

const lockLine = ({ parties }: Timeline, { amount }: Names): Line => {
  const locks = parties.map(({ party, lockNlux }) => `${party} ${amount(lockNlux)}`);
  return line(`stake locked: ${locks.join(', ')}`);
};

/** Who opened it, with what, and when. */
export const openedSection = (timeline: Timeline, names: Names): Section => {
  const { form, opened } = timeline;
  const { at, challenger, announcedAt, bondNlux, named } = opened;
  const by = challenger === undefined ? 'as the beacon drew it' : `by ${names.who(challenger)}`;
  if (form === 'equivocation') {
    return { tone: 'plain', title: `#${at}  two signed answers shown ${by}`, lines: [] };
  }
  const paid = challenger === undefined ? 'from the audit pool' : 'of the challenger';
  const lines = [
    line(`bond ${names.amount(bondNlux)} ${paid}`),
    lockLine(timeline, names),
    ...(named.length === 0 ? [] : [line(`chunks named by the challenger: ${named.join(', ')}`)]),
    ...(announcedAt === undefined
      ? []
      : [line(`announced at #${announcedAt}, and so taken over from who copied it`)]),
  ];
  return { tone: 'plain', title: `#${at}  opened ${by}`, lines };
};

/** The window in which payload and outputs become public. */
export const publishSection = (timeline: Timeline): readonly Section[] => {
  const { publish, parties, isPayloadPublished, asksOutputs, state } = timeline;
  if (publish === undefined) return [];
  const isOpen = state === 'publish';
  const done = (isDone: boolean, what: string, verb: string): Line => {
    if (isDone) return line(`✓ ${what} ${verb}`, 'good');
    return isOpen
      ? line(`… ${what} not ${verb} yet`, 'open')
      : line(`✗ nobody has ${verb} the ${what}`, 'bad');
  };
  const outputs = asksOutputs
    ? parties.map(({ party, isShown }) => done(isShown, `output of ${party}`, 'shown'))
    : [];
  return [
    {
      tone: isOpen ? 'open' : 'plain',
      title: `${heights(publish)}  publish`,
      lines: [done(isPayloadPublished, 'payload', 'published'), ...outputs],
    },
  ];
};
