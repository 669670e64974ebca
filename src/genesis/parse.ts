import { ok, type Failure, type Result } from '../codec/index.ts';
import { checkGenesis } from './check.ts';
import type { Genesis } from './genesis.ts';
import { parseJson } from './json/parse.ts';
import { readFile } from './read.ts';
import { checkChainId, resolveFile } from './resolve.ts';

const failed = (failure: readonly Failure[]) => ({ ok: false, failure }) as const;

/**
 * The genesis of a file that people write, or everything that is wrong with it: first what is no
 * JSON; then each field by its path (`details.path`, `details.expected`); then what does not fit
 * together, the relations of the parameters among it (PROTOCOL §9); last whether a chain id that it
 * writes down is its own. Never throws.
 */
export const parseGenesis = (text: string): Result<Genesis, readonly Failure[]> => {
  const json = parseJson(text);
  if (!json.ok) return failed([json.failure]);
  const file = readFile(json.value);
  if (!file.ok) return failed(file.failure);
  const { genesis, failures } = resolveFile(file.value);
  if (genesis === undefined) return failed(failures);
  const all = [...failures, ...checkGenesis(genesis)];
  if (all.length > 0) return failed(all);
  const chainId = checkChainId(file.value, genesis);
  return chainId.length === 0 ? ok(genesis) : failed(chainId);
};
