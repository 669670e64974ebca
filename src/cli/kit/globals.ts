import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Described } from './spec.ts';

/** Where a node listens unless told, and where it is asked. */
export const DEFAULT_URL = 'http://127.0.0.1:9640';

/** Options that every command takes, before or behind its own. */
export const GLOBAL_OPTIONS: readonly Described[] = [
  ['--url <url>', `node to ask (AIVM_URL; ${DEFAULT_URL})`],
  ['--data <dir>', 'data directory of a node (AIVM_DATA; ~/.aivm/data)'],
  ['--keystore <dir>', 'folder of encrypted keys (AIVM_KEYSTORE; ~/.aivm/keys)'],
  ['--passphrase-file <file>', 'its first line opens the key (AIVM_PASSPHRASE; else asked for)'],
  ['--json', 'print JSON for programs instead of tables for people'],
];

export interface Globals {
  readonly url: string;
  readonly data: string;
  readonly keystore: string;
  readonly passphraseFile: string | undefined;
  readonly passphrase: string | undefined;
  readonly isJson: boolean;
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** Options first, then the environment, then what is usual. */
export const readGlobals = (
  options: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string | undefined>>,
): Globals => {
  const home = join(homedir(), '.aivm');
  const { AIVM_URL, AIVM_DATA, AIVM_KEYSTORE, AIVM_PASSPHRASE } = environment;
  return {
    url: text(options['url']) ?? text(AIVM_URL) ?? DEFAULT_URL,
    data: text(options['data']) ?? text(AIVM_DATA) ?? join(home, 'data'),
    keystore: text(options['keystore']) ?? text(AIVM_KEYSTORE) ?? join(home, 'keys'),
    passphraseFile: text(options['passphraseFile']),
    passphrase: text(AIVM_PASSPHRASE),
    isJson: options['json'] === true,
  };
};
