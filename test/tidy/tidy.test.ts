// Holds the shape of the repository: sizes, leftovers, what may not be committed, and that the
// package says what is there. TigerBeetle's tidy test is the model.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FILES, linesMatching, read, readJson, ROOT, TEXT_FILES } from './files.ts';

const MAX_FILE_LINES = 300;
const MAX_LINE_COLUMNS = 100;

const CODE = TEXT_FILES.filter((path) => /\.[cm]?[jt]s$/.test(path));
const SOURCES = CODE.filter((path) => path.startsWith('src/'));
/** Pages that people write and read; data files may have any shape. */
const PROSE_AND_CODE = TEXT_FILES.filter((path) => /\.(?:[cm]?[jt]s|json|sh|md)$/.test(path));
/** This folder names what it forbids. */
const elsewhere = (path: string): boolean => !path.startsWith('test/tidy/');

interface Manifest {
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly bin: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}
const manifest = readJson('package.json') as Manifest;

describe('sizes', () => {
  test(`a source file has at most ${MAX_FILE_LINES} lines`, () => {
    const long = CODE.filter((path) => !path.startsWith('test/'))
      .map((path) => ({ path, lines: read(path).trimEnd().split('\n').length }))
      .filter(({ lines }) => lines > MAX_FILE_LINES);
    expect(long).toEqual([]);
  });

  test(`a line of code has at most ${MAX_LINE_COLUMNS} columns`, () => {
    const long = CODE.flatMap((path) =>
      read(path)
        .split('\n')
        .flatMap((line, index) =>
          [...line].length > MAX_LINE_COLUMNS ? [`${path}:${index + 1}`] : [],
        ),
    );
    expect(long).toEqual([]);
  });

  test('code has no tabs, no trailing spaces, no carriage returns and one final newline', () => {
    expect(linesMatching(CODE, /\t|\s$/)).toEqual([]);
    expect(CODE.filter((path) => !/[^\n]\n$/.test(read(path)))).toEqual([]);
  });
});

describe('leftovers', () => {
  test('no note to do something later', () => {
    const pattern = /\b(?:TODO|FIXME|XXX|HACK|WIP|TBD)\b/;
    expect(linesMatching(PROSE_AND_CODE.filter(elsewhere), pattern)).toEqual([]);
  });

  test('no focused test, debugger or merge mark', () => {
    const pattern = /\b(?:test|it|describe)\.only\(|^\s*debugger\b|^(?:<{7}|>{7}) /;
    expect(linesMatching(CODE.filter(elsewhere), pattern)).toEqual([]);
  });

  test('a rule is switched off only for a stated reason', () => {
    const pattern = /(?:ox|es)lint-disable(?!.* -- \S)|@ts-(?:ignore|nocheck)/;
    expect(linesMatching(CODE.filter(elsewhere), pattern)).toEqual([]);
  });

  test('only the command line and the tools print', () => {
    const silent = SOURCES.filter((path) => !path.startsWith('src/cli/'));
    expect(linesMatching(silent, /\bconsole\.|process\.std(?:out|err)\b/)).toEqual([]);
  });
});

describe('what may not be committed', () => {
  test('no path of a machine', () => {
    const pattern = /(?:^|[\s"'`(=:])\/(?:work|home|root|Users|mnt|media)\/|[A-Z]:\\Users\\/;
    expect(linesMatching(TEXT_FILES.filter(elsewhere), pattern)).toEqual([]);
  });

  test('no address of a package registry or of a private host', () => {
    const pattern =
      /registry\.(?:npmjs|yarnpkg)|artifactory|verdaccio|nexus\/repository|_authToken/i;
    expect(linesMatching(TEXT_FILES.filter(elsewhere), pattern)).toEqual([]);
    expect(FILES.filter((path) => /(?:^|\/)\.(?:npmrc|yarnrc|env)/.test(path))).toEqual([]);
  });

  test('the lockfile pins contents and not places', () => {
    const { packages } = readJson('package-lock.json') as {
      readonly packages: Readonly<
        Record<string, { resolved?: string; integrity?: string; link?: true }>
      >;
    };
    const entries = Object.entries(packages).filter(([path]) => path.startsWith('node_modules/'));
    expect(entries.length).toBeGreaterThan(0);
    const local = ({ resolved }: { resolved?: string }): boolean =>
      existsSync(join(ROOT, resolved ?? '?'));
    expect(entries.filter(([, entry]) => entry.resolved !== undefined && !local(entry))).toEqual(
      [],
    );
    expect(entries.filter(([, entry]) => entry.integrity === undefined && !local(entry))).toEqual(
      [],
    );
  });
});

describe('the package', () => {
  test('every entry of the exports map has its source, and its build has the same name', () => {
    for (const [name, entry] of Object.entries(manifest.exports)) {
      const source = typeof entry === 'string' ? entry : (entry['aivm-source'] ?? '');
      expect(FILES, name).toContain(source.slice(2));
      const built = source.replace('./src/', './dist/').replace(/\.ts$/, '');
      const conditions = { 'aivm-source': source, types: `${built}.d.ts`, default: `${built}.js` };
      if (typeof entry === 'string') {
        expect(entry, name).toBe(source);
        continue;
      }
      const { browser, ...rest } = entry;
      expect(rest, name).toEqual(conditions);
      const ofBrowser = (browser ?? conditions.default).replace('./dist/', 'src/');
      expect(FILES, name).toContain(ofBrowser.replace(/\.js$/, '.ts'));
    }
  });

  test('the command and the scripts run files that exist', () => {
    for (const built of Object.values(manifest.bin)) {
      expect(FILES).toContain(built.replace('dist/', 'src/').replace(/\.js$/, '.ts'));
    }
    for (const [name, script] of Object.entries(manifest.scripts)) {
      for (const [file] of script.matchAll(/\S+\.(?:ts|mjs)\b/g))
        expect(FILES, name).toContain(file);
    }
  });

  test('each dependency is pinned and has its reason in docs/dependencies.md, and no other', () => {
    const all = {
      ...manifest.dependencies,
      ...manifest.optionalDependencies,
      ...manifest.devDependencies,
    };
    const loose = Object.entries(all).filter(
      ([, version]) => !/^(?:\d+\.\d+\.\d+$|file:)/.test(version),
    );
    expect(loose).toEqual([]);
    const named = [...read('docs/dependencies.md').matchAll(/^\| `([^`]+)`/gm)].map(
      ([, name]) => name,
    );
    expect(named.toSorted()).toEqual(Object.keys(all).toSorted());
  });

  test('each folder of unit tests is named after a folder of the sources', () => {
    const areas = FILES.flatMap((path) => /^test\/unit\/([^/]+)\//.exec(path)?.[1] ?? []);
    const folders = SOURCES.flatMap((path) => dirname(path).split('/'));
    const known = new Set(['demo', 'demo-model', ...folders]);
    expect(areas.filter((area) => !known.has(area))).toEqual([]);
  });
});
