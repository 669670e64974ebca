// Seeds one fault in a private copy of the tree and asks the tests.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runTests, UNTIL_FAILURE, type TestFile } from '../tests.ts';
import type { Workspace } from '../workspace.ts';
import type { Fault } from './fault.ts';
import { withFault } from './seed.ts';
import { testsFor } from './tests.ts';

/** More than all of the tests take on a busy machine. */
const LIMIT_MS = 1_200_000;

export interface Found {
  readonly fault: Fault;
  /** The file and the test that found it, or nothing. */
  readonly by: { readonly file: string; readonly test: string } | undefined;
}

/** What the type checker or the loader would say is not what a test has found. */
const NO_FINDING = /SyntaxError|ReferenceError|does not provide an export|Transform failed/;

/** Asks tests in their order; the first that fails, if any does. */
const firstFailure = async (
  root: string,
  files: readonly string[],
  name: string,
): Promise<Found['by']> => {
  if (files.length === 0) return undefined;
  const order = { root, files, name, limitMs: LIMIT_MS, flags: UNTIL_FAILURE };
  const run = await runTests(order);
  if (run.ended === 'passed') return undefined;
  if (run.ended === 'stopped') return { file: files[0] ?? '', test: 'does not come to an end' };
  const isFailed = ({ failed, unloaded }: TestFile): boolean =>
    failed !== undefined || unloaded !== undefined;
  const found = run.files.find(isFailed);
  if (found === undefined) throw new Error(`The tests could not run: ${run.output}`);
  const [why = ''] = (found.unloaded ?? '').split('\n');
  if (NO_FINDING.test(why)) throw new Error(`It does not run: ${why}`);
  return { file: found.file, test: found.failed ?? `is not loaded: ${why}` };
};

/** Files that were seen to pass without a fault, and others that were not. */
const sound = new Set<string>();
const unsound = new Set<string>();

/** A test that fails in any case finds nothing. */
const isSound = async (root: string, file: string, name: string): Promise<boolean> => {
  if (sound.has(file)) return true;
  const failure = await firstFailure(root, [file], name);
  (failure === undefined ? sound : unsound).add(file);
  if (failure !== undefined) {
    process.stderr.write(`${file} fails without a fault and is left out: ${failure.test}\n`);
  }
  return failure === undefined;
};

/** Asks with the fault in the source; afterwards the source is what it was. */
const ask = async (
  root: string,
  fault: Fault,
  groups: readonly (readonly string[])[],
  name: string,
): Promise<Found['by']> => {
  const path = join(root, fault.file);
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, withFault(text, fault));
  let by: Found['by'];
  try {
    for (const files of groups) {
      const trusted = files.filter((file) => !unsound.has(file));
      by ??= await firstFailure(root, trusted, name);
    }
  } finally {
    writeFileSync(path, text);
  }
  return by;
};

/**
 * The first test that finds the fault: those that are named near it are asked first, then all
 * others. That it passes without the fault is made sure of.
 */
export const find = async (
  { root }: Workspace,
  fault: Fault,
  name: string,
  isNearOnly: boolean,
): Promise<Found> => {
  const [near, rest] = testsFor(root, fault);
  const groups = isNearOnly ? [near] : [near, rest];
  for (;;) {
    const by = await ask(root, fault, groups, name);
    if (by === undefined || (await isSound(root, by.file, name))) return { fault, by };
  }
};
