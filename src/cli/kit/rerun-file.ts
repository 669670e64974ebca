import { createHash } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isWide, MAX_FILE_BYTES, readText, writeWhole } from './files.ts';
import { stop } from './stop.ts';

/**
 * What a seat must keep between its commitment and the reveal: whoever reads salt and output before
 * knows what was committed to, and whoever loses them is penalized for not revealing.
 */
export interface Rerun {
  /** Key of the challenge, hex. */
  readonly challenge: string;
  readonly round: number;
  readonly seat: number;
  /** Provider of the seat, 20 bytes, hex. */
  readonly member: string;
  /** 32 bytes, hex. */
  readonly salt: string;
  /** Canonical output. */
  readonly output: Uint8Array;
}

const VERSION = 1;
const FOLDER_MODE = 0o700;
const HASH = /^[0-9a-f]{64}$/;
const ADDRESS = /^[0-9a-f]{40}$/;
/** A name has so many digits of the challenge. */
const NAME_DIGITS = 16;
/** Base64 of the largest output, with its frame. */
const MAX_CHARACTERS = 2 * MAX_FILE_BYTES;

/** Where a re-run is kept unless told: beside the keystore. */
export const rerunFile = (
  keystore: string,
  { challenge, round, seat, member }: Pick<Rerun, 'challenge' | 'round' | 'seat' | 'member'>,
): string => {
  const name = `${challenge.slice(0, NAME_DIGITS)}-${round}-${seat}-${member}.json`;
  return join(dirname(keystore), 'reruns', name);
};

const checksum = (output: Uint8Array): string => createHash('sha256').update(output).digest('hex');

const write = (file: string, rerun: Rerun): void => {
  mkdirSync(dirname(file), { recursive: true, mode: FOLDER_MODE });
  const { output, ...rest } = rerun;
  const text = JSON.stringify({
    version: VERSION,
    ...rest,
    outputSha256: checksum(output),
    output: Buffer.from(output).toString('base64'),
  });
  writeWhole(file, `${text}\n`);
};

const isCount = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 0;

const parse = (text: string): Rerun | undefined => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof json !== 'object' || json === null) return undefined;
  const { version, challenge, round, seat, member, salt, output, outputSha256 } = json as Record<
    string,
    unknown
  >;
  const isWhole =
    version === VERSION &&
    HASH.test(String(challenge)) &&
    HASH.test(String(salt)) &&
    ADDRESS.test(String(member)) &&
    isCount(round) &&
    isCount(seat) &&
    typeof output === 'string';
  if (!isWhole) return undefined;
  const bytes = new Uint8Array(Buffer.from(output, 'base64'));
  if (checksum(bytes) !== outputSha256) return undefined;
  return { challenge, round, seat, member, salt, output: bytes } as Rerun;
};

export const loadRerun = (file: string): Rerun => {
  if (!existsSync(file))
    return stop('cli/file-unreadable', { file, cause: 'there is no such file' });
  if (isWide(file)) stop('cli/key-file-wide', { file, todo: `chmod 600 ${file}` });
  const text = readText(file, MAX_CHARACTERS);
  return parse(text) ?? stop('cli/file-unreadable', { file, cause: 'it is no saved re-run' });
};

/**
 * Keeps a re-run before its commitment is sent, and gives what is kept. A second attempt with the
 * same output finds the first one's salt; the file of another output may be the only copy of a salt
 * that was committed to, and is left alone.
 */
export const keepRerun = (file: string, rerun: Rerun): Rerun => {
  if (!existsSync(file)) {
    write(file, rerun);
    return rerun;
  }
  const kept = loadRerun(file);
  const isSame =
    kept.challenge === rerun.challenge &&
    kept.round === rerun.round &&
    kept.seat === rerun.seat &&
    kept.member === rerun.member &&
    checksum(kept.output) === checksum(rerun.output);
  return isSame ? kept : stop('cli/file-exists', { file });
};
