import type { Session } from './session.ts';

/** What is written in front of a description: `<to>`, `[height]`, `--gas-limit <gas>`. */
export type Described = readonly [form: string, description: string];

/** A command line that works, and what it does. */
export type Example = readonly [line: string, does: string];

/** The arguments and options of one call. Names of options in camel case, as commander has them. */
export interface Input {
  readonly arguments: readonly (string | readonly string[] | undefined)[];
  readonly options: Readonly<Record<string, unknown>>;
}

/** A command as data: what people read of it, and what it does. */
export interface CommandSpec {
  readonly name: string;
  readonly summary: string;
  /** More, where the summary does not say all that one must know beforehand. */
  readonly details?: string;
  readonly arguments?: readonly Described[];
  readonly options?: readonly Described[];
  readonly examples: readonly Example[];
  readonly run: (input: Input, session: Session) => Promise<void>;
}

/** Commands under one word, such as `aivm keys`. */
export interface GroupSpec {
  readonly name: string;
  readonly summary: string;
  readonly commands: readonly CommandSpec[];
}
