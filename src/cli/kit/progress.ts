import cliProgress from 'cli-progress';
import { errorColours, isTerminal } from './terminal.ts';

/** What takes longer than this says that it is at work. */
const PATIENCE_MS = 1_000;
const FRAME_MS = 120;
const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const CLEAR_LINE = '\r\u001b[2K';

const spin = (label: string): (() => void) => {
  let frame = 0;
  const timer = setInterval(() => {
    frame += 1;
    const mark = errorColours.cyan(FRAMES[frame % FRAMES.length] ?? '');
    process.stderr.write(`${CLEAR_LINE}${mark} ${label}`);
  }, FRAME_MS);
  return () => {
    clearInterval(timer);
    process.stderr.write(CLEAR_LINE);
  };
};

/**
 * Does something that may take a while. After a second a spinner says what, or one line where
 * standard error is no terminal.
 */
export const withSpinner = async <T>(label: string, work: () => Promise<T>): Promise<T> => {
  let done = (): void => {};
  const patience = setTimeout(() => {
    if (isTerminal(process.stderr)) done = spin(label);
    else process.stderr.write(`${label}\n`);
  }, PATIENCE_MS);
  try {
    return await work();
  } finally {
    clearTimeout(patience);
    done();
  }
};

export interface Bar {
  /** So much is done, of the total. */
  readonly at: (done: number) => void;
}

const SILENT: Bar = { at: () => {} };

/**
 * Does something of which the whole is known, with a bar that appears after a second. `format` is
 * that of cli-progress; without a terminal only one line says what is done.
 */
export const withBar = async <T>(
  label: string,
  total: number,
  work: (bar: Bar) => Promise<T>,
): Promise<T> => {
  if (!isTerminal(process.stderr)) return withSpinner(label, () => work(SILENT));
  const bar = new cliProgress.SingleBar({
    stream: process.stderr,
    format: `${label} [{bar}] {percentage} %, {eta_formatted} left`,
    clearOnComplete: true,
    hideCursor: true,
  });
  const begin = Date.now();
  let isShown = false;
  try {
    return await work({
      at: (done) => {
        if (!isShown && Date.now() - begin < PATIENCE_MS) return;
        if (!isShown) bar.start(total, done);
        isShown = true;
        bar.update(done);
      },
    });
  } finally {
    if (isShown) bar.stop();
  }
};
