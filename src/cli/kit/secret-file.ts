import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { isWide, readText, writeWhole } from './files.ts';
import { stop } from './stop.ts';

const FOLDER_MODE = 0o700;

/**
 * Writes what only its owner may read, in a folder of the same kind; over another file only where
 * that one is of no use any more.
 */
export const keepSecret = (file: string, text: string, overwrite = false): void => {
  mkdirSync(dirname(file), { recursive: true, mode: FOLDER_MODE });
  writeWhole(file, `${text}\n`, { overwrite });
};

/** The JSON object of such a file; refused as long as others may read it. */
export const loadSecret = (file: string, limit: number): Readonly<Record<string, unknown>> => {
  if (!existsSync(file))
    return stop('cli/file-unreadable', { file, cause: 'there is no such file' });
  if (isWide(file)) stop('cli/key-file-wide', { file, todo: `chmod 600 ${file}` });
  const text = readText(file, limit);
  try {
    const json = JSON.parse(text) as unknown;
    if (typeof json === 'object' && json !== null) return json as Record<string, unknown>;
  } catch {
    // Said below: whatever it is, it is not what was kept.
  }
  return stop('cli/file-unreadable', { file, cause: 'it is damaged, or not what was kept' });
};
