import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Failure, Result } from '../../codec/failure.ts';
import type { Genesis } from '../../genesis/genesis.ts';
import type { EmbeddedAivm } from '../../runtime/index.ts';
import { readText } from './files.ts';
import { orStop, Stop, stop } from './stop.ts';

/** What a data directory holds: the genesis, and beside it the database that a node makes. */
export const genesisFile = (data: string): string => join(data, 'genesis.json');
export const databaseFolder = (data: string): string => join(data, 'chain');

/** Reads a genesis; of all that is wrong the first is the failure, and how much more there is. */
export const readGenesis = async (file: string): Promise<Genesis> => {
  const { parseGenesis } = await import('../../genesis/parse.ts');
  const parsed: Result<Genesis, readonly Failure[]> = parseGenesis(readText(file));
  if (parsed.ok) return parsed.value;
  const [first, ...others] = parsed.failure;
  if (first === undefined) return stop('cli/file-unreadable', { file, cause: 'unknown' });
  const more = others.map(({ code, details }) => `${code} ${details['path'] ?? ''}`.trim());
  const rest: Record<string, string> = more.length === 0 ? {} : { alsoWrong: more.join('; ') };
  throw new Stop({ ...first, details: { file, ...first.details, ...rest } });
};

/** A chain on this machine's disk, opened for reading; no node may be running on it. */
export interface LocalChain {
  readonly genesis: Genesis;
  readonly chain: EmbeddedAivm;
}

export const openLocal = async (data: string): Promise<LocalChain> => {
  const file = genesisFile(data);
  if (!existsSync(file)) stop('cli/data-missing', { data });
  const genesis = await readGenesis(file);
  const { openAivm } = await import('../../runtime/open.ts');
  return {
    genesis,
    chain: orStop(openAivm({ genesis, path: databaseFolder(data), readOnly: true })),
  };
};

/** Works on a local chain and closes it, whatever happens. */
export const withLocal = async <T>(
  data: string,
  work: (local: LocalChain) => Promise<T> | T,
): Promise<T> => {
  const local = await openLocal(data);
  try {
    return await work(local);
  } finally {
    local.chain.close();
  }
};
