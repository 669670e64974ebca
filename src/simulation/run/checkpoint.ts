import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { ok, type Failure, type Result } from '../../codec/failure.ts';
import { simulationError, simulationFail } from '../errors.ts';
import type { Tallies } from '../tally.ts';
import { fromWire, toWire } from './wire.ts';

const FORMAT = 'aivm-simulation/1';

/** What decides, beside the key of a work and the run, what comes of it. */
export interface Identity {
  readonly seed: string;
  /** Of the program: another may play by other rules. */
  readonly version: string;
}

const placeOf = (key: string, from: number, to: number): string => `${key} ${from} ${to}`;

const jsonOf = (line: string): unknown => {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    // The last line of a process that was stopped while it wrote: those runs are played again.
    return undefined;
  }
};

const shardOf = (json: unknown): readonly [string, Tallies] | undefined => {
  if (!Array.isArray(json)) return undefined;
  const [key, from, to, wire] = json as readonly unknown[];
  if (typeof key !== 'string' || typeof from !== 'number' || typeof to !== 'number') {
    return undefined;
  }
  const tallies = fromWire(wire);
  return tallies === undefined ? undefined : [placeOf(key, from, to), tallies];
};

const unusable = (file: string, cause: string) =>
  simulationFail('simulation/checkpoint-unusable', { file, cause });

/** A file of finished shards, a line each: a simulation that was stopped goes on from it. */
export class Checkpoint {
  readonly #file: string;
  readonly #known: Map<string, Tallies>;

  private constructor(file: string, known: Map<string, Tallies>) {
    this.#file = file;
    this.#known = known;
  }

  /** Opens a file, or begins one. Refused if it is of another seed, program or kind. */
  static open(file: string, { seed, version }: Identity): Result<Checkpoint, Failure> {
    const head = JSON.stringify([FORMAT, version, seed]);
    try {
      const stats = statSync(file, { throwIfNoEntry: false });
      // A device or a pipe may never come to its end.
      if (stats !== undefined && !stats.isFile()) return unusable(file, 'it is no regular file');
      const text = stats === undefined ? '' : readFileSync(file, 'utf8');
      // Stopped before the first line was whole: nothing was done yet.
      if (head.startsWith(text)) {
        writeFileSync(file, `${head}\n`);
        return ok(new Checkpoint(file, new Map()));
      }
      const [found = '', ...lines] = text.split('\n');
      if (found !== head) {
        return simulationFail('simulation/other-checkpoint', { file, expected: head });
      }
      // What comes next must not become a part of a line that was torn.
      if (!text.endsWith('\n')) appendFileSync(file, '\n');
      const shards = lines
        .map((line) => shardOf(jsonOf(line)))
        .filter((each) => each !== undefined);
      return ok(new Checkpoint(file, new Map(shards)));
    } catch (error) {
      return unusable(file, String(error));
    }
  }

  of(key: string, from: number, to: number): Tallies | undefined {
    return this.#known.get(placeOf(key, from, to));
  }

  /** Throws an AivmError with what the operating system says, such as that the disk is full. */
  add(key: string, from: number, to: number, tallies: Tallies): void {
    try {
      appendFileSync(this.#file, `${JSON.stringify([key, from, to, toWire(tallies)])}\n`);
    } catch (error) {
      const about = { file: this.#file, cause: String(error) };
      throw simulationError('simulation/checkpoint-unusable', about);
    }
  }
}
