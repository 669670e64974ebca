import { assert } from './failure.ts';
import { fromHex, u32be } from './bytes.ts';
import { hashBytes, varying } from './hash.ts';
import { bytes20 } from './ids/parts.ts';
import { type MerkleTree, climb, merkleTree, treeRoot } from './tree.ts';

/** The most bytes of a chunk, 16 KiB (PROTOCOL §7, §9). */
export const MAX_CHUNK_BYTES = 16_384;
/** The most chunks of an output: 1 GiB in full chunks. */
export const MAX_CHUNKS = 65_536;
/** The longest proof of a chunk: log2 of MAX_CHUNKS. */
export const MAX_PROOF_LENGTH = 16;

const HASH_TEXT = /^[0-9a-f]{64}$/;

/** What a party shows to open one chunk of an output under its root. */
export interface ChunkOpening {
  readonly root: string;
  /** Number of chunks. */
  readonly count: number;
  /** Length of the whole output, u64. */
  readonly bytes: bigint;
  readonly index: number;
  readonly chunk: Uint8Array;
  /** Sibling hashes from the bottom up. */
  readonly proof: readonly string[];
}

/**
 * Cuts an output into chunks of the given size, the last one shorter. An empty output is one empty
 * chunk: it has a root like any other, and opening it shows that it is empty.
 */
export function splitChunks(bytes: Uint8Array, chunkBytes: number): Uint8Array[] {
  assert(
    Number.isInteger(chunkBytes) && chunkBytes > 0 && chunkBytes <= MAX_CHUNK_BYTES,
    `a chunk has 1 to ${MAX_CHUNK_BYTES} bytes`,
  );
  const chunks: Uint8Array[] = [bytes.subarray(0, chunkBytes)];
  for (let start = chunkBytes; start < bytes.length; start += chunkBytes) {
    chunks.push(bytes.subarray(start, start + chunkBytes));
  }
  return chunks;
}

/** `H("aivm/output-leaf/1", index u32, chunk)`, the chunk preceded by its u32 length. */
const outputLeaf = (index: number, chunk: Uint8Array): Uint8Array =>
  hashBytes('aivm/output-leaf/1', u32be(index), varying(chunk));

/** `H("aivm/evidence-leaf/1", author[20], index u32, chunk)`: cannot be copied, only made. */
const evidenceLeaf = (author: Uint8Array, index: number, chunk: Uint8Array): Uint8Array =>
  hashBytes('aivm/evidence-leaf/1', author, u32be(index), varying(chunk));

function treeOver(
  chunks: readonly Uint8Array[],
  leafOf: (chunk: Uint8Array, index: number) => Uint8Array,
): MerkleTree {
  assert(chunks.length > 0 && chunks.length <= MAX_CHUNKS, `1 to ${MAX_CHUNKS} chunks`);
  let bytes = 0;
  for (const chunk of chunks) {
    assert(chunk.length <= MAX_CHUNK_BYTES, `a chunk has at most ${MAX_CHUNK_BYTES} bytes`);
    bytes += chunk.length;
  }
  return merkleTree(chunks.map(leafOf), BigInt(bytes));
}

/** The tree whose root is an attestation's `outputHash` (PROTOCOL §2). */
export const outputTree = (chunks: readonly Uint8Array[]): MerkleTree =>
  treeOver(chunks, (chunk, index) => outputLeaf(index, chunk));

/** The tree whose root is the `evidenceRoot` of the author, a provider's address (PROTOCOL §2). */
export function evidenceTree(author: string, chunks: readonly Uint8Array[]): MerkleTree {
  const authorBytes = bytes20(author);
  return treeOver(chunks, (chunk, index) => evidenceLeaf(authorBytes, index, chunk));
}

const isU32Below = (value: number, limit: number): boolean =>
  Number.isInteger(value) && value >= 0 && value < limit;

function proves(opening: ChunkOpening, leafOf: () => Uint8Array): boolean {
  const { root, count, bytes, index, chunk, proof } = opening;
  if (!isU32Below(count - 1, MAX_CHUNKS) || !isU32Below(index, count)) return false;
  if (bytes < 0n || bytes > BigInt(count) * BigInt(MAX_CHUNK_BYTES)) return false;
  const length = BigInt(chunk.length);
  if (chunk.length > MAX_CHUNK_BYTES || length > bytes) return false;
  if (count === 1 && length !== bytes) return false;
  if (proof.length > MAX_PROOF_LENGTH || !proof.every((node) => HASH_TEXT.test(node))) return false;
  const top = climb(leafOf(), index, count, proof.map(fromHex));
  return top !== undefined && treeRoot(count, bytes, top) === root;
}

/** Whether the chunk stands at its index under an output root of so many chunks and bytes. */
export const verifyOutputChunk = (opening: ChunkOpening): boolean =>
  proves(opening, () => outputLeaf(opening.index, opening.chunk));

/** Whether the chunk stands at its index under the evidence root of the author (20 bytes). */
export const verifyEvidenceChunk = (opening: ChunkOpening & { readonly author: string }): boolean =>
  proves(opening, () => evidenceLeaf(bytes20(opening.author), opening.index, opening.chunk));

/**
 * Whether a root is that of a tree of so many leaves and bytes below this topmost node: what shows
 * that an output has no chunk at an index.
 */
export function verifyTreeShape(shape: {
  readonly root: string;
  readonly count: number;
  readonly bytes: bigint;
  readonly top: string;
}): boolean {
  const { root, count, bytes, top } = shape;
  if (!isU32Below(count - 1, MAX_CHUNKS) || !HASH_TEXT.test(top)) return false;
  if (bytes < 0n || bytes > BigInt(count) * BigInt(MAX_CHUNK_BYTES)) return false;
  return treeRoot(count, bytes, fromHex(top)) === root;
}
