// Opens copies of a database in mid-dispute, each with bits turned, and lives on with it. Says for
// each what came of it; a crash of this process is what the test looks for. Arguments: folder with
// the database, folder for the copies, how it is inspected at opening, then lists of bits, `N,N`.
import { mkdirSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { AssertionError, fromHex, toHex } from '../../../../src/codec/index.ts';
import { AivmError, openLmdbStore, StoreDamagedError } from '../../../../src/runtime/index.ts';
import { unwrap, type Store } from '../../../../src/runtime/index.ts';
import { TreeDamagedError } from '../../../../src/runtime/tree/index.ts';
import { ledgerOn } from '../support.ts';
import { dataFile, executeNext, heightOf, IDENTITY, LAST, rootAt } from '../support.ts';

const say = (line: string): number => writeSync(1, `${line}\n`);

const [from = '', path = '', inspection = '', truth = '', ...damages] = process.argv.slice(2);
const original = readFileSync(dataFile(from));
const records = new Map(JSON.parse(readFileSync(truth, 'utf8')) as [string, string][]);

const damaged = (bits: string): Buffer => {
  const bytes = Buffer.from(original);
  for (const bit of bits.split(',').map(Number)) {
    bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
  }
  return bytes;
};

/** The ways in which the runtime stops over damage; anything else is an error of the program. */
const whyStopped = (error: unknown): string => {
  if (error instanceof AivmError) return error.code;
  if (error instanceof Error && /^MDB_[A-Z_]+: /.test(error.message)) return 'LMDB';
  const known = [StoreDamagedError, TreeDamagedError, AssertionError];
  if (error instanceof Error && known.some((each) => error instanceof each)) {
    return error.constructor.name;
  }
  throw error;
};

/** How often a read gave the record, said that it is damaged, or that there is none. */
const readAll = (store: Store) => {
  const counts = { served: 0, hidden: 0, missing: 0 };
  for (const [key, value] of records) {
    try {
      const found = store.get(fromHex(key));
      if (found === undefined) counts.missing += 1;
      else if (toHex(found) === value) counts.served += 1;
      else return undefined;
    } catch (error) {
      whyStopped(error);
      counts.hidden += 1;
    }
  }
  return counts;
};

/** Goes on with the life to its end. */
const liveOn = (store: Store): string => {
  try {
    const opened = ledgerOn(store);
    while (heightOf(opened) < LAST) {
      const height = heightOf(opened);
      const { root } = unwrap(opened.operations.commit(executeNext(opened)));
      if (root !== rootAt(height + 1)) return `another root at ${height + 1}`;
    }
  } catch (error) {
    return `stopped ${whyStopped(error)}`;
  }
  return 'lived';
};

/** What came of a database that was opened. */
const use = (store: Store): string => {
  const counts = readAll(store);
  if (counts === undefined) return 'a record is not what it was';
  const { served, hidden, missing } = counts;
  return `${liveOn(store)}; ${served} served, ${hidden} hidden, ${missing} missing`;
};

for (const bits of damages) {
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path);
  writeFileSync(dataFile(path), damaged(bits));
  const opened = openLmdbStore({
    path,
    identity: IDENTITY,
    inspection: inspection === 'all' ? 'all' : 'branches',
  });
  if (!opened.ok) {
    say(`refused ${opened.failure.code}`);
    continue;
  }
  say(use(opened.value));
  opened.value.close();
}
say('end');
