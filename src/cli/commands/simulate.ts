import { existsSync, mkdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Json } from '../../codec/json/index.ts';
import type { SimulationResult } from '../../simulation/index.ts';
import { AivmError } from '../../runtime/aivm-error.ts';
import { readText, writeWhole } from '../kit/files.ts';
import { argument, option, optionList } from '../kit/input.ts';
import { jsonText, type Printable } from '../kit/output.ts';
import { parseCount } from '../kit/parse.ts';
import { withBar } from '../kit/progress.ts';
import type { CommandSpec, Input } from '../kit/spec.ts';
import { causeOf, orStop, stop, Stop } from '../kit/stop.ts';
import { grid, heading } from '../kit/table.ts';
import { colours } from '../kit/terminal.ts';
import { version } from '../kit/version.ts';

const MAX_RUNS = 1_000_000_000;
const MAX_WORKERS = 256;
const MAX_SEED_CHARACTERS = 128;
const READABLE_MODE = 0o644;
const JSON_INDENT = 2;
/** Where the scenarios of this package are, from src and from dist alike. */
const PRESETS = join(import.meta.dirname, '../../../scenarios');

/** A scenario file, or one of this package by its name. */
const scenarioAt = async (named: string): Promise<Json> => {
  const { readScenarioText } = await import('../../simulation/index.ts');
  const preset = join(PRESETS, `${named}.json`);
  const isPreset = /^[a-z0-9-]+$/.test(named) && !existsSync(named) && existsSync(preset);
  return orStop(readScenarioText(readText(isPreset ? preset : named)));
};

const countOf = (input: Input, name: string, most: number): number | undefined => {
  const given = option(input, name);
  return given === undefined ? undefined : parseCount(given, 1, most);
};

const seedOf = (input: Input): string | undefined => {
  const seed = option(input, 'seed');
  if (seed === undefined || (seed !== '' && seed.length <= MAX_SEED_CHARACTERS)) return seed;
  return stop('cli/bad-option', {
    option: '--seed',
    expected: `1 to ${MAX_SEED_CHARACTERS} characters`,
  });
};

const play = async (input: Input, scenario: Json): Promise<SimulationResult> => {
  const { simulate } = await import('../../simulation/index.ts');
  const aborted = new AbortController();
  const abort = (): void => aborted.abort();
  process.once('SIGINT', abort);
  try {
    return await withBar('simulating', 1, (bar) =>
      simulate({
        scenario,
        version: version(),
        seed: seedOf(input),
        runs: countOf(input, 'runs', MAX_RUNS),
        workers: countOf(input, 'workers', MAX_WORKERS),
        checkpoint: option(input, 'checkpoint'),
        onProgress: (done, of) => bar.at(done / of),
        signal: aborted.signal,
      }),
    );
  } catch (error) {
    if (aborted.signal.aborted) return stop('cli/interrupted');
    if (error instanceof AivmError) throw new Stop(error);
    throw error;
  } finally {
    process.removeListener('SIGINT', abort);
  }
};

const write = (file: string, text: string): void =>
  writeWhole(file, text, { mode: READABLE_MODE, overwrite: true });

/** A folder with a table for the estimates, the observations, and each picture. */
const writeTables = async (folder: string, result: SimulationResult): Promise<void> => {
  const { csvFiles } = await import('../../simulation/index.ts');
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    stop('cli/file-unwritable', { file: folder, cause: causeOf(error) });
  }
  for (const [name, text] of csvFiles(result)) write(join(folder, name), text);
};

const REPORTS: readonly string[] = ['.html', '.json', '.csv'];

/** Said before anything is played, and not after. */
const checkReports = (files: readonly string[]): void => {
  if (files.every((file) => REPORTS.includes(extname(file)))) return;
  stop('cli/bad-option', { option: '--report', expected: `a name with ${REPORTS.join(', ')}` });
};

/** What is written goes by the end of the name: a page, JSON, or a folder of tables. Says where. */
const writeReport = async (
  file: string,
  { result, scenario, command }: { result: SimulationResult; scenario: Json; command: string },
): Promise<string> => {
  switch (extname(file)) {
    case '.html': {
      const { htmlReport } = await import('../../simulation/index.ts');
      write(file, orStop(await htmlReport(result, scenario, { command })));
      return file;
    }
    case '.json':
      write(file, `${jsonText(result as unknown as Printable, JSON_INDENT)}\n`);
      return file;
    default: {
      const folder = file.slice(0, -extname(file).length);
      await writeTables(folder, result);
      return folder;
    }
  }
};

const tables = async (result: SimulationResult): Promise<string> => {
  const { ESTIMATE_COLUMNS, OBSERVATION_HEADINGS, observationRowsOf, rowsOf } =
    await import('../../simulation/index.ts');
  const right = ESTIMATE_COLUMNS.flatMap((column, at) => (column.right ? [at] : []));
  const estimates = rowsOf(result).map((row) =>
    ESTIMATE_COLUMNS.map(({ key }) =>
      key === 'z' && row.verdict === 'differs' ? colours.red(row[key]) : row[key],
    ),
  );
  const observations = observationRowsOf(result);
  const heads = ESTIMATE_COLUMNS.map((column) => column.heading);
  return [
    `${heading(result.scenario)}  seed ${result.seed}`,
    ...(estimates.length === 0 ? [] : [grid(heads, estimates, right)]),
    ...(observations.length === 0 ? [] : [grid(OBSERVATION_HEADINGS, observations, [1, 2, 3])]),
    ...result.summary,
    ...(result.signed ? [] : [colours.dim('Agents of the market did not sign what they sent.')]),
  ].join('\n');
};

export const simulate: CommandSpec = {
  name: 'simulate',
  summary: 'play disputes out, and compare what comes of them with theory',
  details:
    'Plays what a scenario asks for through the selection, the verdicts and the messages of this ' +
    'program, in as many processes as there are cores, and says how far each estimate is from ' +
    'its closed form. The same scenario and seed give the same figures, however many processes ' +
    'play. Needs no node. docs/simulation.md describes scenarios.',
  arguments: [['<scenario>', 'JSON file, or the name of a scenario of this package']],
  options: [
    ['--seed <seed>', "instead of the scenario's"],
    ['--runs <count>', 'runs of everything that it asks for, instead of its own'],
    ['--workers <count>', 'processes (one for each core)'],
    [
      '--report <file...>',
      'write what was found: .html (a page), .json, .csv (a folder of tables)',
    ],
    ['--checkpoint <file>', 'keep what is done here, and go on from it when called again'],
  ],
  examples: [
    ['aivm simulate base-protocol', 'a scenario of this package'],
    ['aivm simulate full-ladder --report found.html found.csv', 'a page, and tables'],
    ['aivm simulate deterrence --json --seed 7 --workers 2', 'for programs'],
    ['aivm simulate my.json --checkpoint done.jsonl', 'may be stopped, and goes on'],
  ],
  run: async (input, session) => {
    const named = argument(input, 0);
    const files = optionList(input, 'report');
    checkReports(files);
    const scenario = await scenarioAt(named);
    const result = await play(input, scenario);
    const { repeatCommand } = await import('../../simulation/index.ts');
    const runs = option(input, 'runs');
    const repeat = repeatCommand(named, result.seed);
    const command = runs === undefined ? repeat : `${repeat} --runs ${runs}`;
    const written: string[] = [];
    for (const file of files) written.push(await writeReport(file, { result, scenario, command }));
    const { figures: _, ...answer } = result;
    const text = await tables(result);
    session.out.answer(answer as unknown as Printable, () => text);
    for (const file of written) session.out.note(`Written to ${file}.`);
  },
};
