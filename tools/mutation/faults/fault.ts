/** A fault that a person might make, as a change of the text of one source. */
export interface Fault {
  readonly name: string;
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly from: string;
  readonly to: string;
  /** Folders and files of tests that are most likely to find it: they run first. */
  readonly near: readonly string[];
}
