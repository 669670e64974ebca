// What a run of the tests is told, and what it tells.

export const ENVIRONMENT = {
  /** Key of the mutant that is on. */
  mutant: 'AIVM_MUTANT',
  /** A file that says which tests to run, as `Chosen`; without it, all. */
  chosen: 'AIVM_CHOSEN',
  /** Folder for what each test file reaches. */
  reached: 'AIVM_REACHED',
  /** A file with a `Batch`: many mutants in one process, one test at a time. */
  batch: 'AIVM_BATCH',
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

/** Mutants to be tried in one process. */
export interface Batch {
  /** Keys of the mutants that each test reaches: by file, by test. */
  readonly tests: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /** A mutant is let go once its tests have taken so long; 0: never. */
  readonly budgetMs: number;
  /** Lines of `Found` are added to this file. */
  readonly found: string;
  /** The mutant that is on stands in this file, so that one who watches knows which one hangs. */
  readonly at: string;
}

/** A mutant of a batch and the test that found it, or none if its budget is spent. */
export interface Found {
  readonly key: string;
  readonly by?: string;
  readonly test?: string;
}

/** A test file of a batch that is done. */
export interface Past {
  readonly past: string;
}

/** What a test is called: its groups and itself. */
export const testName = (titles: readonly string[]): string => titles.join(' > ');

interface Titled {
  readonly name: string;
  readonly suite?: Titled | undefined;
}

export const titlesOf = ({ name, suite }: Titled): readonly string[] =>
  suite === undefined ? [name] : [...titlesOf(suite), name];
