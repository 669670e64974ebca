// A vitest reporter for the last line of a run, in one fixed form: `N passed, N failed, N skipped`.
import type { Reporter, TestModule, TestSuite } from 'vitest/node';

/** Counts of one run. */
export interface Totals {
  passed: number;
  failed: number;
  skipped: number;
}

type Errors = readonly unknown[];

/**
 * Counts tests by their result. What goes wrong outside a test counts as one failure for each
 * error: a file that cannot be loaded, a hook of a suite, an unhandled rejection; else a run that
 * failed could end in `0 failed`. A test that never ran counts as failed too.
 */
export const count = (modules: readonly TestModule[], unhandled: Errors): Totals => {
  const totals: Totals = { passed: 0, failed: unhandled.length, skipped: 0 };
  const addErrors = (part: TestModule | TestSuite): void => {
    totals.failed += part.errors().length;
  };
  for (const module of modules) {
    addErrors(module);
    for (const suite of module.children.allSuites()) addErrors(suite);
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      totals[state === 'pending' ? 'failed' : state] += 1;
    }
  }
  return totals;
};

export const line = ({ passed, failed, skipped }: Totals): string =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`;

export default class Summary implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: Errors): void {
    const totals = count(modules, unhandled);
    // Other reporters write their own summary in the same turn: this line is to be the last one.
    process.once('exit', () => process.stdout.write(`${line(totals)}\n`));
    if (totals.failed > 0) process.exitCode = 1;
  }
}
