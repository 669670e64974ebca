import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { absentNodes, nodes, runOn } from '../../../tools/nodes.ts';
import { makeLifeVector, type LifeVector } from '../../../tools/vectors/life.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const FOLDER = join(ROOT, 'test/vectors');
const FILE = join(FOLDER, 'life.json');
const REPLAY = 'tools/vectors/replay.ts';
const FLAGS = ['--conditions=aivm-source', '--disable-warning=ExperimentalWarning'];

const vector = JSON.parse(readFileSync(FILE, 'utf8')) as LifeVector;
const expected = vector.blocks.map(({ root, activity }) => ({ root, activity }));

describe('golden vectors', () => {
  it('are all of suites that are known', () => {
    expect(readdirSync(FOLDER).filter((name) => name.endsWith('.json'))).toEqual(['life.json']);
    expect(vector.suite).toBe('life');
  });

  it('are what the code makes: see docs/testing.md before you write them anew', async () => {
    expect(await makeLifeVector()).toEqual(vector);
  });
});

describe('the same blocks give the same roots (I50)', () => {
  for (const node of nodes()) {
    it(`on Node ${node.version}, the ${node.name}`, () => {
      expect(JSON.parse(runOn(node, REPLAY, [FILE]))).toEqual(expected);
    });
  }

  it('on every Node of tools/node/package.json', ({ skip }) => {
    const absent = absentNodes();
    skip(absent.length > 0, absent.map(({ reason }) => reason).join('; '));
    expect(absent).toEqual([]);
  });

  it.each([
    { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
    { TZ: 'America/St_Johns', LANG: 'de_DE.UTF-8', LC_ALL: 'C' },
  ])('in time zone $TZ under locale $LANG', (ambience) => {
    const env = { ...process.env, ...ambience };
    const args = [...FLAGS, join(ROOT, REPLAY), FILE];
    const output = execFileSync(process.execPath, args, { env, cwd: ROOT, encoding: 'utf8' });
    expect(JSON.parse(output)).toEqual(expected);
  });

  it('on disk, reopened after every block', () => {
    const folder = mkdtempSync(join(tmpdir(), 'aivm-replay-'));
    try {
      const args = [
        ...FLAGS,
        join(ROOT, REPLAY),
        FILE,
        '--restart-every-block',
        join(folder, 'db'),
      ];
      const output = execFileSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
      expect(JSON.parse(output)).toEqual(expected);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
