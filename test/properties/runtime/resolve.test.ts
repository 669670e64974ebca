import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../../src/codec/index.ts';
import type { Overlay } from '../../../src/runtime/execution/overlay.ts';
import { resolve, type StateView } from '../../../src/runtime/execution/resolve.ts';

type Layer = ReadonlyMap<string, Uint8Array | undefined>;

// Few keys, one the beginning of another, so that layers meet.
const key = fc.uint8Array({ minLength: 1, maxLength: 2, max: 5 }).map(toHex);
const bytes = fc.uint8Array({ minLength: 1, maxLength: 2 });
const layer = (deletions: boolean) =>
  fc
    .array(fc.tuple(key, deletions ? fc.option(bytes, { nil: undefined }) : bytes), {
      maxLength: 30,
    })
    .map((entries): Layer => new Map(entries));

/** Of an overlay only its writes matter here. */
const overlayOf = (state: Layer): Overlay => ({ state, treePut: state }) as unknown as Overlay;

const base = (state: Layer, onEnd: () => void): StateView => ({
  get: (at) => state.get(toHex(at)),
  getNode: (at) => state.get(at),
  range: function* (from, to) {
    try {
      const [first, end] = [toHex(from), toHex(to)];
      for (const at of [...state.keys()].toSorted()) {
        const found = state.get(at);
        if (at >= first && at < end && found !== undefined) yield [fromHex(at), found] as const;
      }
    } finally {
      onEnd();
    }
  },
});

/** The layers, oldest first, written into one map. */
const flatten = (layers: readonly Layer[]): ReadonlyMap<string, Uint8Array> => {
  const flat = new Map<string, Uint8Array>();
  for (const writes of layers) {
    for (const [at, found] of writes) {
      if (found === undefined) flat.delete(at);
      else flat.set(at, found);
    }
  }
  return flat;
};

const states = fc.tuple(layer(false), fc.array(layer(true), { maxLength: 4 }));

describe('a state resolved through pending blocks', () => {
  it('reads as one map in which all of them are written', () => {
    fc.assert(
      fc.property(states, fc.array(key), key, key, ([committed, pending], keys, from, to) => {
        const flat = flatten([committed, ...pending]);
        const lineage = pending.toReversed().map(overlayOf);
        const view = resolve(
          lineage,
          base(committed, () => undefined),
        );
        for (const at of [...keys, ...flat.keys()]) {
          expect(view.get(fromHex(at))).toEqual(flat.get(at));
        }
        const due = [...flat.keys()].filter((at) => at >= from && at < to).toSorted();
        const found = [...view.range(fromHex(from), fromHex(to))];
        expect(found.map(([at]) => toHex(at))).toEqual(due);
        expect(found.map(([, read]) => read)).toEqual(due.map((at) => flat.get(at)));
      }),
      { numRuns: 300, seed: 6 },
    );
  });

  it('ends the range of the store when a reader stops early', () => {
    fc.assert(
      fc.property(states, fc.nat({ max: 5 }), ([committed, pending], most) => {
        let ended = 0;
        const view = resolve(
          [new Map(), ...pending].map(overlayOf),
          base(committed, () => {
            ended += 1;
          }),
        );
        let read = 0;
        for (const _ of view.range(fromHex('00'), fromHex('ffff'))) {
          read += 1;
          if (read > most) break;
        }
        expect(ended).toBe(1);
      }),
      { numRuns: 100, seed: 7 },
    );
  });

  it('finds tree nodes in the newest block that wrote them', () => {
    const [old, young] = [Uint8Array.of(1), Uint8Array.of(2)];
    const committed = base(new Map([['aa', old]]), () => undefined);
    const view = resolve([new Map([['aa', young]]), new Map()].map(overlayOf), committed);
    expect(view.getNode('aa')).toBe(young);
    expect(resolve([overlayOf(new Map())], committed).getNode('aa')).toBe(old);
  });
});
