import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { check, openLmdbStore, openMemoryStore } from '../../../src/runtime/store/index.ts';
import type { Store } from '../../../src/runtime/store/index.ts';
import {
  IDENTITY,
  codeOf,
  commitNext,
  hex,
  temporaryFolder,
  valueOf,
} from '../../unit/store/support.ts';
import type { Changes } from '../../unit/store/support.ts';
import { naiveRoot } from '../../unit/tree/support.ts';

const SEED = 20_260_403;
const HISTORY = 3;

type State = ReadonlyMap<string, Uint8Array>;
type Step = { readonly commit: Changes } | { readonly back: number } | { readonly reopen: true };

const key = fc
  .uint8Array({ minLength: 1, maxLength: 2 })
  .map((bytes) => hex(bytes.map((b) => b & 3)));
const changes = fc
  .array(
    fc.tuple(key, fc.option(fc.uint8Array({ minLength: 1, maxLength: 5 }), { nil: undefined })),
    { maxLength: 8 },
  )
  .map((pairs) => new Map(pairs));
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: changes.map((commit) => ({ commit })) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: HISTORY + 1 }).map((back) => ({ back })) },
  { weight: 1, arbitrary: fc.constant({ reopen: true as const }) },
);

/** The obvious store: every state there ever was, in an array. */
class Model {
  states: State[] = [];
  oldest = 0;

  commit(batch: Changes): void {
    const next = new Map(this.states.at(-1));
    for (const [name, value] of batch) {
      if (value === undefined) next.delete(name);
      else next.set(name, value);
    }
    this.states.push(next);
    this.oldest = Math.max(this.oldest, this.states.length - 1 - HISTORY);
  }

  /** What going back to a height should answer. */
  rollback(height: number): string | undefined {
    if (height >= this.states.length) return 'store/unknown-height';
    if (height < this.oldest) return 'store/pruned';
    this.states.length = height + 1;
    return undefined;
  }
}

const rows = (entries: Iterable<readonly [Uint8Array, Uint8Array]>): [string, string][] =>
  Array.from(entries, ([name, value]) => [hex(name), hex(value)]);
const sorted = (state: State): [string, string][] =>
  [...state]
    .map(([name, value]): [string, string] => [name, hex(value)])
    .sort(([a], [b]) => (a < b ? -1 : 1));

function assertAgrees(store: Store, model: Model): void {
  const state = model.states.at(-1) ?? new Map<string, Uint8Array>();
  expect(rows(store.entries())).toEqual(sorted(state));
  expect(store.stats().entries).toBe(state.size);
  expect(store.tip()?.height).toBe(
    model.states.length === 0 ? undefined : BigInt(model.states.length - 1),
  );
  if (model.states.length === 0) return;
  expect(store.tip()?.root).toBe(naiveRoot(state));
  expect(store.oldestHeight()).toBe(BigInt(model.oldest));
  const [low, high] = [Uint8Array.of(1), Uint8Array.of(2, 1)];
  expect(rows(store.range(low, high))).toEqual(
    sorted(state).filter(([name]) => name >= '01' && name < '0201'),
  );
  model.states.forEach((past, height) => {
    for (const name of ['00', '01', '0203']) {
      const found = store.getAt(Buffer.from(name, 'hex'), BigInt(height));
      expect(codeOf(found)).toBe(height < model.oldest ? 'store/pruned' : undefined);
      if (found.ok)
        expect(found.value && hex(found.value)).toEqual(
          past.get(name) && hex(past.get(name) as Uint8Array),
        );
    }
  });
  expect(codeOf(check(store))).toBeUndefined();
}

function run(open: () => Store, reopen: (store: Store) => Store, steps: readonly Step[]): void {
  let store = open();
  const model = new Model();
  for (const one of steps) {
    if ('commit' in one) {
      commitNext(store, one.commit);
      model.commit(one.commit);
    } else if ('back' in one) {
      const height = model.states.length - 1 - one.back;
      if (height < 0) continue;
      expect(codeOf(store.rollback(BigInt(height)))).toBe(model.rollback(height));
    } else {
      store = reopen(store);
    }
    assertAgrees(store, model);
  }
  store.close();
}

describe('a store agrees with an array of states', () => {
  const steps = fc.array(step, { maxLength: 14 });

  it('in memory', () => {
    const open = (): Store => openMemoryStore({ identity: IDENTITY, historyHeights: HISTORY });
    const property = fc.property(steps, (all) => run(open, (store) => store, all));
    fc.assert(property, { seed: SEED, numRuns: 60 });
  });

  it('on disk, opened again now and then', () => {
    const property = fc.property(steps, (all) => {
      const { path, remove } = temporaryFolder();
      const open = (): Store =>
        valueOf(openLmdbStore({ path, identity: IDENTITY, historyHeights: HISTORY }));
      const reopen = (store: Store): Store => {
        store.close();
        return open();
      };
      run(open, reopen, all);
      remove();
    });
    fc.assert(property, { seed: SEED, numRuns: 25 });
  });
});
