import { equalBytes, toHex } from '../../codec/index.ts';
import { TreeDamagedError, keyHash, leafHashAt, nodeSha256 } from '../tree/index.ts';
import type { NodeReader } from '../tree/index.ts';
import { StoreDamagedError } from './errors.ts';
import { leafHashOf } from './records.ts';

/**
 * Checks what the tables say of a key against the tree of a height: the value of its leaf, or that
 * it has none. A table whose pages nobody looked at may not find a record, and an undo record that
 * is not found makes a later value look like an earlier one; the nodes of the tree say of
 * themselves what they refer to. Throws StoreDamagedError.
 */
export function checkWitness(
  reader: NodeReader,
  height: bigint,
  key: Uint8Array,
  value: Uint8Array | undefined,
): void {
  const leaf = leafIn(reader, height, key);
  if (value === undefined) {
    if (leaf !== undefined) throw wrong(key, 'the record is missing');
  } else if (leaf === undefined || !equalBytes(leafHashOf(keyHash(nodeSha256, key), value), leaf)) {
    throw wrong(key, 'the record is not the one in the tree');
  }
}

const wrong = (key: Uint8Array, what: string) => new StoreDamagedError('state', toHex(key), what);

function leafIn(reader: NodeReader, height: bigint, key: Uint8Array): Uint8Array | undefined {
  try {
    return leafHashAt(reader, height, key, nodeSha256);
  } catch (error) {
    if (!(error instanceof TreeDamagedError)) throw error;
    throw new StoreDamagedError('nodes', error.nodeKey, error.message);
  }
}
