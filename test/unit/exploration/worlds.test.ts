// Two small worlds, explored completely; the larger ones are run by `npm run explore`.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { explore, parseWorld } from '../../../src/exploration/index.ts';
import { longestChallengeBlocks } from '../../../src/machines/parameters/schedule.ts';
import { jsonOfWorld, worldOf } from './support.ts';

const FOLDER = join(import.meta.dirname, '../../../worlds');

describe('everything that can happen', () => {
  it('to a pair with one seat keeps every invariant and comes to an end', () => {
    const world = worldOf('pair');
    const found = explore(world);
    expect(found.counterexample).toBeUndefined();
    expect(found).toMatchObject({ isComplete: true, states: 1_110, transitions: 2_449 });
    const bound = Number(longestChallengeBlocks(world.parameters.dispute));
    expect(found.longestWaitBlocks).toBeGreaterThan(0);
    expect(found.longestWaitBlocks).toBeLessThanOrEqual(bound);
    // Nobody who showed what was asked is punished for the silence of others, and either may be
    // found wrong: a panel of one believes its seat.
    expect(Object.keys(found.outcomes)).toEqual(
      expect.arrayContaining([
        'pair(ada, bob) seedMissing: ada void, bob void',
        'pair(ada, bob) payloadMissing: ada unsubstantiated, bob unsubstantiated',
        'pair(ada, bob) lastPanel: ada valid, bob faulty',
        'pair(ada, bob) lastPanel: ada faulty, bob valid',
      ]),
    );
  }, 120_000);

  it('to a paid attestation before, in and after a challenge that may come', () => {
    const found = explore(worldOf('silence'));
    expect(found.counterexample).toBeUndefined();
    expect(found.isComplete).toBe(true);
    expect(found.refused['settle: not-final']).toBeGreaterThan(0);
    expect(found.outcomes['nothing is disputed']).toBeGreaterThan(0);
  }, 120_000);
});

describe('the shipped worlds', () => {
  const names = readdirSync(FOLDER).map((file) => file.replace(/\.json$/, ''));

  it.each(names)('%s can begin, and its first steps are sound', (name) => {
    const parsed = parseWorld(jsonOfWorld(name));
    expect(parsed.ok ? parsed.value.title : parsed.failure).toBeTypeOf('string');
    const found = explore(worldOf(name), { maxDepth: 3 });
    expect(found.counterexample).toBeUndefined();
    expect(found.transitions).toBeGreaterThan(3);
  });
});
