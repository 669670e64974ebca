import { beginReceipt, receipt } from '../../src/actors/receipt.ts';
import { encode, toHex } from '../../src/codec/index.ts';
import { formatGenesis, parseGenesis, type Genesis } from '../../src/genesis/index.ts';
import { openAivm, unwrap, type ExecutedBlock } from '../../src/runtime/index.ts';

/**
 * Golden vectors: a genesis, blocks, and what executing each gives. Bytes and hashes are in hex.
 */

/** Every suite there is. A file of any other is refused: it would be compared with nothing. */
export const SUITES = ['life', 'ladder', 'tolerance', 'audit', 'equivocation'] as const;
export type Suite = (typeof SUITES)[number];

/** What one block gives: equal on all nodes, or the chain has forked. */
export interface Found {
  /** Root of the state tree after the block. */
  readonly root: string;
  /** Activity hash after its last message. */
  readonly activity: string;
  /** Canonical bytes of the receipt of its timers. */
  readonly begin: string;
  /** Canonical bytes of the receipts of its transactions, in order. */
  readonly receipts: readonly string[];
}

/** One block as it travels, and what it gives. */
export interface VectorBlock extends Found {
  readonly bytes: string;
}

/** What a file of vectors holds. */
export interface Vector {
  readonly suite: Suite;
  /** As a genesis file has it. */
  readonly genesis: unknown;
  readonly blocks: readonly VectorBlock[];
}

/** A chain that somebody played: its genesis and its blocks above it, in order. */
export interface Script {
  readonly genesis: Genesis;
  readonly blocks: readonly Uint8Array[];
}

/** What executing a block gave, as a vector has it. */
export const foundIn = ({ root, activity, begin, receipts }: ExecutedBlock): Found => ({
  root,
  activity,
  begin: toHex(encode(beginReceipt, begin)),
  receipts: receipts.map((each) => toHex(encode(receipt, each.receipt))),
});

/** What is expected after each block of a vector. */
export const expectedOf = ({ blocks }: Vector): readonly Found[] =>
  blocks.map(({ root, activity, begin, receipts }) => ({ root, activity, begin, receipts }));

const isSuite = (name: unknown): name is Suite => SUITES.some((suite) => suite === name);

/** Reads a file of vectors; throws for a suite that is not known. */
export const parseVector = (text: string): Vector => {
  const vector = JSON.parse(text) as Vector;
  if (!isSuite(vector.suite)) throw new Error(`there is no suite ${String(vector.suite)}`);
  return vector;
};

/** The genesis of a vector, read as a node reads its file. */
export const genesisOf = ({ genesis }: Pick<Vector, 'genesis'>): Genesis => {
  const read = parseGenesis(JSON.stringify(genesis));
  if (!read.ok) throw new Error(JSON.stringify(read.failure));
  return read.value;
};

/** Executes a script on a chain of its own and writes down what each block gave. */
export const recordVector = (suite: Suite, { genesis, blocks }: Script): Vector => {
  const aivm = unwrap(openAivm({ genesis }));
  const recorded = blocks.map((bytes) => {
    const executed = unwrap(aivm.execute(unwrap(aivm.tip()).blockId, bytes));
    unwrap(aivm.commit(executed.blockId));
    return { bytes: toHex(bytes), ...foundIn(executed) };
  });
  aivm.close();
  return { suite, genesis: JSON.parse(formatGenesis(genesis)) as unknown, blocks: recorded };
};
