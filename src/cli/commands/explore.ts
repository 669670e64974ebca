import type { Exploration, Progress, World } from '../../exploration/index.ts';
import type { Json } from '../../codec/json/index.ts';
import { AivmError } from '../../runtime/aivm-error.ts';
import { readJson, writeWhole } from '../kit/files.ts';
import { argument, option } from '../kit/input.ts';
import { parseCount } from '../kit/parse.ts';
import { withSpinner } from '../kit/progress.ts';
import type { Session } from '../kit/session.ts';
import type { CommandSpec, Input } from '../kit/spec.ts';
import { orStop, stop, Stop } from '../kit/stop.ts';
import { grid, sheet, type Row } from '../kit/table.ts';
import { colours, errorColours, isTerminal } from '../kit/terminal.ts';

const MAX_STATES = 10_000_000;
const MAX_DEPTH = 100_000;
const FRAME_MS = 250;
const CLEAR_LINE = '\r\u001b[2K';
const JSON_INDENT = 2;
const READABLE_MODE = 0o644;

/** The explorer throws where the world itself is wrong; here that ends the command. */
const orStopped = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AivmError) throw new Stop(error);
    throw error;
  }
};

const giveWay = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

const perSecond = (states: number, ms: number): number =>
  ms <= 0 ? 0 : Math.round((states * 1_000) / ms);

/** One line on a terminal that says how far it is; nothing is known of how far it has to go. */
const progressLine = () => {
  const begun = performance.now();
  let shown = begun;
  return (progress: Progress): void => {
    const now = performance.now();
    if (now - shown < FRAME_MS || !isTerminal(process.stderr)) return;
    shown = now;
    const { states, expanded, transitions, depth } = progress;
    const rate = perSecond(states, now - begun);
    const parts = `${states} states, ${states - expanded} to go on from, depth ${depth}`;
    const text = `exploring: ${parts}, ${transitions} transitions, ${rate} states/s`;
    process.stderr.write(`${CLEAR_LINE}${errorColours.dim(text)}`);
  };
};

const boundsOf = (input: Input) => {
  const states = option(input, 'maxStates');
  const depth = option(input, 'maxDepth');
  return {
    ...(states === undefined ? {} : { maxStates: parseCount(states, 1, MAX_STATES) }),
    ...(depth === undefined ? {} : { maxDepth: parseCount(depth, 1, MAX_DEPTH) }),
  };
};

const rowsOf = (world: World, found: Exploration, ms: number): readonly Row[] => [
  ['world', world.title],
  [
    'explored',
    found.isComplete ? colours.green('everything, nothing wrong') : colours.yellow('in part'),
  ],
  ['states', String(found.states)],
  ['transitions', String(found.transitions)],
  ['refused moves', String(found.refusals)],
  ['depth', `${found.depth} steps`],
  ['longest wait', `${found.longestWaitBlocks} blocks until no challenge is open, by time alone`],
  ['time', `${(ms / 1_000).toFixed(1)} s, ${perSecond(found.states, ms)} states/s`],
];

const counts = (of: Readonly<Record<string, number>>): readonly (readonly string[])[] =>
  Object.entries(of)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, number]) => [name, String(number)]);

const report = (session: Session, world: World, found: Exploration, ms: number): void => {
  const { counterexample, ...rest } = found;
  const answer = {
    ok: counterexample === undefined,
    world: world.title,
    ...rest,
    milliseconds: Math.round(ms),
    statesPerSecond: perSecond(found.states, ms),
    violations: (counterexample?.violations ?? []).map(({ id, sentence }) => ({ id, sentence })),
    path: counterexample?.path ?? [],
  };
  session.out.answer(answer, () =>
    [
      sheet(
        rowsOf(world, found, ms).map((row) =>
          row[0] === 'explored' && counterexample !== undefined
            ? ['explored', colours.red('to a violation')]
            : row,
        ),
      ),
      ...(found.isComplete ? [grid(['how it ended', 'states'], counts(found.outcomes))] : []),
    ].join('\n'),
  );
};

const tell = async (session: Session, world: World, path: readonly string[]): Promise<void> => {
  const { replay, storyText } = await import('../../exploration/index.ts');
  const story = orStop(replay(world, path));
  const told = story.told.map(({ label, height, refused = null }) => ({ label, height, refused }));
  const violations = story.violations.map(({ id, sentence }) => ({ id, sentence }));
  session.out.answer({ ok: violations.length === 0, told, violations }, () => storyText(story));
  if (violations.length > 0) {
    stop('cli/check-failed', { failed: violations.map(({ id }) => id).join(', ') });
  }
};

const runExploration = async (input: Input, session: Session, world: World): Promise<void> => {
  const { drive, exploring, replay, replayOf, storyText } =
    await import('../../exploration/index.ts');
  const begun = performance.now();
  const work = () => drive(exploring(world, boundsOf(input)), giveWay, progressLine());
  // On a terminal the line of progress says more than a spinner could.
  const found = isTerminal(process.stderr)
    ? await work()
    : await withSpinner(`exploring ${world.title}`, work);
  if (isTerminal(process.stderr)) process.stderr.write(CLEAR_LINE);
  report(session, world, found, performance.now() - begun);
  const { counterexample } = found;
  if (counterexample === undefined) {
    if (!found.isComplete) session.out.warn('A bound ended it: not every state was gone on from.');
    return;
  }
  const file = option(input, 'out') ?? 'counterexample.json';
  const text = `${JSON.stringify(replayOf(world, counterexample), null, JSON_INDENT)}\n`;
  writeWhole(file, text, { mode: READABLE_MODE, overwrite: true });
  const story = replay(world, counterexample.path);
  if (story.ok) session.out.note(storyText(story.value));
  session.out.note(`Written to ${file}: aivm explore … --replay ${file} goes this way again.`);
  const failed = counterexample.violations.map(({ id }) => id);
  stop('cli/check-failed', { failed: [...new Set(failed)].join(', ') });
};

export const explore: CommandSpec = {
  name: 'explore',
  summary: 'try everything in a small world, in every order',
  details:
    'Plays every message and every timeout of a world in every order on the machines of this ' +
    'program, and checks every invariant in every state and step, and that every challenge ends. ' +
    'Needs no node. A way to a violation is told step by step and written to a file. Exit code 1 ' +
    'if one is found. docs/exploration.md describes worlds.',
  arguments: [['<world>', 'JSON file that describes the world']],
  options: [
    ['--max-states <count>', 'give up after so many states (200000)'],
    ['--max-depth <steps>', 'explore nothing further than so many steps from the beginning'],
    ['--out <file>', 'where to write a way to a violation (counterexample.json)'],
    ['--replay <file>', 'go the way of such a file once more, and tell it'],
  ],
  examples: [
    ['aivm explore worlds/pair.json', 'two answers, one seat: everything that can happen'],
    ['aivm explore worlds/audit.json --json --max-states 5000', 'at most so many states'],
    ['aivm explore worlds/pair.json --replay counterexample.json', 'a way that was found'],
  ],
  run: (input, session) =>
    orStopped(async () => {
      const { parseReplay, parseWorld } = await import('../../exploration/index.ts');
      const world = orStop(parseWorld(readJson(argument(input, 0)) as Json));
      const file = option(input, 'replay');
      if (file === undefined) return runExploration(input, session, world);
      const { steps } = orStop(parseReplay(world, readJson(file) as Json));
      return tell(session, world, steps);
    }),
};
