import { TreeDamagedError } from './errors.ts';
import type { WorkNode } from './node.ts';
import { decodeNode } from './record.ts';

/** Where stored nodes come from: a store, or a fork's own nodes in front of one. */
export interface NodeReader {
  /**
   * Record of the node with this key (`nodeKey`), which nobody changes afterwards; undefined when
   * there is none. May throw an error of the store when the record is damaged.
   */
  readonly getNode: (key: string) => Uint8Array | undefined;
}

/** Reads a node that another one refers to. Throws TreeDamagedError when it is not there. */
export function loadNode(reader: NodeReader, key: string, node: WorkNode): Uint8Array {
  const bytes = reader.getNode(key);
  if (bytes === undefined) throw new TreeDamagedError(key, 'is missing');
  decodeNode(node, bytes);
  return bytes;
}
