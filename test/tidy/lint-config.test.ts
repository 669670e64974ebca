// Runs the linter with the project's own configuration over a small tree of violations: a rule that
// works but is not switched on for a folder protects nothing.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ENGINE_FILES, PURE_FOLDERS } from '../../tools/lint/layers.ts';

interface Diagnostic {
  readonly code?: string;
  readonly filename: string;
}

const root = resolve(import.meta.dirname, '../..');

/** A folder at each depth in which the determinism bans hold. */
const PURE = [...PURE_FOLDERS, 'src/codec/tree', 'src/tee/quote', 'src/machines/provider'];
const NOT_PURE = ['src/runtime/store', 'src/hosts', 'src/cli', 'demo/model', 'test/unit'];

/** Rule of the report, by one statement that breaks it. */
const DETERMINISM: readonly (readonly [rule: string, code: string])[] = [
  ['aivm(no-async)', 'export const f = async () => 1;'],
  ['aivm(no-float)', 'export const f = (x: number) => x / 2;'],
  ['aivm(no-locale)', "export const f = (x: string) => x.localeCompare('y');"],
  ['aivm(no-throw)', "export const f = () => { throw new Error('x'); };"],
  ['aivm(no-unordered)', 'export const f = (x: bigint[]) => { x.sort(); };'],
  ...[
    'Date.now()',
    'performance.now()',
    'setTimeout(() => 1)',
    'Promise.resolve(1)',
    'new Intl.Collator()',
    'crypto.randomUUID()',
    'console.log(1)',
    'process.env',
    'globalThis.Date',
    'Buffer.alloc(1)',
    'new Float64Array(1)',
    'Infinity',
  ].map((code) => ['eslint(no-restricted-globals)', `export const f = () => ${code};`] as const),
];

const JSON_STATE = 'export const f = (x: object) => JSON.stringify(x);';
const JSON_RULE = 'eslint(no-restricted-properties)';
const lines = (count: number): string => '  f();\n'.repeat(count);

/** File → rules that must be reported in it, each of them and no other. */
const cases = new Map<string, { readonly code: string; readonly rules: readonly string[] }>();
const add = (file: string, code: string, ...rules: string[]): void => {
  cases.set(file, { code, rules });
};

for (const folder of PURE) {
  DETERMINISM.forEach(([rule, code], index) => add(`${folder}/bad-${index}.ts`, code, rule));
}
for (const folder of NOT_PURE) {
  DETERMINISM.forEach(([, code], index) => add(`${folder}/good-${index}.ts`, code));
}
for (const file of ENGINE_FILES) {
  add(file, "import { hash } from 'node:crypto';\nexport const f = () => hash('sha256', 'x');");
}
for (const folder of [
  'src/machines/x',
  'src/actors',
  'src/runtime/execution',
  'src/runtime/tree',
]) {
  add(`${folder}/json.ts`, JSON_STATE, JSON_RULE);
}
add('src/tee/json.ts', JSON_STATE);
add('src/codec/schema/reader.ts', "export const f = () => { throw new Error('x'); };");
add('src/machines/x/machine.ts', "export const x = { type: 'final' };", 'aivm(flat-machine)');
add('src/machines/x/record.ts', "export const x = { type: 'final' };");
add('src/codec/up.ts', "export * from '../actors/x.ts';", 'aivm(imports)');
add('src/hosts/barrel.ts', "export { Effect } from 'effect';", 'aivm(imports)');
add('src/hosts/good.ts', "export { runSync } from 'effect/Effect';");
add('src/hosts/a.ts', "import { b } from './b.ts';\nexport const a = () => b;", 'import(no-cycle)');
add('src/hosts/b.ts', "import { a } from './a.ts';\nexport const b = () => a;", 'import(no-cycle)');
add('src/cli/any.ts', 'export const f = (x: any) => x;', 'typescript(no-explicit-any)');
add(
  'src/cli/long-function.ts',
  `export function g(f: () => void) {\n${lines(69)}}`,
  'eslint(max-lines-per-function)',
);
add('src/cli/fair-function.ts', `export function g(f: () => void) {\n${lines(68)}}`);
add('src/cli/long-file.ts', `export const x = 1;\n${'// y\n'.repeat(300)}`, 'eslint(max-lines)');
add(
  'test/unit/focus.test.ts',
  "import { test } from 'vitest';\ntest.only('x', () => {});",
  'vitest(no-focused-tests)',
  'vitest(expect-expect)',
);

describe('the configuration of the linter', () => {
  let directory: string;
  let status: number | null;
  const found = new Map<string, Set<string>>();

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'aivm-lint-'));
    const config = readFileSync(join(root, '.oxlintrc.json'), 'utf8').replaceAll(
      '"./',
      `"${root.replaceAll('\\', '/')}/`,
    );
    writeFileSync(join(directory, '.oxlintrc.json'), config);
    for (const [file, { code }] of cases) {
      mkdirSync(join(directory, dirname(file)), { recursive: true });
      writeFileSync(join(directory, file), `${code}\n`);
    }
    const oxlint = join(root, 'node_modules/oxlint/bin/oxlint');
    const run = spawnSync(process.execPath, [oxlint, '-f', 'json'], {
      cwd: directory,
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    });
    const { diagnostics } = JSON.parse(run.stdout) as { diagnostics: readonly Diagnostic[] };
    for (const { code = 'none', filename } of diagnostics) {
      const rules = found.get(filename) ?? new Set();
      found.set(filename, rules.add(code));
    }
    status = run.status;
  });

  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  test.each([...new Set([...cases.keys()].map(dirname))])('holds in %s', (folder) => {
    for (const [file, { code, rules }] of cases) {
      if (dirname(file) !== folder) continue;
      expect(found.get(file) ?? new Set(), `${file}: ${code}`).toEqual(new Set(rules));
    }
  });

  test('makes the command fail', () => {
    expect(status).toBe(1);
  });

  test('reports nothing but the violations that were laid out', () => {
    expect([...found.keys()].filter((file) => !cases.has(file))).toEqual([]);
  });
});
