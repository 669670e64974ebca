import { ok, u32be } from '../../../codec/index.ts';
import type { Result } from '../../../codec/index.ts';
import { StoreDamagedError, storeFailure } from '../errors.ts';
import { IDENTITY_KEY, SCHEMA_KEY, identityRecord } from '../layout.ts';
import { sealRecord, seal, unseal, unsealRecord } from '../records.ts';
import { STORE_SCHEMA } from '../store.ts';
import type { ChainIdentity, StoreIdentity } from '../store.ts';
import { TABLES } from '../tables.ts';
import type { TableWriter } from '../tables.ts';
import type { Contents } from './inspect.ts';

/** Writes which chain a new database belongs to. */
export function writeIdentity(writer: TableWriter, identity: ChainIdentity): void {
  writer.put('meta', SCHEMA_KEY, seal(SCHEMA_KEY, u32be(STORE_SCHEMA)));
  writer.put('meta', IDENTITY_KEY, sealRecord(identityRecord, IDENTITY_KEY, identity));
}

/**
 * Which chain a database belongs to, if it is one of this program and version, and of the chain
 * that is due (of any chain without one). Failures: store/foreign, store/wrong-schema,
 * store/wrong-chain, store/damaged.
 */
export function identify(contents: Contents, due?: ChainIdentity): Result<StoreIdentity> {
  try {
    const known = checkProgram(contents);
    if (!known.ok) return known;
    const row = contents.meta.get('identity');
    if (row === undefined) return foreign('the database says of no chain');
    const found = unsealRecord('meta', identityRecord, IDENTITY_KEY, row);
    const isDue =
      due === undefined ||
      (due.networkId === found.networkId &&
        due.chainId === found.chainId &&
        due.genesisHash === found.genesisHash);
    if (isDue) return ok({ ...found, schema: STORE_SCHEMA });
    return storeFailure('store/wrong-chain', { found: textOf(found), expected: textOf(due) });
  } catch (error) {
    if (error instanceof StoreDamagedError) return { ok: false, failure: error.failure };
    throw error;
  }
}

const foreign = (what: string) => storeFailure('store/foreign', { what });

const textOf = ({ networkId, chainId, genesisHash }: ChainIdentity): string =>
  `${networkId} ${chainId} ${genesisHash}`;

/** The number of the layout comes first: another layout may have other tables. */
function checkProgram(contents: Contents): Result<void> {
  const row = contents.meta.get('schema');
  if (row === undefined) {
    const names = contents.tables.slice(0, 3).join(', ');
    return foreign(`the database has other tables (${names === '' ? 'none' : names})`);
  }
  const found = unseal('meta', SCHEMA_KEY, row);
  if (Buffer.compare(found, u32be(STORE_SCHEMA)) !== 0) {
    const number = `${Buffer.from(found).readUIntBE(0, Math.min(found.length, 4))}`;
    return storeFailure('store/wrong-schema', { found: number, expected: `${STORE_SCHEMA}` });
  }
  const known: readonly string[] = TABLES;
  const odd = contents.tables.find((name) => !known.includes(name));
  if (odd !== undefined) return foreign(`the database has a table ${odd}`);
  const absent = known.find((name) => !contents.tables.includes(name));
  return absent === undefined ? ok(undefined) : foreign(`the database has no table ${absent}`);
}
