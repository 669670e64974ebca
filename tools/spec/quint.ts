// Runs Quint's simulator. Its evaluator in TypeScript needs no network, no Java and no download.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
export const SPEC_FOLDER = join(ROOT, 'docs/spec');
export const SPEC_FILES = [
  'stake.qnt',
  'panels.qnt',
  'challenge.qnt',
  'disputes.qnt',
  'invariants.qnt',
] as const;

/** Where the package puts its command; `QUINT` names another installation. */
const COMMAND = 'node_modules/@informalsystems/quint/dist/src/cli.js';
export const quintCommand = (): string => process.env['QUINT'] ?? join(ROOT, COMMAND);

export const isQuintInstalled = (): boolean => existsSync(quintCommand());

export interface Simulation {
  /** A module file; its name is the main module. */
  readonly file: string;
  /** The same seed gives the same samples. */
  readonly seed: number;
  readonly samples: number;
  readonly steps: number;
  readonly invariants?: readonly string[];
  readonly witnesses?: readonly string[];
  /** Writes every sample there as an ITF file; `{seq}` in the name is its number. */
  readonly traces?: string;
}

export interface Simulated {
  /** The invariants that the last state of the report does not satisfy; none if all held. */
  readonly violated: readonly string[];
  readonly report: string;
}

/** How the report says so; names stand there only if there was more than one to check. */
const VIOLATED = 'error: Invariant violated';
const VIOLATED_NAME = /❌ (\w+)/g;

const argumentsOf = (simulation: Simulation): readonly string[] => {
  const { file, seed, samples, steps, traces, invariants = [], witnesses = [] } = simulation;
  return [
    'run',
    file,
    '--backend=typescript',
    `--seed=0x${seed.toString(16)}`,
    `--max-samples=${samples}`,
    `--max-steps=${steps}`,
    ...(traces === undefined ? [] : [`--n-traces=${samples}`, `--out-itf=${traces}`]),
    ...(invariants.length === 0 ? [] : ['--invariants', ...invariants]),
    ...(witnesses.length === 0 ? [] : ['--witnesses', ...witnesses]),
  ];
};

interface Ended {
  readonly status: number | null;
  readonly output: string;
}

const run = (args: readonly string[]): Promise<Ended> =>
  new Promise((done, fail) => {
    const child = spawn(process.execPath, [quintCommand(), ...args]);
    const parts: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => parts.push(part));
    child.stderr.on('data', (part: Buffer) => parts.push(part));
    child.on('error', fail);
    child.on('close', (status) => done({ status, output: Buffer.concat(parts).toString() }));
  });

/**
 * Simulates, and says whether the invariants held. Fails with Quint's own words where it could not
 * run: a file that does not parse is not a violation.
 */
export const simulate = async (simulation: Simulation): Promise<Simulated> => {
  const { status, output: report } = await run(argumentsOf(simulation));
  if (status === 0) return { violated: [], report };
  if (!report.includes(VIOLATED)) {
    throw new Error(`quint could not run ${simulation.file}:\n${report.slice(-4_000)}`);
  }
  const named = [...report.matchAll(VIOLATED_NAME)].map(([, name = '']) => name);
  return { violated: named.length > 0 ? named : (simulation.invariants ?? []), report };
};

/** Names that a module defines with `val`, and that begin like this. */
const valuesOf = (folder: string, pattern: RegExp): readonly string[] =>
  [...readFileSync(join(folder, 'invariants.qnt'), 'utf8').matchAll(/^ {2}val (\w+)/gm)]
    .map(([, name = '']) => name)
    .filter((name) => pattern.test(name));

/** `I1_supply` and the others, named after the list of invariants. */
export const invariantsOf = (folder: string = SPEC_FOLDER): readonly string[] =>
  valuesOf(folder, /^I\d+b?_/);

/** Situations that samples have to reach, or the simulation shows less than it seems to. */
export const witnessesOf = (folder: string = SPEC_FOLDER): readonly string[] =>
  valuesOf(folder, /^some/);
