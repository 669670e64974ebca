import { option, flag } from '../kit/input.ts';
import { withLocal } from '../kit/local.ts';
import { parseInteger } from '../kit/parse.ts';
import { withBar } from '../kit/progress.ts';
import { Replay, type Divergence, type Replayed } from '../kit/replaying.ts';
import type { Session } from '../kit/session.ts';
import type { CommandSpec } from '../kit/spec.ts';
import { stop } from '../kit/stop.ts';
import { grid, sheet, type Row } from '../kit/table.ts';
import { colours } from '../kit/terminal.ts';

const print = (session: Session, replayed: Replayed): void => {
  const { height, root, activity, messages } = replayed;
  if (session.out.isJson) {
    session.out.line({ height, root, activity, messages: messages.map((each) => ({ ...each })) });
    return;
  }
  const rows = messages.map((each) => [
    String(each.index),
    each.from,
    each.to,
    each.message,
    each.refused === undefined ? colours.green('applied') : colours.red(each.refused),
    each.hash.slice(0, 16),
  ]);
  const table =
    rows.length === 0 ? '' : `\n${grid(['', 'sender', 'receiver', 'message', '', 'hash'], rows)}`;
  process.stdout.write(`${colours.bold(`#${height}`)} root ${root}${table}\n`);
};

const divergenceRows = ({
  height,
  what,
  stored,
  replayed,
  message,
}: Divergence): readonly Row[] => [
  ['replay', colours.red('differs')],
  ['height', String(height)],
  ['what', what],
  ['stored', stored],
  ['replayed', replayed],
  ...(message === undefined
    ? []
    : [
        ['first message', `${message.index}: ${message.message}`] as Row,
        ['from', message.from] as Row,
        ['to', message.to] as Row,
      ]),
];

export const replay: CommandSpec = {
  name: 'replay',
  summary: 'execute the stored blocks again and compare',
  details:
    'Starts from the genesis with an empty state in memory and executes every block with this ' +
    'version of the program. Root and activity must be those that were stored, height by height; ' +
    'the first that differs is located to the message. Exit code 1 if one differs.',
  options: [
    ['--from <height>', 'compare from this height on (1); earlier blocks are only executed'],
    ['--to <height>', 'end at this height (the last one)'],
    ['--trace', 'print every message with its activity hash'],
  ],
  examples: [
    ['aivm replay', 'the whole chain in ~/.aivm/data'],
    ['aivm replay --data /var/lib/aivm --to 5000', 'the first 5000 blocks of another one'],
    ['aivm replay --from 118 --to 120 --trace --json', 'every message of three blocks'],
  ],
  run: (input, session) =>
    withLocal(session.globals.data, async (local) => {
      const run = new Replay(local);
      const first = option(input, 'from');
      const from = parseInteger(first ?? '1', 1n);
      const given = option(input, 'to');
      const to = given === undefined ? run.tip : parseInteger(given);
      if (given !== undefined && (from > to || to > run.tip)) {
        stop('cli/range', { from: String(from), to: String(to), tip: String(run.tip) });
      }
      const isTraced = flag(input, 'trace');
      try {
        const divergence = await withBar('replaying', Number(to), async (bar) => {
          for (let height = 1n; height <= to; height += 1n) {
            const replayed = run.next();
            const isShown = height >= from;
            if (isShown && replayed.divergence !== undefined) return replayed.divergence;
            if (isShown && isTraced) print(session, run.traced(replayed));
            bar.at(Number(height));
            if (height % 50n === 0n) await pause();
          }
          return undefined;
        });
        if (divergence !== undefined) {
          const { message = null, ...rest } = divergence;
          const found = message === null ? null : { ...message };
          session.out.answer({ ok: false, ...rest, message: found }, () =>
            sheet(divergenceRows(divergence)),
          );
          stop('cli/diverged', { height: String(divergence.height), what: divergence.what });
        }
        if (isTraced && session.out.isJson) return;
        session.out.answer({ ok: true, from, to, root: run.root, activity: run.activity }, () =>
          sheet([
            ['replay', colours.green('the same, height by height')],
            ['heights', `${from} to ${to}`],
            ['root', run.root],
            ['activity', run.activity],
          ]),
        );
      } finally {
        run.close();
      }
    }),
};

/** Lets timers and signals have their turn: executing a block takes no break. */
const pause = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });
