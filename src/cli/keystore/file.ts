import { createHash } from 'node:crypto';
import { ok, type Result } from '../../codec/failure.ts';
import { keystoreFail } from './errors.ts';

/** An encrypted private key, with all that is needed to open it but the passphrase. */
export interface Encryption {
  readonly kdf: {
    readonly name: 'scrypt';
    readonly N: number;
    readonly r: number;
    readonly p: number;
    readonly salt: string;
  };
  readonly cipher: {
    readonly name: 'aes-256-gcm';
    readonly associatedData: 'address';
    readonly nonce: string;
    readonly tag: string;
    readonly ciphertext: string;
  };
}

/** A key as its file has it. */
export type KeyFile = {
  readonly version: 1;
  /** 20 bytes, hex. */
  readonly address: string;
} & (
  | ({ readonly kind: 'encrypted' } & Encryption)
  /** A development key: it follows from a seed that everybody knows, so nothing is hidden. */
  | { readonly kind: 'development'; readonly seed: string }
);

const VERSION = 1;
/** No key file is longer; what is longer is no key file. */
export const MAX_KEY_FILE_BYTES = 4_096;

/** Bounds of what scrypt may be asked for: a file must not make this machine run out of memory. */
const MAX_SCRYPT_N = 1_048_576;
const MAX_SCRYPT_R = 16;
const MAX_SCRYPT_P = 4;

const checksumOf = (file: KeyFile): string =>
  createHash('sha256').update(JSON.stringify(file)).digest('hex');

/**
 * The text of a key file. The checksum tells a damaged file from a wrong passphrase; it protects
 * from accidents, the cipher's tag from everything else.
 */
export const renderKeyFile = (file: KeyFile): string =>
  `${JSON.stringify({ ...file, checksum: checksumOf(file) }, undefined, 2)}\n`;

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isHex = (value: unknown, least: number, most = least): boolean =>
  typeof value === 'string' &&
  /^(?:[0-9a-f]{2})+$/.test(value) &&
  value.length >= 2 * least &&
  value.length <= 2 * most;

const isUpTo = (value: unknown, most: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most;

const isPowerOfTwo = (value: number): boolean => value > 1 && (value & (value - 1)) === 0;

const isKdf = (kdf: unknown): boolean =>
  isObject(kdf) &&
  kdf['name'] === 'scrypt' &&
  isUpTo(kdf['N'], MAX_SCRYPT_N) &&
  isPowerOfTwo(kdf['N']) &&
  isUpTo(kdf['r'], MAX_SCRYPT_R) &&
  isUpTo(kdf['p'], MAX_SCRYPT_P) &&
  isHex(kdf['salt'], 16, 64);

const isCipher = (cipher: unknown): boolean =>
  isObject(cipher) &&
  cipher['name'] === 'aes-256-gcm' &&
  cipher['associatedData'] === 'address' &&
  isHex(cipher['nonce'], 12) &&
  isHex(cipher['tag'], 16) &&
  isHex(cipher['ciphertext'], 32);

/** What is wrong with the fields, or nothing. */
const faultOf = (file: Fields): string | undefined => {
  if (!isHex(file['address'], 20)) return 'it has no address';
  if (file['kind'] === 'development') {
    return typeof file['seed'] === 'string' ? undefined : 'it has no seed';
  }
  if (file['kind'] !== 'encrypted') return 'it is of no known kind';
  if (!isKdf(file['kdf'])) return 'its scrypt parameters are missing or out of range';
  return isCipher(file['cipher']) ? undefined : 'its cipher is not as it was written';
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

/** Reads a key file strictly: what this program wrote, or a failure that says what is wrong. */
export const parseKeyFile = (text: string): Result<KeyFile> => {
  const json = parseJson(text);
  if (!isObject(json)) return keystoreFail('keystore/damaged', { cause: 'it is not JSON' });
  const { checksum, ...rest } = json;
  const found = rest['version'];
  if (typeof found === 'number' && found > VERSION) {
    return keystoreFail('keystore/unsupported-version', { found: String(found) });
  }
  if (found !== VERSION) return keystoreFail('keystore/damaged', { cause: 'it has no version' });
  const fault = faultOf(rest);
  if (fault !== undefined) return keystoreFail('keystore/damaged', { cause: fault });
  const file = rest as unknown as KeyFile;
  return checksum === checksumOf(file)
    ? ok(file)
    : keystoreFail('keystore/damaged', { cause: 'its checksum does not hold' });
};
