import { describe, expect, it } from 'vitest';
import {
  longestChallenge,
  type Windows,
} from '../../../../src/simulation/closed-forms/schedule.ts';
import { finalityBlocks } from '../../../../src/simulation/market/index.ts';
import { runSource } from '../../../../src/simulation/random/index.ts';

const source = runSource('a seed', 'finality', 0);

/** publish, seed, commit, reveal, appeal, panels, commit windows. */
const windowsOf = (...of: readonly number[]): Windows => {
  const [publish, seed, commit, reveal, appeal, panels, commitWindows] = of.map(BigInt);
  const none = 0n;
  return {
    publish: publish ?? none,
    seed: seed ?? none,
    commit: commit ?? none,
    reveal: reveal ?? none,
    appeal: appeal ?? none,
    panels: panels ?? none,
    commitWindows: commitWindows ?? none,
  };
};

describe('a challenge on the real chain', () => {
  it.each([
    [4, 4, 4, 4, 4, 3, 3],
    [1, 2, 1, 2, 1, 3, 3],
    [9, 3, 2, 2, 5, 2, 2],
    [5, 6, 3, 7, 1, 1, 1],
  ])('is final exactly D blocks after it opened: %i %i %i %i %i, R = %i, %i commits', (...of) => {
    const windows = windowsOf(...of);
    const blocks = finalityBlocks({ windows, behaviour: 'longest' }, source);
    expect(BigInt(blocks)).toBe(longestChallenge(windows));
  });

  it('takes 50,850 blocks with the windows of mainnet (ECONOMICS 15)', () => {
    const windows = windowsOf(10_800, 150, 1_800, 450, 10_800, 3, 3);
    expect(finalityBlocks({ windows, behaviour: 'longest' }, source)).toBe(50_850);
  });

  it('is over after one panel where everybody is prompt, and later where seats are silent', () => {
    const windows = windowsOf(4, 4, 4, 4, 4, 3, 3);
    const prompt = finalityBlocks({ windows, behaviour: 'prompt' }, source);
    // publish, the seed that is due two blocks later, commit, reveal, appeal.
    expect(prompt).toBe(18);
    const silent = Array.from({ length: 5 }, (_, run) =>
      finalityBlocks({ windows, behaviour: 'prompt', silent: 0.9 }, runSource('s', 'silent', run)),
    );
    expect(Math.max(...silent)).toBeGreaterThan(prompt);
    expect(Math.max(...silent)).toBeLessThanOrEqual(84);
  });
});
