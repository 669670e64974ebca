import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PersistentMap } from '../../../src/testing/engine/persistent-map.ts';

const SEED = 20_261_123;
const key = fc.string({ minLength: 1, maxLength: 3, unit: fc.constantFrom('0', '5', 'a', 'f') });
const write = fc.tuple(key, fc.option(fc.nat(), { nil: undefined }));

/** What a map of the language says after the same writes. */
const plain = (writes: readonly (readonly [string, number | undefined])[]) => {
  const map = new Map<string, number>();
  for (const [at, value] of writes) {
    if (value === undefined) map.delete(at);
    else map.set(at, value);
  }
  return map;
};

const inOrder = (entries: Iterable<readonly [string, number]>) =>
  [...entries].toSorted(([a], [b]) => (a < b ? -1 : 1));

describe('a persistent map', () => {
  it('holds what a map of the language does, in order, and every version stays', () => {
    fc.assert(
      fc.property(fc.array(write, { maxLength: 200 }), key, key, (writes, from, to) => {
        const versions = writes.reduce<PersistentMap<number>[]>(
          (made, [at, value]) => [...made, (made.at(-1) as PersistentMap<number>).with(at, value)],
          [PersistentMap.empty<number>()],
        );
        for (const [index, version] of versions.entries()) {
          if (index % 17 !== 0 && index !== versions.length - 1) continue;
          const expected = plain(writes.slice(0, index));
          expect([...version.range()]).toEqual(inOrder(expected));
          expect(version.size).toBe(expected.size);
          expect([...version.range(from, to)]).toEqual(
            inOrder(expected).filter(([at]) => at >= from && at < to),
          );
          expect(version.get(from)).toBe(expected.get(from));
        }
      }),
      { numRuns: 200, seed: SEED },
    );
  });

  it('stays balanced under keys that come in order', () => {
    const count = 20_000;
    let map = PersistentMap.empty<number>();
    for (let at = 0; at < count; at += 1) map = map.with(String(at).padStart(6, '0'), at);
    expect([...map.range('019998')]).toEqual([
      ['019998', 19_998],
      ['019999', 19_999],
    ]);
    for (let at = 0; at < count; at += 2) map = map.with(String(at).padStart(6, '0'), undefined);
    expect(map.size).toBe(count / 2);
  });
});
