import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Answer } from './answer.ts';
import { MAX_FILE_BYTES } from './files.ts';
import { keepSecret, loadSecret } from './secret-file.ts';
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
  /** One, or one for each published output. */
  readonly answers: readonly Answer[];
}

const VERSION = 2;
const HASH = /^[0-9a-f]{64}$/;
const ADDRESS = /^[0-9a-f]{40}$/;
/** A name has so many digits of the challenge. */
const NAME_DIGITS = 16;
/** Base64 of the largest output and its evidence, with their frame. */
const MAX_CHARACTERS = 4 * MAX_FILE_BYTES;

/** Where a re-run is kept unless told: beside the keystore. */
export const rerunFile = (
  keystore: string,
  { challenge, round, seat, member }: Pick<Rerun, 'challenge' | 'round' | 'seat' | 'member'>,
): string => {
  const name = `${challenge.slice(0, NAME_DIGITS)}-${round}-${seat}-${member}.json`;
  return join(dirname(keystore), 'reruns', name);
};

const checksum = (answers: readonly Answer[]): string => {
  const hash = createHash('sha256');
  for (const { output, evidence } of answers) {
    hash.update(`${output.length} ${evidence.length} `).update(output).update(evidence);
  }
  return hash.digest('hex');
};

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const bytesOf = (text: unknown): Uint8Array => new Uint8Array(Buffer.from(String(text), 'base64'));

const textOf = ({ answers, ...rest }: Rerun): string =>
  JSON.stringify({
    version: VERSION,
    ...rest,
    sha256: checksum(answers),
    answers: answers.map(({ output, evidence }) => ({
      output: base64(output),
      evidence: base64(evidence),
    })),
  });

const isCount = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 0;

/** The re-run in a file; nothing where it is not whole. */
const rerunIn = (json: Readonly<Record<string, unknown>>): Rerun | undefined => {
  const { version, challenge, round, seat, member, salt, answers, sha256 } = json;
  const isWhole =
    version === VERSION &&
    HASH.test(String(challenge)) &&
    HASH.test(String(salt)) &&
    ADDRESS.test(String(member)) &&
    isCount(round) &&
    isCount(seat) &&
    Array.isArray(answers);
  if (!isWhole) return undefined;
  const read = (answers as readonly Readonly<Record<string, unknown>>[]).map((each) => ({
    output: bytesOf(each?.['output']),
    evidence: bytesOf(each?.['evidence']),
  }));
  if (checksum(read) !== sha256) return undefined;
  return { challenge, round, seat, member, salt, answers: read } as Rerun;
};

export const loadRerun = (file: string): Rerun =>
  rerunIn(loadSecret(file, MAX_CHARACTERS)) ??
  stop('cli/file-unreadable', { file, cause: 'it is no saved re-run' });

/**
 * Keeps a re-run before its commitment is sent, and gives what is kept. A second attempt with the
 * same output finds the first one's salt; the file of another output may be the only copy of a salt
 * that was committed to, and is left alone.
 */
export const keepRerun = (file: string, rerun: Rerun): Rerun => {
  if (!existsSync(file)) {
    keepSecret(file, textOf(rerun));
    return rerun;
  }
  const kept = loadRerun(file);
  const isSame =
    kept.challenge === rerun.challenge &&
    kept.round === rerun.round &&
    kept.seat === rerun.seat &&
    kept.member === rerun.member &&
    checksum(kept.answers) === checksum(rerun.answers);
  return isSame ? kept : stop('cli/file-exists', { file });
};
