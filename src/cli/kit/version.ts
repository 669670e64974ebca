import { readFileSync } from 'node:fs';

/** The version in package.json, which stands two folders above this file in src and in dist. */
export const version = (): string => {
  const manifest = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { readonly version: string }).version;
};
