import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { rounded } from './statistics.ts';

/** Memory of this process after a full collection, MB. */
export interface Memory {
  /** Objects of the program. */
  readonly heapMb: number;
  /** Byte arrays outside of the heap. */
  readonly externalMb: number;
  /** All that is resident, with the pages of the database that are mapped. */
  readonly rssMb: number;
  /**
   * Of it what only this process has. The rest are pages of files, the database's above all, which
   * the system lends while it has room. Linux only.
   */
  readonly ownMb?: number | undefined;
}

const MB = 1_000_000;
const STATUS = '/proc/self/status';

const ownBytes = (): number | undefined => {
  try {
    const [, kilobytes] = /^RssAnon:\s+(\d+) kB$/m.exec(readFileSync(STATUS, 'utf8')) ?? [];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  } catch {
    return undefined;
  }
};

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Collects what is garbage, and tells what remains. */
export const memoryNow = (): Memory => {
  collect();
  const { heapUsed, external, rss } = process.memoryUsage();
  const own = ownBytes();
  return {
    heapMb: rounded(heapUsed / MB, 1),
    externalMb: rounded(external / MB, 1),
    rssMb: rounded(rss / MB, 1),
    ...(own === undefined ? {} : { ownMb: rounded(own / MB, 1) }),
  };
};
