import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fromHex } from '../../../src/codec/index.ts';
import { loadSecp256k1 } from '../../../src/codec/node.ts';
import { identityOf, openLedger } from '../../../src/runtime/ledger/open.ts';
import { batchOf } from '../../../src/runtime/ledger/blocks.ts';
import { operationsOn } from '../../../src/runtime/ledger/operations.ts';
import { Subscribers } from '../../../src/runtime/ledger/subscribers.ts';
import type { Ledger } from '../../../src/runtime/ledger/ledger.ts';
import { openLmdbStore, unwrap, type CommitBatch } from '../../../src/runtime/index.ts';
import type { LmdbStoreOptions, Store } from '../../../src/runtime/index.ts';
import { makeSignatures } from '../../../src/runtime/services/signatures.ts';
import { genesisOf, parseVector } from '../../../tools/vectors/vector.ts';

/**
 * The life in which faults happen: the golden vector `tolerance`, a whole dispute of three panels
 * with some hundred opened chunks, on a database. Its roots are those of a run without faults.
 */

const FILE = resolve(import.meta.dirname, '../../vectors/tolerance.json');
const signatures = makeSignatures(loadSecp256k1());

export const LIFE = parseVector(readFileSync(FILE, 'utf8'));
export const GENESIS = genesisOf(LIFE);
/** What a database says of itself to be of this life. */
export const IDENTITY = identityOf(GENESIS);
export const LAST = LIFE.blocks.length;
export const DATA_FILE = 'data.mdb';
/** Few, so that commits prune what left the history, too. */
const HISTORY_HEIGHTS = 8;

/** The root after a height above genesis, by the vector. */
export const rootAt = (height: number): string => {
  const block = LIFE.blocks[height - 1];
  if (block === undefined) throw new Error(`the life has no block ${height}`);
  return block.root;
};

/** A chain of the life on a store. */
export const ledgerOn = (store: Store) => {
  const subscribers = new Subscribers((error) => {
    throw error;
  });
  const ledger = unwrap(openLedger({ genesis: GENESIS, store, signatures, subscribers }));
  return { store, ledger, operations: operationsOn(ledger) };
};

/** A chain of the life in a folder, with the parts that a fault is put into. */
export const openAt = (path: string, options: Partial<LmdbStoreOptions> = {}) => {
  const base = { path, identity: IDENTITY, historyHeights: HISTORY_HEIGHTS };
  const store = unwrap(openLmdbStore({ ...base, ...options }));
  try {
    return ledgerOn(store);
  } catch (error) {
    store.close();
    throw error;
  }
};

export type Opened = ReturnType<typeof openAt>;

export const heightOf = ({ ledger }: Pick<Opened, 'ledger'>): number => Number(ledger.tip.height);

/** Executes the next block of the life, without committing it; gives its id. */
export const executeNext = ({ ledger, operations }: Opened): string => {
  const block = LIFE.blocks[heightOf({ ledger })];
  if (block === undefined) throw new Error('the life is over');
  const executed = unwrap(operations.execute(ledger.tip.blockId, fromHex(block.bytes)));
  return executed.blockId;
};

/** What committing an executed block would write. */
export const batchFor = (ledger: Ledger, blockId: string): CommitBatch => {
  const overlay = ledger.forest.get(blockId);
  if (overlay === undefined) throw new Error('the block is not executed');
  return batchOf(overlay);
};

/** Goes on with the life up to a height; every root has to be that of the vector. */
export const playTo = (opened: Opened, height: number, onBlock?: (at: number) => void): void => {
  while (heightOf(opened) < height) {
    const { root } = unwrap(opened.operations.commit(executeNext(opened)));
    const at = heightOf(opened);
    if (root !== rootAt(at)) throw new Error(`block ${at} has root ${root}`);
    onBlock?.(at);
  }
};

export const dataFile = (path: string): string => join(path, DATA_FILE);
