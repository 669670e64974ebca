import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { keepSecret, loadSecret } from './secret-file.ts';
import { stop } from './stop.ts';

/**
 * What a challenger must keep between its announcement and the opening: with the salt it takes over
 * whatever copy of its opening came first; without it the announcement is of no use.
 */
export interface Announced {
  /** Key of the challenge, hex. */
  readonly challenge: string;
  /** Who announced it and will open it, 20 bytes, hex. */
  readonly challenger: string;
  /** 32 bytes, hex. */
  readonly salt: string;
}

const VERSION = 1;
const HASH = /^[0-9a-f]{64}$/;
const ADDRESS = /^[0-9a-f]{40}$/;
const NAME_DIGITS = 16;
const MAX_CHARACTERS = 4_096;

/** Where an announcement is kept unless told: beside the keystore. */
export const announcementFile = (
  keystore: string,
  { challenge, challenger }: Pick<Announced, 'challenge' | 'challenger'>,
): string =>
  join(dirname(keystore), 'announcements', `${challenge.slice(0, NAME_DIGITS)}-${challenger}.json`);

export const loadAnnounced = (file: string): Announced => {
  const { version, challenge, challenger, salt } = loadSecret(file, MAX_CHARACTERS);
  const isWhole =
    version === VERSION &&
    HASH.test(String(challenge)) &&
    ADDRESS.test(String(challenger)) &&
    HASH.test(String(salt));
  return isWhole
    ? ({ challenge, challenger, salt } as Announced)
    : stop('cli/file-unreadable', { file, cause: 'it is no saved announcement' });
};

/** Keeps an announcement in the place of one that has become too old to be of use. */
export const replaceAnnounced = (file: string, announced: Announced): void =>
  keepSecret(file, JSON.stringify({ version: VERSION, ...announced }), true);

/** Keeps an announcement before it is sent; a second attempt finds the salt of the first. */
export const keepAnnounced = (file: string, announced: Announced): Announced => {
  if (!existsSync(file)) {
    replaceAnnounced(file, announced);
    return announced;
  }
  const kept = loadAnnounced(file);
  const isSame = kept.challenge === announced.challenge && kept.challenger === announced.challenger;
  return isSame ? kept : stop('cli/file-exists', { file });
};
