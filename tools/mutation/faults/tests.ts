// Which tests answer for a seeded fault, and in what order they are asked.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fault } from './fault.ts';

/**
 * Left out: what starts processes, browsers, engines or whole nodes, or plays for minutes. It holds
 * other things than rules, and would find a fault long after the tests of the rule itself.
 */
const SLOW = [
  /^test\/(?:engines|soak|tidy)\//,
  /^test\/unit\/(?:calibration|cli|demo|demo-model|exploration|testing)\//,
  /^test\/unit\/[^/]+\.test\.ts$/,
  /^test\/unit\/runtime\/kill\.test\.ts$/,
  /^test\/unit\/store\/crash\.test\.ts$/,
  /^test\/unit\/tee\/(?:command|conformance|conformance-noble)\.test\.ts$/,
  /^test\/unit\/machines\/real-outputs\//,
  /^test\/properties\/(?:determinism|faults|invariants|model|simulation|spec)\//,
];

const startsWith = (test: string, folder: string): boolean => test.startsWith(`${folder}/`);

/** One that replaces modules cannot share them with others. */
const sharesModules = (root: string, test: string): boolean =>
  !/\bvi\.mock\(/.test(readFileSync(join(root, test), 'utf8'));

const allTests = (root: string): readonly string[] =>
  globSync('test/**/*.test.ts', { cwd: root })
    .toSorted()
    .filter((test) => sharesModules(root, test));

/** Tests of the folder of the source come before those of others, golden vectors last. */
const distance = (test: string, area: string): number => {
  if (test.startsWith('test/vectors/')) return 2;
  return test.split('/').includes(area) ? 0 : 1;
};

/** The tests that are asked first, and those that are asked if they find nothing. */
export const testsFor = (
  root: string,
  { file, near }: Fault,
): readonly [near: readonly string[], rest: readonly string[]] => {
  const tests = allTests(root);
  const [, area = ''] = file.split('/');
  const first = near.flatMap((folder) => {
    const isFast = (test: string): boolean => !SLOW.some((each) => each.test(test));
    const found = tests.filter(
      (test) => test === folder || (startsWith(test, folder) && isFast(test)),
    );
    if (found.length === 0) throw new Error(`There is no test in ${folder}, near ${file}.`);
    return found;
  });
  const rest = tests
    .filter((test) => !first.includes(test) && !SLOW.some((each) => each.test(test)))
    .toSorted((a, b) => distance(a, area) - distance(b, area));
  return [[...new Set(first)], rest];
};
