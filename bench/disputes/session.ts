import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Host, openStore } from '../chain/host.ts';
import type { Cast } from '../chain/people.ts';
import { Chain } from './chain.ts';

/** Heights that stay readable, so that what leaves them is deleted within the measured blocks. */
export const HISTORY_HEIGHTS = 16;

/** Does something with a new chain on disk, which is gone afterwards. */
export const withChain = <T>(cast: Cast, accounts: number, use: (chain: Chain) => T): T => {
  const path = mkdtempSync(join(tmpdir(), 'aivm-bench-'));
  try {
    const store = openStore(join(path, 'chain'), cast.genesis, HISTORY_HEIGHTS);
    const host = new Host(store, cast.genesis);
    try {
      return use(new Chain(host, cast, accounts));
    } finally {
      host.close();
    }
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
};
