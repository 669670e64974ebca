import picocolors from 'picocolors';

type Stream = NodeJS.WriteStream;

export const isTerminal = (stream: { readonly isTTY?: boolean }): boolean => stream.isTTY === true;

/**
 * Colour on a terminal only; NO_COLOR (no-color.org) turns it off everywhere, FORCE_COLOR on. Not
 * left to picocolors, which also colours what a CI job pipes into a file.
 */
const hasColour = (stream: Stream): boolean => {
  const { NO_COLOR: no = '', FORCE_COLOR: force = '', TERM: terminal } = process.env;
  if (no !== '') return false;
  if (force !== '' && force !== '0') return true;
  return isTerminal(stream) && terminal !== 'dumb';
};

export type Colours = ReturnType<typeof picocolors.createColors>;

/** Colours for what goes to standard output. */
export const colours: Colours = picocolors.createColors(hasColour(process.stdout));
/** Colours for what goes to standard error. */
export const errorColours: Colours = picocolors.createColors(hasColour(process.stderr));

/** Columns of a table may fill so much; what is piped away has no edge. */
export const outputColumns = (): number =>
  isTerminal(process.stdout) ? process.stdout.columns : Number.MAX_SAFE_INTEGER;
