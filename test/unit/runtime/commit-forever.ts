// Commits blocks until it is killed, and says so after each: `height root`.
import { openAivm, unwrap } from '../../../src/runtime/index.ts';
import { blockAt } from './endless.ts';
import { GENESIS } from './chain.ts';

const aivm = unwrap(openAivm({ genesis: GENESIS, path: process.argv[2] }));
for (;;) {
  const { height, blockId } = unwrap(aivm.tip());
  const { bytes } = unwrap(aivm.buildBlock(blockAt(height + 1n)));
  unwrap(aivm.execute(blockId, bytes));
  const { root } = unwrap(aivm.commit(unwrap(aivm.execute(blockId, bytes)).blockId));
  process.stdout.write(`${height + 1n} ${root}\n`);
}
