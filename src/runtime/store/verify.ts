import { ok } from '../../codec/index.ts';
import type { Result } from '../../codec/index.ts';
import { StoreDamagedError } from './errors.ts';
import { openState, unseal } from './records.ts';
import type { RecordCounts } from './store.ts';
import { TABLES } from './tables.ts';
import type { TableReader } from './tables.ts';

/** Reads every record and checks it against its checksum, or against its leaf hash in the state. */
export function verifyTables(reader: TableReader): Result<RecordCounts> {
  const counts: Record<string, number> = {};
  try {
    for (const table of TABLES) {
      let count = 0;
      for (const [key, sealed] of reader.range(table, new Uint8Array(0))) {
        if (table === 'state') openState(key, sealed);
        else unseal(table, key, sealed);
        count += 1;
      }
      counts[table] = count;
    }
  } catch (error) {
    if (error instanceof StoreDamagedError) return { ok: false, failure: error.failure };
    throw error;
  }
  return ok(counts);
}
