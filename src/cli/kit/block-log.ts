import type { RunningNode } from '../../hosts/index.ts';
import type { CommittedNotice, LogEntry } from '../../runtime/index.ts';
import type { Output } from './output.ts';
import { colours, errorColours, isTerminal } from './terminal.ts';

/** Where there is no terminal, one line tells of so many blocks without transactions. */
const QUIET_BLOCKS = 100n;
const CLEAR_LINE = '\r\u001b[2K';
const ID_DIGITS = 12;

const clock = (seconds: bigint): string =>
  new Date(Number(seconds) * 1_000).toISOString().slice(11, 19);

/** Which of them were refused; the receipts of a block that was just committed are there. */
const refusedIn = ({ node }: RunningNode, height: bigint): number => {
  const receipts = node.chain.receipts(height);
  if (!receipts.ok || receipts.value === undefined) return 0;
  const all = receipts.value.receipts;
  return all.filter(({ receipt }) => receipt.outcome.type === 'refused').length;
};

const lineOf = (notice: CommittedNotice, refused: number): string => {
  const { height, time, transactions, root } = notice;
  const bad = refused === 0 ? '' : colours.red(` ${refused} refused`);
  const count = `${transactions} tx${transactions === 1 ? '' : 's'}`;
  return (
    `${colours.dim(clock(time))} ${colours.bold(`#${height}`)} ${count}${bad} ` +
    colours.dim(`root ${root.slice(0, ID_DIGITS)}…`)
  );
};

/**
 * The live log of a node: a line for each block with transactions. Blocks without any share one
 * line that is written over on a terminal, and show only now and then elsewhere.
 */
export class BlockLog {
  readonly #out: Output;
  readonly #isLive = isTerminal(process.stdout);
  #isOpen = false;

  constructor(out: Output) {
    this.#out = out;
  }

  block(running: RunningNode, notice: CommittedNotice): void {
    const { height, blockId, time, root, transactions } = notice;
    if (this.#out.isJson) {
      this.#out.line({ event: 'block', height, blockId, time, root, transactions });
      return;
    }
    if (transactions === 0 && !this.#isLive && height % QUIET_BLOCKS !== 0n) return;
    const refused = transactions === 0 ? 0 : refusedIn(running, height);
    this.#write(lineOf(notice, refused), transactions === 0);
  }

  /** A line of the node itself: only what a person must know is shown. */
  entry({ level, message, details }: LogEntry): void {
    if (level === 'Debug' || level === 'Trace' || level === 'Info') return;
    this.#close();
    const colour = level === 'Warn' ? errorColours.yellow : errorColours.red;
    process.stderr.write(`${colour(level.toLowerCase())} ${message} ${shown(details)}\n`);
  }

  end(signal: string): void {
    this.#close();
    if (this.#out.isJson) this.#out.line({ event: 'stopping', signal });
    else process.stdout.write(`${signal}: closing the database\n`);
  }

  #write(line: string, isPassing: boolean): void {
    if (!this.#isLive) {
      process.stdout.write(`${line}\n`);
      return;
    }
    process.stdout.write(`${this.#isOpen ? CLEAR_LINE : ''}${line}${isPassing ? '' : '\n'}`);
    this.#isOpen = isPassing;
  }

  #close(): void {
    if (this.#isOpen) process.stdout.write('\n');
    this.#isOpen = false;
  }
}

const shown = (details: LogEntry['details']): string =>
  Object.entries(details)
    .map(([name, value]) => `${name}=${value instanceof Error ? value.message : String(value)}`)
    .join(' ');
