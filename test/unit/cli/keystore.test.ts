import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { developmentKeys, importedKeypair } from '../../../src/cli/keystore/generate.ts';
import { newKeypair } from '../../../src/cli/keystore/generate.ts';
import { isKeyName, Keystore } from '../../../src/cli/keystore/keystore.ts';
import { parseKeyFile, renderKeyFile, type KeyFile } from '../../../src/cli/keystore/file.ts';
import { keypairOf } from '../../../src/codec/index.ts';
import { developmentAccounts } from '../../../src/genesis/development.ts';
import { temporaryFolder } from './support.ts';

const PASSPHRASE = 'correct horse battery staple';
const right = (): Promise<string> => Promise.resolve(PASSPHRASE);
const modeOf = (path: string): number => statSync(path).mode & 0o777;

const codeOf = (result: { ok: boolean; failure?: { code: string } }): string =>
  result.ok ? 'ok' : (result.failure?.code ?? '');

const withKey = async () => {
  const keystore = new Keystore(join(temporaryFolder(), 'keys'));
  const keypair = newKeypair();
  const added = await keystore.add('alice', keypair, PASSPHRASE);
  if (!added.ok) throw new Error(added.failure.message);
  return { keystore, keypair, path: added.value.path };
};

/** Rewrites a key file as someone would who also mends its checksum. */
const tamper = (path: string, change: (file: KeyFile) => KeyFile): void => {
  const file = parseKeyFile(readFileSync(path, 'utf8'));
  if (!file.ok) throw new Error(file.failure.message);
  writeFileSync(path, renderKeyFile(change(file.value)), { mode: 0o600 });
};

describe('a key in the keystore', () => {
  it('comes back with its passphrase, and only the owner can open its file', async () => {
    const { keystore, keypair, path } = await withKey();
    expect(modeOf(path)).toBe(0o600);
    expect(modeOf(keystore.path)).toBe(0o700);
    expect(readdirSync(keystore.path)).toEqual(['alice.json']);
    const text = readFileSync(path, 'utf8');
    expect(text).not.toContain(keypair.privateKey);
    expect(JSON.parse(text)).toMatchObject({
      version: 1,
      address: keypair.address,
      kdf: { name: 'scrypt', N: 131_072, r: 8, p: 1 },
      cipher: { name: 'aes-256-gcm', associatedData: 'address' },
    });
    const unlocked = await keystore.unlock('alice', right);
    expect(unlocked.ok && unlocked.value).toEqual(keypair);
  });

  it('stays closed to another passphrase, and to its own under another address', async () => {
    const { keystore, path } = await withKey();
    const wrong = await keystore.unlock('alice', () => Promise.resolve(`${PASSPHRASE} `));
    expect(codeOf(wrong)).toBe('keystore/wrong-passphrase');
    const other = newKeypair().address;
    tamper(path, (file) => ({ ...file, address: other }));
    expect(codeOf(await keystore.unlock('alice', right))).toBe('keystore/wrong-passphrase');
  });

  it('opens with the same passphrase however an accent is typed', async () => {
    const keystore = new Keystore(join(temporaryFolder(), 'keys'));
    const keypair = newKeypair();
    await keystore.add('alice', keypair, 'caf\u00e9 at night');
    const typed = await keystore.unlock('alice', () => Promise.resolve('cafe\u0301 at night'));
    expect(codeOf(typed)).toBe('ok');
  });

  it('says that its file is damaged, whichever byte is', async () => {
    const { keystore, path } = await withKey();
    const whole = readFileSync(path);
    for (let at = 0; at < whole.length; at += 7) {
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] ?? 0) ^ 1;
      writeFileSync(path, damaged);
      const code = codeOf(keystore.find('alice'));
      // White space between the fields says nothing.
      const isSame = JSON.stringify(safely(damaged)) === JSON.stringify(safely(whole));
      const expected = ['keystore/damaged', 'keystore/unsupported-version'];
      expect(isSame ? ['ok'] : expected, `byte ${at}`).toContain(code);
    }
    writeFileSync(path, whole.subarray(0, 100));
    expect(codeOf(keystore.find('alice'))).toBe('keystore/damaged');
    writeFileSync(path, 'x'.repeat(5_000));
    expect(codeOf(keystore.find('alice'))).toBe('keystore/damaged');
  });

  it('is not read with parameters that would exhaust the machine', async () => {
    const { keystore, path } = await withKey();
    const change = (N: number): void =>
      tamper(path, (file) =>
        file.kind === 'encrypted' ? { ...file, kdf: { ...file.kdf, N } } : file,
      );
    change(2 ** 30);
    expect(codeOf(keystore.find('alice'))).toBe('keystore/damaged');
  });
});

const safely = (bytes: Uint8Array): unknown => {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8')) as unknown;
  } catch {
    return bytes.length;
  }
};

describe('the folder of keys', () => {
  it('is refused while others may read it or a key in it, and says chmod', async () => {
    const { keystore, path } = await withKey();
    chmodSync(path, 0o640);
    const file = keystore.find('alice');
    expect(file).toMatchObject({
      failure: { code: 'keystore/wide-mode', details: { todo: `chmod 600 ${path}` } },
    });
    chmodSync(path, 0o600);
    chmodSync(keystore.path, 0o750);
    expect(keystore.list()).toMatchObject({
      failure: { code: 'keystore/wide-mode', details: { todo: `chmod 700 ${keystore.path}` } },
    });
  });

  it('never overwrites a key, and leaves nothing behind when it refuses', async () => {
    const { keystore, keypair } = await withKey();
    const again = await keystore.add('alice', newKeypair(), PASSPHRASE);
    expect(codeOf(again)).toBe('keystore/name-taken');
    expect(codeOf(keystore.addDevelopment('alice', keypair.address, 'seed'))).toBe(
      'keystore/name-taken',
    );
    expect(readdirSync(keystore.path)).toEqual(['alice.json']);
  });

  it('takes names that cannot be mistaken for anything else', () => {
    for (const name of ['a', 'dev0', 'my-key_2', 'x'.repeat(40)])
      expect(isKeyName(name)).toBe(true);
    const bad = [
      '',
      'Alice',
      '../x',
      'a.b',
      '-a',
      'é',
      'x'.repeat(41),
      '0'.repeat(40),
      'A-local1q',
    ];
    for (const name of bad) expect(isKeyName(name), name).toBe(false);
  });

  it('lists the good keys beside a damaged one, and none where there is no folder', async () => {
    const { keystore } = await withKey();
    writeFileSync(join(keystore.path, 'broken.json'), '{}', { mode: 0o600 });
    const listed = keystore.list();
    expect(listed.ok && listed.value.entries.map(({ name }) => name)).toEqual(['alice']);
    expect(listed.ok && listed.value.failures.map(({ code }) => code)).toEqual([
      'keystore/damaged',
    ]);
    const nowhere = new Keystore(join(keystore.path, 'nowhere'));
    expect(nowhere.list()).toEqual({ ok: true, value: { entries: [], failures: [] } });
    expect(existsSync(nowhere.path)).toBe(false);
  });

  it('is no file, and no key is removed that is not there', () => {
    const folder = temporaryFolder();
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(codeOf(new Keystore(file).list())).toBe('keystore/not-a-directory');
    const empty = join(folder, 'keys');
    mkdirSync(empty, { mode: 0o700 });
    expect(codeOf(new Keystore(empty).remove('alice'))).toBe('keystore/unknown-name');
  });
});

describe('keys that come from elsewhere', () => {
  it('are private keys of the curve', () => {
    const { privateKey } = newKeypair();
    expect(importedKeypair(privateKey)).toEqual({ ok: true, value: keypairOf(privateKey) });
    const order = 'fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141';
    for (const text of ['0'.repeat(64), order, 'f'.repeat(64), privateKey.slice(1), 'zz']) {
      expect(codeOf(importedKeypair(text)), text).toBe('keystore/bad-private-key');
    }
  });

  it('of the local preset are its development accounts, without a passphrase', async () => {
    const keystore = new Keystore(join(temporaryFolder(), 'keys'));
    const accounts = developmentAccounts(3);
    for (const [at, { name, address, seed }] of developmentKeys(3).entries()) {
      expect(codeOf(keystore.addDevelopment(name, address, seed))).toBe('ok');
      const never = (): Promise<string> => Promise.reject(new Error('asked for a passphrase'));
      const unlocked = await keystore.unlock(name, never);
      expect(unlocked.ok && unlocked.value.privateKey).toBe(accounts[at]?.privateKey);
    }
  });

  it('are refused where the seed gives another address than the file says', async () => {
    const keystore = new Keystore(join(temporaryFolder(), 'keys'));
    keystore.addDevelopment('dev0', newKeypair().address, 'aivm/local/dev0');
    expect(codeOf(await keystore.unlock('dev0', right))).toBe('keystore/damaged');
  });
});
