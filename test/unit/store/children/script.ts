import { writeSync } from 'node:fs';
import { openLmdbStore } from '../../../../src/runtime/store/index.ts';
import type { Store } from '../../../../src/runtime/store/index.ts';
import { IDENTITY, commitNext, transaction, utf8, valueOf } from '../support.ts';

// A chain of blocks that follows from the height alone, so that any two runs of it must agree.

export const SCRIPT_HISTORY = 2;

export function scriptedBlock(store: Store, keys: number): void {
  const tip = store.tip();
  const height = tip === undefined ? 0 : Number(tip.height) + 1;
  const changes = new Map<string, Uint8Array | undefined>();
  for (let i = 0; i < keys; i++) {
    const name = ((height * 7 + i * 5) % 97).toString(16).padStart(4, '0');
    changes.set(name, (height + i) % 4 === 3 ? undefined : utf8(`value ${height} ${i}`));
  }
  commitNext(store, changes, [transaction(`t${height}`)]);
}

/** Runs the script up to a height, calling `onBlock` whenever a block is committed. */
export function runScript(
  path: string,
  last: number,
  keys: number,
  beforeWrite: () => void,
  onBlock: (height: number, root: string) => void,
): void {
  const identity = IDENTITY;
  const options = { path, identity, historyHeights: SCRIPT_HISTORY, beforeWrite };
  const store = valueOf(openLmdbStore(options));
  for (;;) {
    const tip = store.tip();
    if (tip !== undefined && tip.height >= BigInt(last)) break;
    scriptedBlock(store, keys);
    onBlock(Number(store.tip()?.height), store.tip()?.root ?? '');
  }
  store.close();
}

export const say = (line: string): void => {
  writeSync(1, `${line}\n`);
};
