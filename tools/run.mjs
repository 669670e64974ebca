#!/usr/bin/env node
// Runs a TypeScript source, or the binary of an installed package, on a Node that is new enough.
// The sources need type stripping and `effect` needs 22.19; many machines still carry Node 20, so a
// script-free Node from the lockfile stands in there. Usage: node tools/run.mjs FILE.ts|BIN [ARGS].
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGE_OF = { tsc: 'typescript' };
const LOWEST = [22, 19];
const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

const isNewEnough = (version) => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > LOWEST[0] || (major === LOWEST[0] && minor >= LOWEST[1]);
};

const bundledNode = () => {
  const os = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${os}-${process.arch}`;
  const file = join(root, 'node_modules', name, 'bin', os === 'win' ? 'node.exe' : 'node');
  return existsSync(file) ? file : undefined;
};

/**
 * The Node that the person runs. Under npm it is the one npm itself runs on: `node` would be found
 * in node_modules/.bin first, where the binaries for the determinism tests are linked.
 */
const presentNode = () => {
  const { npm_node_execpath: path, npm_config_user_agent: agent = '' } = process.env;
  const version = /\bnode\/v(\S+)/.exec(agent)?.[1];
  return path === undefined || version === undefined
    ? { path: process.execPath, version: process.versions.node }
    : { path, version };
};

const findNode = () => {
  const present = presentNode();
  if (isNewEnough(present.version)) return present.path;
  const bundled = bundledNode();
  if (bundled !== undefined) return bundled;
  process.stderr.write(
    `aivm needs Node ${LOWEST.join('.')} or newer and this is ${present.version}: install a ` +
      'newer Node, or run "npm ci" on Linux or Windows, where the lockfile brings one.\n',
  );
  process.exit(1);
};

const findScript = (name) => {
  if (/\.[cm]?[jt]s$/.test(name)) return resolve(root, name);
  const manifest = join(root, 'node_modules', PACKAGE_OF[name] ?? name, 'package.json');
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8'));
  return join(dirname(manifest), typeof bin === 'string' ? bin : bin[name]);
};

const [name, ...args] = process.argv.slice(2);
if (name === undefined) {
  process.stderr.write('usage: node tools/run.mjs FILE.ts|BIN [ARGS]\n');
  process.exit(2);
}
const flags = ['--conditions=aivm-source', '--disable-warning=ExperimentalWarning'];
const child = spawn(findNode(), [...flags, findScript(name), ...args], { stdio: 'inherit' });
// A terminal signals the whole group; a supervisor signals only this process, so pass it on.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
child.on('exit', (status, signal) => process.exit(status ?? (signal === 'SIGINT' ? 130 : 1)));
