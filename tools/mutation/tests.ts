// Runs tests in a workspace, each time in a process of its own that can be stopped.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ENVIRONMENT, testName, type Chosen } from './environment.ts';

const VITEST = 'node_modules/vitest/vitest.mjs';
const CONFIG = 'tools/mutation/vitest.config.ts';

export interface TestFile {
  readonly file: string;
  readonly ms: number;
  /** Milliseconds of each test by its name. */
  readonly tests: ReadonlyMap<string, number>;
  /** The first test that failed, if any did. */
  readonly failed: string | undefined;
  /** Why the file could not be loaded, if it could not. */
  readonly unloaded: string | undefined;
}

export interface TestRun {
  readonly ended: 'passed' | 'failed' | 'stopped';
  readonly files: readonly TestFile[];
  /** What the process said, for a run that should not have failed. */
  readonly output: string;
}

export interface TestOrder {
  readonly root: string;
  /** Paths from the root, in the order in which to run them. */
  readonly files: readonly string[];
  /** Names the files of this run. */
  readonly name: string;
  readonly limitMs: number;
  readonly environment?: Readonly<Record<string, string>>;
  readonly chosen?: Chosen;
  /** Stops it before its time. */
  readonly signal?: AbortSignal;
  readonly flags: readonly string[];
}

/** One process for all files, until the first test fails. */
export const UNTIL_FAILURE = ['--no-isolate', '--pool=threads', '--maxWorkers=1', '--bail=1'];

/** A process for each file, all of them to the end. */
export const ISOLATED = (workers: number): readonly string[] => [`--maxWorkers=${workers}`];

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    /** Why the file could not be loaded. */
    readonly message: string;
    readonly startTime: number;
    readonly endTime: number;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly duration?: number;
    }[];
  }[];
}

const readReport = (root: string, path: string): readonly TestFile[] => {
  if (!existsSync(path)) return [];
  const { testResults } = JSON.parse(readFileSync(path, 'utf8')) as Report;
  return testResults.map(({ name, status, message, startTime, endTime, assertionResults }) => {
    const results = assertionResults.map((each) => ({
      ...each,
      name: testName([...each.ancestorTitles, each.title]),
    }));
    const failed = results.find((each) => each.status === 'failed')?.name;
    const isUnloaded = status === 'failed' && failed === undefined;
    return {
      file: relative(root, name),
      ms: Math.round(endTime - startTime),
      tests: new Map(results.map((each) => [each.name, each.duration ?? 0])),
      failed,
      unloaded: isUnloaded ? message : undefined,
    };
  });
};

/** Groups of processes that run, so that none is left when this one ends. */
const running = new Set<number>();
process.once('exit', () => running.forEach((pid) => process.kill(-pid, 'SIGKILL')));

const runVitest = async (
  { root, files, environment, limitMs, signal }: TestOrder,
  flags: readonly string[],
): Promise<Pick<TestRun, 'ended' | 'output'>> => {
  const parameters = [VITEST, 'run', '--config', CONFIG, ...flags, ...files];
  const child = spawn(process.execPath, ['--conditions=aivm-source', ...parameters], {
    cwd: root,
    detached: true,
    env: { ...process.env, ...environment, [ENVIRONMENT.order]: JSON.stringify(files) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { pid } = child;
  if (pid !== undefined) running.add(pid);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  let isLate = false;
  const stop = (): void => {
    isLate = true;
    // The group, since a worker that runs in circles hears nothing.
    if (pid !== undefined && running.has(pid)) process.kill(-pid, 'SIGKILL');
  };
  const timer = setTimeout(stop, limitMs);
  signal?.addEventListener('abort', stop, { once: true });
  const code = await new Promise<number | null>((settle, fail) => {
    child.on('error', fail).on('close', settle);
  });
  clearTimeout(timer);
  if (pid !== undefined) running.delete(pid);
  if (isLate) return { ended: 'stopped', output };
  return { ended: code === 0 ? 'passed' : 'failed', output };
};

export const runTests = async (order: TestOrder): Promise<TestRun> => {
  const { root, name, chosen } = order;
  const report = join(root, `.report-${name}.json`);
  const list = join(root, `.chosen-${name}.json`);
  if (chosen !== undefined) writeFileSync(list, JSON.stringify(chosen));
  const environment = {
    ...order.environment,
    ...(chosen === undefined ? {} : { [ENVIRONMENT.chosen]: list }),
  };
  const flags = [...order.flags, '--reporter=json', `--outputFile=${report}`];
  const { ended, output } = await runVitest({ ...order, environment }, flags);
  const files = readReport(root, report);
  rmSync(report, { force: true });
  rmSync(list, { force: true });
  return { ended, files, output };
};
