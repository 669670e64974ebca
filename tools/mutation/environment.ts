// What a run of the tests is told, and what it tells.

export const ENVIRONMENT = {
  /** Key of the mutant that is on. */
  mutant: 'AIVM_MUTANT',
  /** A file that says which tests to run, as `Chosen`; without it, all. */
  chosen: 'AIVM_CHOSEN',
  /** Folder for what each test file reaches. */
  reached: 'AIVM_REACHED',
  /** Test files in the order in which they are to run, as JSON. */
  order: 'AIVM_TEST_ORDER',
} as const;

/** The mutants that the tests of a file come across, by the name of the test. */
export interface Reached {
  /** Path from the root. */
  readonly file: string;
  /** Those that are reached while the file is loaded: each of its tests may depend on them. */
  readonly loading: readonly string[];
  readonly tests: Readonly<Record<string, readonly string[]>>;
}

/** The tests to run, by file; a file that is not named runs whole. */
export type Chosen = Readonly<Record<string, readonly string[]>>;

/** What a test is called: its groups and itself. */
export const testName = (titles: readonly string[]): string => titles.join(' > ');
