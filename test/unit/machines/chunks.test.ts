import { describe, expect, it } from 'vitest';
import { drawnChunks } from '../../../src/machines/challenge/chunks.ts';

const draw = (leaves: number, beacon = 'ab'.repeat(32)) =>
  drawnChunks({ beacon, challengeId: 'cd'.repeat(32), round: 1, leaves, wanted: 8 });

describe('chunks drawn for opening (PROTOCOL §6, 5)', () => {
  it('are all there are where there are few', () => {
    expect(draw(1)).toEqual([0]);
    expect(draw(8)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it.each([9, 10, 100, 65_536])('are eight distinct ones below %i', (leaves) => {
    const chunks = draw(leaves);
    expect(new Set(chunks).size).toBe(8);
    expect(chunks.every((chunk) => chunk >= 0 && chunk < leaves)).toBe(true);
  });

  it('follow the beacon and nothing else', () => {
    expect(draw(1_000)).toEqual(draw(1_000));
    expect(draw(1_000)).not.toEqual(draw(1_000, 'ba'.repeat(32)));
  });

  it('are spread evenly over an output', () => {
    const hits = Array.from({ length: 400 }, (_, at) =>
      draw(64, at.toString(16).padStart(64, '0')),
    ).flat();
    const counts = Array.from({ length: 64 }, (_, chunk) => hits.filter((h) => h === chunk).length);
    const expected = hits.length / 64;
    const chi2 = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // 63 degrees of freedom: beyond 120 with a probability of about 1e-5.
    expect(chi2).toBeLessThan(120);
  });
});
