// Prints what the state tree and the store cost, µs a key, in batches of 1,000 keys: of new keys
// while the state grows, and of random changes at 10^4, 10^5 and 10^6 keys. `tree` is hashing with
// the nodes in memory (or out of the database), `commit` the durable commit of state and nodes.
// Usage: node tools/run.mjs bench/tree.ts [largest size] [memory|lmdb]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLmdbStore } from '../src/runtime/store/index.ts';
import { nodeSha256, updateTree } from '../src/runtime/tree/index.ts';
import type { NodeReader, TreeUpdate } from '../src/runtime/tree/index.ts';

const BATCH = 1_000;
const ROUNDS = 30;
const VALUE_BYTES = 200;
const [largest = '1000000', only] = process.argv.slice(2);
const SIZES = [10_000, 100_000, 1_000_000].filter((size) => size <= Number(largest));
const ZEROS = '00'.repeat(32);

type Changes = ReadonlyMap<string, Uint8Array>;

/** Where nodes are read from and what is done with new ones. */
interface Target {
  readonly reader: NodeReader;
  readonly commit: (height: bigint, changes: Changes, tree: TreeUpdate) => void;
  readonly report: () => string;
  readonly end: () => void;
}

function memoryTarget(): Target {
  const nodes = new Map<string, Uint8Array>();
  return {
    reader: { getNode: (key) => nodes.get(key) },
    commit: (_, __, tree) => {
      for (const [key, bytes] of tree.put) nodes.set(key, bytes.slice());
      for (const key of tree.stale) nodes.delete(key);
    },
    report: () => `${nodes.size} nodes`,
    end: () => nodes.clear(),
  };
}

function lmdbTarget(): Target {
  const path = mkdtempSync(join(tmpdir(), 'aivm-bench-'));
  const identity = { networkId: 1, chainId: 'bench', genesisHash: ZEROS };
  const opened = openLmdbStore({ path, identity });
  if (!opened.ok) throw new Error(opened.failure.message);
  const store = opened.value;
  const rest = { header: new Uint8Array(200), beginReceipt: new Uint8Array(1), transactions: [] };
  return {
    reader: store,
    commit: (height, state, { root, put, stale }) => {
      const ids = { blockId: root, parentId: store.tip()?.blockId ?? ZEROS, activity: ZEROS };
      const tree = { root, treePut: put, treeStale: stale };
      const done = store.commit({ height, time: height, state, ...tree, ...ids, ...rest });
      if (!done.ok) throw new Error(done.failure.message);
    },
    report: () => `${Math.round(store.stats().bytes / 1e6)} MB`,
    end: () => {
      store.close();
      rmSync(path, { recursive: true });
    },
  };
}

const keyOf = (i: number): string => i.toString(16).padStart(48, '0');
const valueOf = (i: number): Uint8Array => new Uint8Array(VALUE_BYTES).fill(i & 0xff);
const micros = (ms: number, keys: number): string => ((ms * 1000) / keys).toFixed(1).padStart(6);

function run(name: string, target: Target): void {
  let height = -1n;
  const spent = { tree: 0, commit: 0, keys: 0 };
  const batch = (changes: Changes): void => {
    const parent = height < 0n ? undefined : { version: height };
    height += 1n;
    const start = performance.now();
    const { reader } = target;
    const tree = updateTree({ reader, parent, version: height, changes, sha256: nodeSha256 });
    const hashed = performance.now();
    target.commit(height, changes, tree);
    spent.tree += hashed - start;
    spent.commit += performance.now() - hashed;
    spent.keys += changes.size;
  };
  const line = (what: string): string => {
    const { tree, commit, keys } = spent;
    const text = `${what} tree ${micros(tree, keys)} commit ${micros(commit, keys)}`;
    Object.assign(spent, { tree: 0, commit: 0, keys: 0 });
    return text;
  };
  let size = 0;
  for (const goal of SIZES) {
    for (; size < goal; size += BATCH) {
      batch(new Map(Array.from({ length: BATCH }, (_, i) => [keyOf(size + i), valueOf(i)])));
    }
    const growing = line('growing');
    for (let round = 0; round < ROUNDS; round++) {
      const changes = new Map<string, Uint8Array>();
      while (changes.size < BATCH) {
        changes.set(keyOf(Math.floor(Math.random() * size)), valueOf(round + 7));
      }
      batch(changes);
    }
    console.log(`${name} ${size} keys: ${growing} | ${line('changing')} | ${target.report()}`);
  }
  target.end();
}

if (only !== 'lmdb') run('memory', memoryTarget());
if (only !== 'memory') run('LMDB  ', lmdbTarget());
