// The Node binaries on which a result can be compared. PROTOCOL §10 asks for the same state on any
// engine, so the determinism tests run one script on the lowest and on the newest supported Node.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A Node binary that runs here. */
export interface NodeBinary {
  readonly name: 'present' | 'lowest' | 'bundled' | 'latest';
  /** As `process.versions.node` has it: without the `v`. */
  readonly version: string;
  readonly path: string;
}

/** A Node binary that is not available here, and why, for the message of a skipped test. */
export interface AbsentNode {
  readonly name: NodeBinary['name'];
  readonly reason: string;
}

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const FLAGS = ['--conditions=aivm-source', '--disable-warning=ExperimentalWarning'];
/** Output of one run: enough for a list of roots, small enough to hold. */
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

const bundled = (name: string): string => {
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  return join(root, 'node_modules', name, 'bin', file);
};

/** The packages of tools/node/package.json; the ends of the range are for Linux on x64 only. */
const candidates = (): readonly { readonly name: NodeBinary['name']; readonly path: string }[] => {
  const os = process.platform === 'win32' ? 'win' : process.platform;
  return [
    { name: 'present', path: process.execPath },
    { name: 'lowest', path: bundled('node-lowest') },
    { name: 'bundled', path: bundled(`node-${os}-${process.arch}`) },
    { name: 'latest', path: bundled('node-latest') },
  ];
};

const versionOf = (path: string): string | undefined => {
  if (!existsSync(path)) return undefined;
  try {
    return execFileSync(path, ['--version'], { encoding: 'utf8' }).trim().replace(/^v/, '');
  } catch {
    // A package of another platform: installed by force, or seen through a shared folder.
    return undefined;
  }
};

let found: readonly (NodeBinary | AbsentNode)[] | undefined;

const find = (): readonly (NodeBinary | AbsentNode)[] =>
  (found ??= candidates().map(({ name, path }) => {
    const version = versionOf(path);
    if (version !== undefined) return { name, version, path };
    return { name, reason: `no ${name} Node for ${process.platform}-${process.arch} here` };
  }));

/** The Node binaries that run here, each version once: the present one first. */
export const nodes = (): readonly NodeBinary[] => {
  const binaries = find().filter((node) => 'path' in node);
  return binaries.filter(
    ({ version }, index) => binaries.findIndex((node) => node.version === version) === index,
  );
};

/** The Node binaries that are missing here: say so where a comparison is skipped. */
export const absentNodes = (): readonly AbsentNode[] => find().filter((node) => 'reason' in node);

/**
 * The standard output of one TypeScript or JavaScript file, given relative to the repository root,
 * on one Node. Throws when the script fails.
 */
export const runOn = (node: NodeBinary, file: string, args: readonly string[] = []): string =>
  execFileSync(node.path, [...FLAGS, join(root, file), ...args], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: MAX_OUTPUT_BYTES,
    env: { ...process.env, NODE_OPTIONS: '' },
  });
