// Collects the catalogues of failures: every exported object whose keys are codes and whose values
// are sentences, in the files named errors.ts and reasons.ts under src.
import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { code, table } from './section.ts';

/** `area/kebab-case` in errors.ts; a refusal reason of a machine has no area. */
const CODE = /^(?:[a-z0-9-]+\/)*[a-z0-9]+(?:-[a-z0-9]+)*$/;

export interface Catalogue {
  /** Path of the source file, relative to the repository root. */
  readonly file: string;
  /** Its name in that file. */
  readonly name: string;
  readonly failures: Readonly<Record<string, string>>;
}

const isCatalogue = (value: unknown): value is Catalogue['failures'] =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).length > 0 &&
  Object.entries(value).every(([key, text]) => CODE.test(key) && typeof text === 'string');

const readFile = async (root: string, file: string): Promise<readonly Catalogue[]> => {
  const module: unknown = await import(pathToFileURL(join(root, file)).href);
  return Object.entries(module as object)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, failures]: [string, unknown]) =>
      isCatalogue(failures) ? [{ file, name, failures }] : [],
    );
};

/** All catalogues, by file and name. Throws when two of them use one code. */
export const readCatalogues = async (root: string): Promise<readonly Catalogue[]> => {
  const files = globSync('src/**/{errors,reasons}.ts', { cwd: root }).toSorted();
  const catalogues: Catalogue[] = [];
  for (const path of files) {
    catalogues.push(...(await readFile(root, path.split(sep).join('/'))));
  }
  const seen = new Map<string, string>();
  for (const { file, failures } of catalogues) {
    for (const key of Object.keys(failures)) {
      const other = seen.get(key);
      if (other !== undefined) throw new Error(`${key} is both in ${other} and in ${file}.`);
      seen.set(key, file);
    }
  }
  return catalogues;
};

/** The comment that stands before a catalogue in its source. */
const describe = (root: string, { file, name }: Catalogue): string => {
  const before = new RegExp(String.raw`/\*\*((?:(?!\*/)[\s\S])*)\*/\s*export const ${name}\b`);
  const [, comment = ''] = before.exec(readFileSync(join(root, file), 'utf8')) ?? [];
  return comment
    .replaceAll(/^\s*\* ?/gm, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
};

/** The page docs/errors.md. */
export const renderErrors = async (root: string): Promise<string> => {
  const catalogues = await readCatalogues(root);
  const parts = catalogues.map((catalogue) =>
    [
      `## ${catalogue.file.slice('src/'.length)}: ${catalogue.name}`,
      describe(root, catalogue),
      table(
        ['code', 'what it says'],
        Object.entries(catalogue.failures).map(([key, text]) => [code(key), text]),
      ),
    ]
      .filter((part) => part !== '')
      .join('\n\n'),
  );
  return `${[
    '# Errors',
    [
      'Every failure has a stable code and a sentence. Codes are never reused for another meaning;',
      'the sentences may be improved. Neither is ever part of the state. This page is generated',
      'from the catalogues in the sources: `npm run docs`.',
    ].join('\n'),
    ...parts,
  ].join('\n\n')}\n`;
};
