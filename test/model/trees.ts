// Output and evidence trees (PROTOCOL §2), and what opening a chunk has to show.
import { fromHex, H, sized, u32, u64 } from './bytes.ts';

const MAX_LEAVES = 65_536;
const MAX_CHUNK = 16_384;

const node = (left: string, right: string): string =>
  H('aivm/evidence-node/1', fromHex(left), fromHex(right));

const rootOf = (count: number, bytes: bigint, top: string): string =>
  H('aivm/evidence/1', u32(count), u64(bytes), fromHex(top));

const outputLeaf = (index: number, chunk: Uint8Array): string =>
  H('aivm/output-leaf/1', u32(index), sized(chunk));

const evidenceLeaf = (author: string, index: number, chunk: Uint8Array): string =>
  H('aivm/evidence-leaf/1', fromHex(author), u32(index), sized(chunk));

interface Opening {
  readonly root: string;
  readonly leaves: number;
  readonly bytes: bigint;
  readonly index: number;
  readonly chunk: Uint8Array;
  readonly proof: readonly string[];
}

const shapeIsPossible = ({ leaves, bytes }: Pick<Opening, 'leaves' | 'bytes'>): boolean =>
  leaves >= 1 && leaves <= MAX_LEAVES && bytes <= BigInt(leaves) * BigInt(MAX_CHUNK);

/** Climbs level by level: a leaf without a sibling moves up as it is. */
const provesLeaf = (of: Opening, leaf: string): boolean => {
  const { root, leaves, bytes, index, chunk } = of;
  if (!shapeIsPossible(of) || index >= leaves) return false;
  if (BigInt(chunk.length) > bytes) return false;
  if (leaves === 1 && BigInt(chunk.length) !== bytes) return false;
  const rest = [...of.proof];
  let [at, width, hash] = [index, leaves, leaf];
  while (width > 1) {
    const isLeft = at % 2 === 0;
    if (!(isLeft && at === width - 1)) {
      const sibling = rest.shift();
      if (sibling === undefined) return false;
      hash = isLeft ? node(hash, sibling) : node(sibling, hash);
    }
    at = Math.floor(at / 2);
    width = Math.ceil(width / 2);
  }
  return rest.length === 0 && rootOf(leaves, bytes, hash) === root;
};

export const provesOutput = (of: Opening): boolean =>
  provesLeaf(of, outputLeaf(of.index, of.chunk));

export const provesEvidence = (of: Opening, author: string): boolean =>
  provesLeaf(of, evidenceLeaf(author, of.index, of.chunk));

/** Is the root that of a tree of this shape below this topmost node? */
export const hasShape = (root: string, leaves: number, bytes: bigint, top: string): boolean =>
  shapeIsPossible({ leaves, bytes }) && rootOf(leaves, bytes, top) === root;
