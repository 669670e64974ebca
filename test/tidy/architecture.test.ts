// Holds the sources, docs/architecture.md and the lint configuration to tools/lint/layers.ts.
import { describe, expect, test } from 'vitest';
import { renderPages } from '../../tools/docs/pages.ts';
import { checkImport } from '../../tools/lint/check-import.ts';
import { ENGINE_FILES, LAYERS, layerOf, PURE_FOLDERS } from '../../tools/lint/layers.ts';
import { FILES, read, ROOT } from './files.ts';

const SOURCES = FILES.filter((path) => path.startsWith('src/') && path.endsWith('.ts'));

/** Import specifiers by pattern, while the lint rule takes them from the syntax tree. */
const SPECIFIER = new RegExp(
  [
    String.raw`(?:^\s*(?:import|export)\b[^'"` + '`' + String.raw`;]*?\bfrom\s*|^\s*import\s*|`,
    String.raw`\bimport\(\s*|\brequire(?:\.resolve)?\(\s*)(['"])([^'"\n]+)\1`,
  ].join(''),
  'gm',
);

const withoutComments = (text: string): string =>
  text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');

const importsOf = (path: string): string[] =>
  [...withoutComments(read(path)).matchAll(SPECIFIER)].flatMap(
    ([, , specifier]) => specifier ?? [],
  );

describe('the layers', () => {
  test('stand in an order in which each imports only what is before it', () => {
    LAYERS.forEach(({ folder, layers }, index) => {
      const before = LAYERS.slice(0, index).map((layer) => layer.folder);
      expect(before, folder).toEqual(expect.arrayContaining([...layers]));
    });
  });

  test('hold every source file, and every layer has one', () => {
    expect(SOURCES.filter((path) => layerOf(path) === undefined)).toEqual([]);
    const empty = LAYERS.filter((layer) => !SOURCES.some((path) => layerOf(path) === layer));
    expect(empty.map(({ folder }) => folder)).toEqual([]);
  });

  test('are the direction of every import', () => {
    const violations = SOURCES.flatMap((path) =>
      importsOf(path).flatMap((specifier) => {
        const reason = checkImport(path, specifier);
        return reason === undefined ? [] : [`${path}: ${reason}`];
      }),
    );
    expect(violations).toEqual([]);
  });

  test('are found by the pattern of this test', () => {
    expect(SOURCES.filter((path) => importsOf(path).length > 0).length).toBeGreaterThan(
      SOURCES.length / 2,
    );
  });

  test('permit only packages that package.json installs for users', () => {
    const { dependencies, optionalDependencies, peerDependencies } = JSON.parse(
      read('package.json'),
    ) as Record<string, Readonly<Record<string, string>>>;
    const installed = Object.keys({
      ...dependencies,
      ...optionalDependencies,
      ...peerDependencies,
    });
    const permitted = LAYERS.flatMap((layer) => [
      ...layer.packages.map((name) => name.replace('/*', '')),
      ...(layer.enginePackages ?? []),
    ]);
    expect(new Set(permitted)).toEqual(new Set(installed));
  });
});

describe('the determinism bans', () => {
  const config = JSON.parse(read('.oxlintrc.json').replaceAll(/^\s*\/\/.*$/gm, '')) as {
    readonly overrides: readonly {
      readonly files: readonly string[];
      readonly excludeFiles?: readonly string[];
      readonly rules: Readonly<Record<string, unknown>>;
    }[];
  };

  test('hold in the pure folders but for the engine files', () => {
    const bans = config.overrides.filter(({ rules }) => rules['aivm/no-float'] === 'error');
    expect(bans.map(({ files }) => files)).toEqual([PURE_FOLDERS.map((folder) => `${folder}/**`)]);
    expect(bans.map(({ excludeFiles }) => excludeFiles)).toEqual([ENGINE_FILES]);
  });

  test('are lifted for engine files that exist, and each of them has an import of Node', () => {
    for (const path of ENGINE_FILES) {
      expect(FILES).toContain(path);
      expect(
        importsOf(path).filter((specifier) => !specifier.startsWith('.')),
        path,
      ).not.toEqual([]);
    }
  });
});

test('the generated pages are those of the sources: run npm run docs', async () => {
  const pages = await renderPages(ROOT);
  const stale = [...pages].filter(
    ([path, content]) => !FILES.includes(path) || read(path) !== content,
  );
  expect(stale.map(([path]) => path)).toEqual([]);
  const orphans = FILES.filter((path) => path.startsWith('docs/machines/') && !pages.has(path));
  expect(orphans).toEqual([]);
});
