import { openLmdbStore, openMemoryStore } from '../../../src/runtime/store/index.ts';
import { describeStore } from './suite.ts';
import { IDENTITY, temporaryFolder, valueOf } from './support.ts';

describeStore('memory', (historyHeights) => {
  const store = openMemoryStore({ identity: IDENTITY, historyHeights });
  return { store, end: () => store.close() };
});

describeStore('LMDB', (historyHeights) => {
  const { path, remove } = temporaryFolder();
  const store = valueOf(openLmdbStore({ path, identity: IDENTITY, historyHeights }));
  return {
    store,
    end: () => {
      store.close();
      remove();
    },
  };
});
