import { timelineOf } from '../../client/timeline/index.ts';
import { actorArgument, actorRecord, describeRecord } from '../kit/actors.ts';
import { argument, flag } from '../kit/input.ts';
import { listCommand } from '../kit/listing.ts';
import type { Printable } from '../kit/output.ts';
import { CHALLENGE } from '../kit/seat.ts';
import type { CommandSpec } from '../kit/spec.ts';
import { sheet } from '../kit/table.ts';
import { colours, outputColumns } from '../kit/terminal.ts';
import { drawTimeline, namesOf } from '../timeline/index.ts';
import { ID } from './opening.ts';

/** Wide enough to read, and where there is no terminal for a file or a mail. */
const MOST_COLUMNS = 100;

export const show: CommandSpec = {
  name: 'show',
  summary: 'draw what happened in a challenge, who was paid, and which rule decided',
  details:
    'All of it follows from the record of the challenge, so every node shows the same. Heights ' +
    'of windows are those of the panel in hand; of the others the time slot fixed for them.',
  arguments: [CHALLENGE],
  options: [['--record', 'every field of the record instead']],
  examples: [
    [`aivm challenge show ${ID}`, 'from the opening to the last payment'],
    [`aivm challenge show ${ID} --record`, "every field of the challenge's record"],
    [`aivm challenge show ${ID} --json`, 'record and timeline for programs'],
  ],
  run: async (input, session) => {
    const node = await session.node();
    const id = await actorArgument(session, node, 'challenge', argument(input, 0));
    const record = await actorRecord(node, id);
    const { json, rows } = await describeRecord(node, id, record);
    const timeline = timelineOf(record);
    const facts = { actor: id, ...(json as object), timeline: timeline as unknown as Printable };
    const drawing = {
      names: namesOf(node.texts),
      colours,
      columns: Math.min(outputColumns(), MOST_COLUMNS),
    };
    session.out.answer(facts, () =>
      flag(input, 'record')
        ? sheet([['challenge', node.texts.actor(id)], ...rows])
        : [id, '', ...drawTimeline(timeline, drawing)].join('\n'),
    );
  },
};

export const list = listCommand({
  kind: 'challenge',
  columns: ['form', 'state', 'panel', 'deadline', 'bond', 'verdicts'],
  cells: ({ state, context }, texts) => [
    context.form,
    state,
    context.round === 0 ? '–' : String(context.round),
    context.ending === 'open' ? String(context.deadline) : '–',
    texts.amount(context.bondNlux),
    context.ending === 'open' ? '–' : context.defendants.map(({ verdict }) => verdict).join(', '),
  ],
  examples: [
    ['aivm challenge list --where state=commit', 'those that wait for re-runs'],
    ['aivm challenge list --where state=decided', 'those that can be appealed'],
  ],
});
