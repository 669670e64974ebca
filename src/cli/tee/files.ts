import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { ConformanceFiles } from '../../tee/index.ts';

/** A message for the person at the terminal; the command ends with exit code 2. */
export class UsageError extends Error {}

/** The bytes of a file that the user named. */
export const readInput = (path: string): Uint8Array => {
  try {
    return new Uint8Array(readFileSync(path));
  } catch {
    throw new UsageError(`Cannot read ${path}: give the path of a file that exists.`);
  }
};

const HEX_TEXT = /^\s*(?:0x)?([0-9a-fA-F\s]+)$/;
const MIN_QUOTE_TEXT = 96;

/** A quote file: the bytes themselves, or their hexadecimal text as some tools print it. */
export const readQuoteFile = (path: string): Uint8Array => {
  const bytes = readInput(path);
  if (bytes.length < MIN_QUOTE_TEXT || (bytes[0] ?? 0) < 0x20) return bytes;
  const text = Buffer.from(bytes).toString('latin1');
  const digits = HEX_TEXT.exec(text)?.[1]?.replaceAll(/\s/g, '');
  return digits === undefined ? bytes : new Uint8Array(Buffer.from(digits, 'hex'));
};

const PEM = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/;

/** A root certificate as DER, or as PEM. */
export const readRootFile = (path: string): Uint8Array => {
  const bytes = readInput(path);
  const body = PEM.exec(Buffer.from(bytes).toString('latin1'))?.[1];
  return body === undefined ? bytes : new Uint8Array(Buffer.from(body, 'base64'));
};

/** The files below a folder, for the conformance run. */
export const folderFiles = (folder: string): ConformanceFiles => {
  const read = (path: string): Uint8Array | undefined => {
    const full = join(folder, path);
    return existsSync(full) ? new Uint8Array(readFileSync(full)) : undefined;
  };
  return {
    read,
    readGzip: (path) => {
      const bytes = read(path);
      return bytes === undefined ? undefined : new Uint8Array(gunzipSync(bytes));
    },
  };
};
