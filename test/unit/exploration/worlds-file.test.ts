import { describe, expect, it } from 'vitest';
import { type Json, ok } from '../../../src/codec/index.ts';
import { explore, parseReplay, parseWorld, replay } from '../../../src/exploration/index.ts';
import { jsonOfWorld, worldOf } from './support.ts';

const pair = jsonOfWorld('pair');

const codeOf = (change: Readonly<Record<string, Json>>): unknown => {
  const parsed = parseWorld({ ...pair, ...change });
  return parsed.ok ? parsed.value.title : [parsed.failure.code, parsed.failure.details['path']];
};

describe('a world file', () => {
  it('may leave out what has a usual value', () => {
    const world = worldOf('pair');
    expect(world).toMatchObject({ beaconValues: 1, pauses: [], comparator: { type: 'exact' } });
    expect(world.defendants[0]).toMatchObject({ name: 'ada', alsoSigns: [], stakeLux: 100 });
  });

  it('is refused with the place of what is wrong', () => {
    expect(codeOf({ colour: 'red' })).toEqual(['json/unknown-field', 'colour']);
    expect(codeOf({ moves: ['fly'] })).toEqual(['json/unknown-literal', 'moves[0]']);
    expect(codeOf({ pool: { count: 300, stakeLux: 1, answers: [] } })).toEqual([
      'json/integer-range',
      'pool.count',
    ]);
    expect(codeOf({ parameters: { windowBlox: '1' } })).toEqual([
      'json/unknown-field',
      'parameters.windowBlox',
    ]);
    expect(codeOf({ parameters: { unbondingBlocks: '1' } })).toEqual([
      'exploration/parameter-relation',
      'parameters.unbondingBlocks',
    ]);
    expect(parseWorld([])).toMatchObject({ ok: false, failure: { code: 'json/wrong-type' } });
  });

  it('is refused where it does not hold together', () => {
    const pool = { count: 3, stakeLux: 100, answers: ['green'] };
    expect(codeOf({ pool })).toEqual(['exploration/unknown-output', undefined]);
    expect(codeOf({ challengers: ['bob'] })).toEqual(['exploration/duplicate-name', undefined]);
    expect(codeOf({ stakers: ['carol'] })).toEqual(['exploration/unknown-defendant', undefined]);
    expect(codeOf({ challengers: [] })).toEqual(['exploration/nobody-challenges', undefined]);
    expect(codeOf({ defendants: [] })).toEqual(['exploration/too-few-defendants', undefined]);
    const logprobs = { type: 'logprobs', chunkElements: 32, topK: 4, loPpm: 1, hiPpm: 3 };
    expect(codeOf({ comparator: { ...logprobs, agreement: null, minFail: 2 } })).toEqual([
      'exploration/evidence-needed',
      undefined,
    ]);
  });

  it('must be one that the chain can begin', () => {
    const world = worldOf('pair', { rerunFeeNlux: '900000000' });
    expect(() => explore(world)).toThrow(/cannot be played/);
  });

  it('has a hash of all that it says', () => {
    const hashes = [{}, { title: 'another' }, { pauses: [9] }, { parameters: { windowBlocks: 4 } }]
      .map((change) => worldOf('pair', change).hash)
      .concat(worldOf('pair').hash);
    expect(new Set(hashes).size).toBe(4);
  });
});

describe('bounds', () => {
  it('cut an exploration off, and it says so', () => {
    const shallow = explore(worldOf('pair'), { maxDepth: 2 });
    expect(shallow).toMatchObject({ isComplete: false, depth: 2, counterexample: undefined });
    const small = explore(worldOf('pair'), { maxStates: 20 });
    expect(small.isComplete).toBe(false);
    expect(small.states).toBeLessThan(30);
  });
});

describe('a replay', () => {
  const world = worldOf('pair');
  const file = (steps: readonly string[]): Json => ({
    title: world.title,
    world: world.hash,
    found: [],
    steps,
  });

  it('is of one world', () => {
    expect(parseReplay(world, file([]))).toEqual(ok(file([])));
    const failure = { code: 'exploration/other-world' };
    expect(parseReplay(worldOf('audit'), file([]))).toMatchObject({ ok: false, failure });
  });

  it('names the step that is none', () => {
    const gone = replay(world, ['a block passes', 'pigs fly']);
    const details = { step: '2', move: 'pigs fly' };
    const failure = { code: 'exploration/no-such-move', details };
    expect(gone).toMatchObject({ ok: false, failure });
  });

  it('tells what was refused', () => {
    const gone = replay(world, ['anyone has the panel of pair(ada, bob) drawn']);
    expect(gone.ok && gone.value.told[0]?.refused).toBe('not-accepted');
  });
});
