import { fromHex } from '../../src/codec/index.ts';
import { decodeBlock, openAivm, unwrap } from '../../src/runtime/index.ts';
import { foundIn, genesisOf, type Found, type Vector } from './vector.ts';

/** How a vector is executed; nothing of it may show in what is found. */
export interface Manner {
  /** Folder of the database; without it the chain lives in memory. */
  readonly path?: string | undefined;
  /** Close the chain and open it again after every block. */
  readonly restart?: boolean;
  /** Check all signatures of a block before it is executed, so that verdicts come from a cache. */
  readonly ahead?: boolean;
  /** Wraps the execution of every block. */
  readonly around?: (<T>(run: () => T) => T) | undefined;
}

/** Executes the blocks of a vector above the tip there is, one after another, and commits each. */
export const execute = (vector: Vector, manner: Manner = {}): readonly Found[] => {
  const { path, restart = false, ahead = false, around = (run) => run() } = manner;
  const genesis = genesisOf(vector);
  const open = () => unwrap(openAivm({ genesis, path }));
  let aivm = open();
  const { height } = unwrap(aivm.tip());
  const found = vector.blocks.slice(Number(height)).map(({ bytes }) => {
    const { blockId: parent } = unwrap(aivm.tip());
    const block = fromHex(bytes);
    if (ahead) unwrap(aivm.verifyAhead(unwrap(decodeBlock(block)).transactions));
    const executed = unwrap(around(() => aivm.execute(parent, block)));
    unwrap(aivm.commit(executed.blockId));
    if (restart) {
      aivm.close();
      aivm = open();
    }
    return foundIn(executed);
  });
  aivm.close();
  return found;
};
