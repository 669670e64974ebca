// Commits blocks until the disk takes no more, then says what the failure was and what is left.
// Arguments: folder.
import { openLmdbStore } from '../../../../src/runtime/store/index.ts';
import { IDENTITY, bytesOf, hex, nextBlock, valueOf } from '../support.ts';
import { say } from './script.ts';

const [path = ''] = process.argv.slice(2);
const store = valueOf(openLmdbStore({ path, identity: IDENTITY }));
for (let block = 0; block < 200; block++) {
  const value = new Uint8Array(20_000).fill(block + 1);
  const batch = nextBlock(store, new Map([[`aa${block.toString(16).padStart(4, '0')}`, value]]));
  const result = store.commit(batch);
  if (result.ok) {
    say(`block ${batch.height} ${batch.root}`);
    continue;
  }
  const kept = hex(store.get(bytesOf('aa0000')) ?? new Uint8Array(0)).slice(0, 4);
  say(`failure ${result.failure.code} ${store.tip()?.height} ${store.tip()?.root} ${kept}`);
  say(result.failure.details['error'] ?? '');
  break;
}
store.close();
say('alive');
