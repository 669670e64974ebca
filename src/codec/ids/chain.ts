import { u32be } from '../bytes.ts';
import { hash, varying } from '../hash.ts';
import { transactionTree } from '../tree.ts';
import { type ChainRef, bytes32 } from './parts.ts';

/**
 * `H("aivm/tx/1", networkID u32, chainID[32], body)`, the body preceded by its u32 length: what the
 * sender of a transaction signs (PROTOCOL §2).
 */
export const txDigest = (of: ChainRef & { readonly body: Uint8Array }): string =>
  hash('aivm/tx/1', u32be(of.networkId), bytes32(of.chainId), varying(of.body));

/** `H("aivm/tx-id/1", bytes)` of a whole signed transaction, preceded by its u32 length. */
export const txId = (bytes: Uint8Array): string => hash('aivm/tx-id/1', varying(bytes));

/** `H("aivm/block/1", header)`, the header's bytes preceded by their u32 length (PROTOCOL §2). */
export const blockId = (headerBytes: Uint8Array): string =>
  hash('aivm/block/1', varying(headerBytes));

/**
 * Root over the ids of a block's transactions, in order. The tree is that of PROTOCOL §2 for
 * evidence (node, odd node moves up, root over count u32, bytes u64 and top) with the leaf
 * `H("aivm/tx-leaf/1", index u32, txID[32])`; bytes is 32 per id. Without transactions the top is
 * thirty-two zero bytes and count and bytes are 0.
 */
export const transactionsRoot = (txIds: readonly string[]): string =>
  transactionTree(txIds.map(bytes32)).root;

/**
 * `H("aivm/genesis/1", bytes)`, the bytes preceded by their u32 length: the chain id of a custom
 * network is that of its genesis without that field (PROTOCOL §2).
 */
export const genesisChainId = (bytes: Uint8Array): string => hash('aivm/genesis/1', varying(bytes));
