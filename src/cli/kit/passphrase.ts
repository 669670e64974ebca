import { readBytes } from './files.ts';
import { askHidden, isInteractive } from './prompt.ts';
import { stop } from './stop.ts';

/** NIST SP 800-63B §5.1.1.2: at least 8 characters, and no rules of composition. */
const LEAST_CHARACTERS = 8;
const MAX_PASSPHRASE_BYTES = 4_096;

export interface PassphraseSource {
  readonly file: string | undefined;
  readonly environment: string | undefined;
}

/** Of a file the first line counts: editors and `echo` add a line feed. */
const fromFile = (file: string): string => {
  const text = new TextDecoder().decode(readBytes(file, MAX_PASSPHRASE_BYTES));
  return text.split(/\r?\n/, 1)[0] ?? '';
};

const given = ({ file, environment }: PassphraseSource): string | undefined =>
  file === undefined ? environment : fromFile(file);

/** The passphrase of an existing key: from a file, from the environment, or asked for. */
export const passphraseFor = async (name: string, source: PassphraseSource): Promise<string> => {
  const known = given(source);
  if (known !== undefined) return known;
  if (!isInteractive()) stop('cli/passphrase-missing');
  return askHidden(`Passphrase of ${name}: `);
};

/** The passphrase of a new key, typed twice where it is typed. */
export const newPassphrase = async (name: string, source: PassphraseSource): Promise<string> => {
  const known = given(source);
  if (known === undefined && !isInteractive()) stop('cli/passphrase-missing');
  const passphrase = known ?? (await askHidden(`New passphrase for ${name}: `));
  if ([...passphrase].length < LEAST_CHARACTERS) {
    stop('cli/passphrase-short', { least: String(LEAST_CHARACTERS) });
  }
  if (known !== undefined) return known;
  const again = await askHidden('The same again: ');
  return again === passphrase ? passphrase : stop('cli/passphrase-differs');
};
