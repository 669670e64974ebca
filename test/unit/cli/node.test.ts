// A node as its operator runs it: in a process of its own, killed, started, checked, replayed.
import type { ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { formatAddress, HRP } from '../../../src/codec/index.ts';
import { developmentAccounts } from '../../../src/genesis/development.ts';
import {
  answerOf,
  ended,
  failureOf,
  runAivm,
  spawnAivm,
  temporaryFolder,
  textOf,
  type Ended,
} from './support.ts';

const home = temporaryFolder(true);
const data = join(home, 'chain of mine');
const children = new Set<ChildProcess>();

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(home, { recursive: true, force: true });
});

const aivm = (...args: readonly string[]): Promise<Ended> => runAivm(args, home);

interface Started {
  readonly child: ChildProcess;
  readonly url: string;
  readonly height: string;
  readonly output: { readonly text: string };
}

/** Starts a node and waits until it says where it listens. */
const start = async (...args: readonly string[]): Promise<Started> => {
  const child = spawnAivm(['start', '--data', data, '--listen', '0', '--json', ...args], home);
  children.add(child);
  const output = textOf(child.stdout);
  const errors = textOf(child.stderr);
  const isOver = ended(child).then(() => true);
  for (;;) {
    const [line = '', ...rest] = output.text.split('\n');
    if (rest.length > 0) {
      const { url, height } = JSON.parse(line) as { url: string; height: string };
      return { child, url, height, output };
    }
    const pause = new Promise<false>((resolve) => {
      setTimeout(() => resolve(false), 20);
    });
    if (await Promise.race([isOver, pause])) throw new Error(errors.text);
  }
};

const kill = async ({ child }: Started, signal: NodeJS.Signals): Promise<number | null> => {
  const code = ended(child);
  child.kill(signal);
  return code;
};

describe('a data directory', () => {
  it('is made once, and says the same of the same genesis', async () => {
    const args = ['init', '--preset', 'local', '--time', '1800000000', '--data'];
    const [first, second] = await Promise.all([
      answerOf([...args, data], home),
      answerOf([...args, join(home, 'other')], home),
    ]);
    expect(first['chainId']).toMatch(/^[0-9a-f]{64}$/);
    for (const name of ['chainId', 'root', 'blockId', 'supplyNlux']) {
      expect(second[name], name).toBe(first[name]);
    }
    const again = await aivm(...args, data, '--json');
    expect(again.code).toBe(6);
    expect(failureOf(again).code).toBe('cli/data-exists');
    const file = join(data, 'genesis.json');
    const copied = await answerOf(['init', '--genesis', file, '--data', join(home, 'copy')], home);
    expect(copied['chainId']).toBe(first['chainId']);
  });

  it('prints development accounts with a warning that cannot be overlooked', async () => {
    const shown = await aivm('init', '--preset', 'local', '--data', join(home, 'shown'));
    const [account] = developmentAccounts(1);
    expect(shown.stdout).toContain(formatAddress(account?.address ?? '', HRP.local));
    expect(shown.stdout).toContain(account?.privateKey);
    expect(shown.stderr).toMatch(/WARNING .*Everybody knows the private keys/);
  });

  it('is not made from a genesis that is wrong, and the wrong field is named', async () => {
    const file = join(home, 'wrong.json');
    writeFileSync(file, '{"network": "local", "allocations": {"A-local1q": "5 LUX"}}');
    const wrong = await aivm('init', '--genesis', file, '--data', join(home, 'none'), '--json');
    expect(wrong.code).toBe(2);
    expect(failureOf(wrong)).toMatchObject({ details: { file } });
    expect(failureOf(wrong).code).toMatch(/^genesis\//);
    const nobody = await aivm(
      'init',
      '--preset',
      'mainnet',
      '--data',
      join(home, 'none'),
      '--json',
    );
    expect(failureOf(nobody).code).toBe('genesis/no-allocation');
    const missing = await aivm('start', '--data', join(home, 'none'), '--json');
    expect(missing.code).toBe(6);
    expect(failureOf(missing).code).toBe('cli/data-missing');
  });
});

describe('a node', () => {
  it('goes on after a kill with every block that it acknowledged, and replays', async () => {
    await aivm('keys', 'dev', '--count', '2');
    const first = await start('--on-demand');
    const transfer = ['account', 'transfer', 'dev1', '1.5lux', '--from', 'dev0', '--url'];
    const sent = await answerOf([...transfer, first.url], home);
    expect(sent).toMatchObject({ outcome: 'applied', height: '1' });
    const busy = await aivm('start', '--data', data, '--listen', '0', '--json');
    expect(busy.code).toBe(6);
    expect(failureOf(busy).code).toBe('store/locked');
    const port = new URL(first.url).port;
    const taken = await aivm('start', '--data', join(home, 'other'), '--listen', port, '--json');
    expect(taken.code).toBe(6);
    expect(failureOf(taken).code).toBe('hosts/port-in-use');
    expect(await kill(first, 'SIGKILL')).toBeNull();

    const second = await start('--on-demand');
    expect(second.height).toBe('1');
    expect(await answerOf([...transfer, second.url], home)).toMatchObject({ height: '2' });
    const status = await answerOf(['status', '--url', second.url], home);
    expect(status).toMatchObject({ status: 'ok', height: '2', burnedNlux: '0' });
    const remote = await answerOf(['state-hash', '--by-actor', '--url', second.url], home);
    expect(await kill(second, 'SIGTERM')).toBe(0);
    expect(second.output.text).toContain('"event":"stopping"');

    const [hashes, checked, replayed] = [
      await answerOf(['state-hash', '--by-actor', '--local', '--data', data], home),
      await answerOf(['check', '--data', data], home),
      await answerOf(['replay', '--data', data], home),
    ];
    expect(hashes).toEqual(remote);
    expect(checked).toMatchObject({ ok: true, height: '2', root: hashes['root'] });
    expect(replayed).toMatchObject({ ok: true, to: '2', root: hashes['root'] });
    const compared = join(home, 'hashes.json');
    const actors = (hashes['actors'] as readonly { actor: string; hash: string }[]).slice(1);
    writeFileSync(compared, JSON.stringify({ ...hashes, actors }));
    const differ = await aivm('state-hash', '--compare', compared, '--local', '--data', data);
    expect(differ.code).toBe(1);
    expect(differ.stdout).toMatch(/^1 difference/m);
  });

  it('that is not there is told from a command that is wrong', async () => {
    const url = 'http://127.0.0.1:1';
    const [unreachable, scheme, unknown, option, missing] = await Promise.all([
      aivm('status', '--url', url, '--json'),
      aivm('status', '--url', 'ftp://nowhere', '--json'),
      aivm('frobnicate', '--json'),
      aivm('keys', 'list', '--frobnicate', '--json'),
      aivm('account', 'transfer', 'bob', '1', '--url', url, '--json'),
    ]);
    expect([unreachable.code, failureOf(unreachable).code]).toEqual([3, 'client/unreachable']);
    expect([scheme.code, failureOf(scheme).code]).toEqual([2, 'cli/bad-option']);
    expect([unknown.code, failureOf(unknown).code]).toEqual([2, 'cli/usage']);
    expect([option.code, failureOf(option).code]).toEqual([2, 'cli/usage']);
    expect([missing.code, failureOf(missing).code]).toEqual([2, 'cli/key-missing']);
  });
});

describe('keys on the command line', () => {
  const secret = { environment: { AIVM_PASSPHRASE: 'a long passphrase' } };

  it('are made, exported and imported with the same address, and never overwritten', async () => {
    const made = await answerOf(['keys', 'new', 'alice'], home, secret.environment);
    expect(made).toMatchObject({ name: 'alice', kind: 'encrypted' });
    const exported = await runAivm(['keys', 'export', 'alice', '--yes'], home, secret);
    expect(exported.stdout).toMatch(/^[0-9a-f]{64}\n$/);
    const args = ['keys', 'import', 'copy', '--file', '-', '--json'];
    const imported = await runAivm(args, home, { ...secret, input: exported.stdout });
    expect(JSON.parse(imported.stdout)).toMatchObject({ address: made['address'] });
    const again = await runAivm(['keys', 'new', 'alice', '--json'], home, secret);
    expect([again.code, failureOf(again).code]).toEqual([5, 'keystore/name-taken']);
  });

  it('stay closed to a wrong passphrase, to none, and to a short one', async () => {
    const wrong = { environment: { AIVM_PASSPHRASE: 'another passphrase' } };
    const exporting = ['keys', 'export', 'alice', '--yes', '--json'];
    const closed = await runAivm(exporting, home, wrong);
    expect([closed.code, failureOf(closed).code]).toEqual([5, 'keystore/wrong-passphrase']);
    const [none, short, silent] = await Promise.all([
      aivm(...exporting),
      runAivm(['keys', 'new', 'b', '--json'], home, { environment: { AIVM_PASSPHRASE: 'short' } }),
      runAivm(['keys', 'export', 'alice', '--json'], home, secret),
    ]);
    expect([none.code, failureOf(none).code]).toEqual([5, 'cli/passphrase-missing']);
    expect([short.code, failureOf(short).code]).toEqual([5, 'cli/passphrase-short']);
    expect([silent.code, failureOf(silent).code]).toEqual([1, 'cli/not-confirmed']);
    expect([none.stdout, short.stdout, silent.stdout]).toEqual(['', '', '']);
  });
});

describe('aivm hash', () => {
  it('gives what sha256sum gives for files in a row, empty and large ones too', async () => {
    const large = Buffer.alloc(3_000_001, 'weights');
    const folder = temporaryFolder();
    const files = ['a', 'b', 'c'].map((name) => join(folder, name));
    [large, Buffer.alloc(0), Buffer.from('end')].forEach((bytes, at) => {
      writeFileSync(files[at] ?? '', bytes);
    });
    symlinkSync(files[0] ?? '', join(folder, 'link'));
    const expected = createHash('sha256').update(large).update('end').digest('hex');
    const hashed = await answerOf(['hash', ...files], home);
    expect(hashed).toEqual({ sha256: expected, bytes: 3_000_004, files });
    mkdirSync(join(folder, 'directory'));
    for (const name of ['directory', 'nothing']) {
      const failed = await aivm('hash', join(folder, name), '--json');
      expect([failed.code, failureOf(failed).code], name).toEqual([2, 'cli/file-unreadable']);
    }
  });
});
