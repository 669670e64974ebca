import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { absentNodes, nodes, runOn } from '../../../tools/nodes.ts';
import { execute } from '../../../tools/vectors/execute.ts';
import { expectedOf, SUITES } from '../../../tools/vectors/vector.ts';
import { FILES, REPLAY, ROOT, vectorOf } from './support.ts';

const FLAGS = ['--conditions=aivm-source', '--disable-warning=ExperimentalWarning'];
vi.setConfig({ testTimeout: 240_000 });
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

const expected = Object.fromEntries(
  SUITES.map((suite) => [suite, expectedOf(vectorOf(suite))] as const),
);

const folder = mkdtempSync(join(tmpdir(), 'aivm-replay-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a fresh process finds, in another environment if it says so. */
const replay = (args: readonly string[], ambience: Readonly<Record<string, string>> = {}) =>
  JSON.parse(
    execFileSync(process.execPath, [...FLAGS, join(ROOT, REPLAY), ...args], {
      env: { ...process.env, ...ambience },
      cwd: ROOT,
      encoding: 'utf8',
      maxBuffer: MAX_OUTPUT_BYTES,
    }),
  ) as typeof expected;

describe('the same blocks give the same roots and receipts (I50)', () => {
  for (const node of nodes()) {
    it(`on Node ${node.version}, the ${node.name}, without clocks, chance and locale`, () => {
      expect(JSON.parse(runOn(node, REPLAY, ['--bare', ...FILES]))).toEqual(expected);
    });
  }

  it('on every Node of tools/node/package.json', ({ skip }) => {
    const absent = absentNodes();
    skip(absent.length > 0, absent.map(({ reason }) => reason).join('; '));
    expect(absent).toEqual([]);
  });

  it('in a fresh process with all that Node has around it', () => {
    expect(replay(FILES)).toEqual(expected);
  });

  it.each([
    { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
    { TZ: 'America/St_Johns', LANG: 'ar_EG.UTF-8', LC_ALL: 'ar_EG.UTF-8' },
  ])('in time zone $TZ under locale $LANG', (ambience) => {
    const question = 'JSON.stringify(Intl.DateTimeFormat().resolvedOptions())';
    const env = { ...process.env, ...ambience };
    const answer = execFileSync(process.execPath, ['-p', question], { env, encoding: 'utf8' });
    const { timeZone, locale } = JSON.parse(answer) as Intl.ResolvedDateTimeFormatOptions;
    expect([timeZone, locale.slice(0, 2)]).toEqual([ambience.TZ, ambience.LANG.slice(0, 2)]);
    expect(replay(FILES, ambience)).toEqual(expected);
  });

  it('on disk, closed and opened again after every block (I53)', () => {
    const disk = join(folder, 'restarted');
    mkdirSync(disk);
    expect(replay(['--disk', disk, ...FILES])).toEqual(expected);
  });

  it('on disk, begun by one process and gone on with by another (I53)', () => {
    const disk = join(folder, 'handed-over');
    mkdirSync(disk);
    const halves = SUITES.map((suite) => {
      const vector = vectorOf(suite);
      const half = vector.blocks.length >> 1;
      const begun = { ...vector, blocks: vector.blocks.slice(0, half) };
      return [suite, execute(begun, { path: join(disk, suite) })] as const;
    });
    const rest = replay(['--disk', disk, ...FILES]);
    for (const [suite, first] of halves) {
      expect([...first, ...(rest[suite] ?? [])], suite).toEqual(expected[suite]);
    }
  });
});
