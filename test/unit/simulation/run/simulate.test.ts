import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { simulate, type SimulateOptions } from '../../../../src/simulation/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'aivm-simulate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const scenario = {
  name: 'of a test',
  seed: 5,
  estimates: [
    { estimate: 'noAnswer', u: 0.3, k: 1, runs: 45_000 },
    { estimate: 'panelMajorityError', N: 20, colluders: 0.3, panel: 3, runs: 25_000 },
    { estimate: 'timeToFinality' },
  ],
  market: {
    agents: [
      { kind: 'honest', count: 12 },
      { kind: 'cheating', count: 2, cheats: 1 },
    ],
    blocks: 4,
    runs: 2,
  },
};

const play = (options: Partial<SimulateOptions> = {}) =>
  simulate({ scenario, version: '1.0.0', workers: 1, ...options });

const codeOf = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    await work;
    return undefined;
  } catch (error) {
    const { code, name } = error as { readonly code?: unknown; readonly name: string };
    return typeof code === 'string' ? code : name;
  }
};

/** Ends a simulation after so many shards. */
const stopAfter = (shards: number): Pick<SimulateOptions, 'onProgress' | 'signal'> => {
  const aborted = new AbortController();
  return {
    signal: aborted.signal,
    onProgress: (done) => {
      if (done === shards) aborted.abort();
    },
  };
};

describe('a simulation', () => {
  it('finds the same in one process and in three, to the last digit', async () => {
    const alone = await play();
    expect(await play({ workers: 3 })).toEqual(alone);
    expect(alone.estimates.map(({ name }) => name)).toEqual([
      'noAnswer',
      'panelMajorityError',
      'timeToFinality',
    ]);
    expect(alone.estimates.map(({ n }) => n)).toEqual([45_000, 25_000, 1]);
    for (const { z } of alone.estimates) expect(z).toBeLessThanOrEqual(4);
    expect(alone.observations.map(({ name }) => name)).toContain('profit/honest');
  });

  it('depends on the seed, and on the runs that are asked for', async () => {
    const [first, other, fewer] = [
      await play({ runs: 40 }),
      await play({ runs: 40, seed: 'another' }),
      await play({ runs: 20 }),
    ];
    expect(other.seed).toBe('another');
    expect(other.estimates[0]?.estimate).not.toBe(first.estimates[0]?.estimate);
    expect(fewer.estimates.map(({ n }) => n)).toEqual([20, 20, 1]);
  });

  it('is refused by name where the scenario, or its market, does not hold together', async () => {
    expect(await codeOf(play({ scenario: { name: 'x' } }))).toBe('simulation/missing-field');
    const market = { ...scenario.market, blocks: 0 };
    expect(await codeOf(play({ scenario: { ...scenario, market } }))).toBe(
      'simulation/out-of-range',
    );
  });

  it('ends when it is told to, in this process and in others', async () => {
    for (const workers of [1, 2]) {
      expect(await codeOf(play({ workers, ...stopAfter(1) }))).toMatch(/AbortError|worker-ended/);
    }
  });
});

describe('a checkpoint', () => {
  it('goes on where a simulation was stopped, and comes to the same', async () => {
    const checkpoint = join(folder, 'stopped.jsonl');
    expect(await codeOf(play({ checkpoint, ...stopAfter(2) }))).toBeDefined();
    const before = readFileSync(checkpoint, 'utf8').trimEnd().split('\n').length;
    expect(before).toBeGreaterThan(2);
    let played = 0;
    const result = await play({ checkpoint, onProgress: () => (played += 1) });
    expect(result).toEqual(await play());
    const after = readFileSync(checkpoint, 'utf8').trimEnd().split('\n').length;
    expect(after - before).toBe(played);
    // Nothing is left to play.
    played = 0;
    await play({ checkpoint, onProgress: () => (played += 1) });
    expect(played).toBe(0);
  });

  it('leaves out a line that was torn, and what nobody wrote', async () => {
    const checkpoint = join(folder, 'torn.jsonl');
    await play({ checkpoint, runs: 12 });
    const whole = readFileSync(checkpoint, 'utf8');
    writeFileSync(checkpoint, whole.slice(0, -20));
    appendFileSync(checkpoint, '\n["noAnswer",0,"x",[]]\n{}\n[1,2,3,4]');
    expect(await play({ checkpoint, runs: 12 })).toEqual(await play({ runs: 12 }));
  });

  it('is refused where it is of another seed or version, or is no file', async () => {
    const checkpoint = join(folder, 'other.jsonl');
    await play({ checkpoint, runs: 10 });
    const before = readFileSync(checkpoint, 'utf8');
    for (const other of [{ seed: '6' }, { version: '2.0.0' }]) {
      expect(await codeOf(play({ checkpoint, ...other }))).toBe('simulation/other-checkpoint');
    }
    expect(readFileSync(checkpoint, 'utf8')).toBe(before);
    const none = join(folder, 'none', 'x.jsonl');
    expect(await codeOf(play({ checkpoint: none }))).toBe('simulation/checkpoint-unusable');
    expect(existsSync(none)).toBe(false);
  });
});
