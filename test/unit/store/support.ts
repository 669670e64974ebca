import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Result } from '../../../src/codec/index.ts';
import type { CommitBatch, NewTransaction, Store } from '../../../src/runtime/store/index.ts';
import { nodeSha256, updateTree } from '../../../src/runtime/tree/index.ts';

export const IDENTITY = { networkId: 7, chainId: 'test-chain', genesisHash: 'ab'.repeat(32) };

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
export const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));
export const utf8 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));
export const idOf = (text: string): string => createHash('sha256').update(text).digest('hex');

export const valueOf = <T>(result: Result<T>): T => {
  if (result.ok) return result.value;
  throw new Error(`${result.failure.code} ${JSON.stringify(result.failure.details)}`);
};
export const codeOf = (result: Result<unknown>): string | undefined =>
  result.ok ? undefined : result.failure.code;

export type Changes = ReadonlyMap<string, Uint8Array | undefined>;

/** The next block of a store, with the tree that belongs to it. */
export function nextBlock(
  store: Store,
  changes: Changes,
  transactions: readonly NewTransaction[] = [],
): CommitBatch {
  const tip = store.tip();
  const height = tip === undefined ? 0n : tip.height + 1n;
  const tree = updateTree({
    reader: store,
    parent: tip === undefined ? undefined : { version: tip.height },
    version: height,
    changes,
    sha256: nodeSha256,
  });
  return {
    height,
    blockId: idOf(`block ${height} ${tree.root}`),
    parentId: tip?.blockId ?? '00'.repeat(32),
    time: 1_000n + 2n * height,
    header: utf8(`header ${height}`),
    root: tree.root,
    activity: idOf(`activity ${height}`),
    state: changes,
    treePut: tree.put,
    treeStale: tree.stale,
    transactions,
    beginReceipt: utf8(`timers ${height}`),
  };
}

export function commitNext(
  store: Store,
  changes: Changes,
  transactions: readonly NewTransaction[] = [],
): CommitBatch {
  const batch = nextBlock(store, changes, transactions);
  valueOf(store.commit(batch));
  return batch;
}

export const transaction = (name: string): NewTransaction => ({
  id: idOf(name),
  bytes: utf8(`bytes of ${name}`),
  receipt: utf8(`receipt of ${name}`),
});

/** A folder that is gone after the test. */
export function temporaryFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'aivm-store-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
