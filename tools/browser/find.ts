import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Programs that speak the protocol of Chromium, by the names under which they are installed. */
const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'msedge',
  'microsoft-edge',
] as const;

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** A browser on this machine: what `AIVM_BROWSER` names, else the first of the path. */
export const findBrowser = (
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string | undefined => {
  const named = environment.AIVM_BROWSER;
  if (named !== undefined && named !== '') return isProgram(named) ? named : undefined;
  const folders = (environment.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name + suffix))).find(
    isProgram,
  );
};

export const NO_BROWSER =
  'no browser found: install chromium, or name one in the environment variable AIVM_BROWSER';
