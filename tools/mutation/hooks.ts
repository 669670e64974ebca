// Runs in the test process before each test file: it defines the switch of the mutants. A run names
// the one that is on, and the tests that reach it. The first run of all names none, and notes which
// mutants each test reaches.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, expect } from 'vitest';
import { ENVIRONMENT, testName, titlesOf, type Chosen, type Reached } from './environment.ts';
import { SWITCH } from './mutants.ts';

const { [ENVIRONMENT.mutant]: active, [ENVIRONMENT.chosen]: list } = process.env;
const folder = process.env[ENVIRONMENT.reached];
const chosen = list === undefined ? undefined : (JSON.parse(readFileSync(list, 'utf8')) as Chosen);

const loading = new Set<string>();
const tests: Record<string, Set<string>> = {};
let reached = loading;

const isOn = (key: string): boolean => key === active;
const note = (key: string): boolean => {
  reached.add(key);
  return false;
};

// One counterexample is enough: nobody reads it.
fc.configureGlobal({ ...fc.readConfigureGlobal(), endOnFailure: true });

Object.assign(globalThis, { [SWITCH]: folder === undefined ? isOn : note });

const path = (): string => relative(process.cwd(), expect.getState().testPath ?? '');

beforeEach(({ task, skip }) => {
  const name = testName(titlesOf(task));
  reached = tests[name] ??= new Set();
  const wanted = chosen?.[path()];
  if (wanted !== undefined && !wanted.includes(name)) skip();
});

if (folder !== undefined) {
  afterAll(() => {
    const file = path();
    const noted: Reached = {
      file,
      loading: [...loading],
      tests: Object.fromEntries(Object.entries(tests).map(([name, keys]) => [name, [...keys]])),
    };
    const name = createHash('sha256').update(file).digest('hex');
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(noted));
  });
}
