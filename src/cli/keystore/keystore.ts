import { ok, type Failure, type Result } from '../../codec/failure.ts';
import type { Keypair } from '../../codec/keys/keypair.ts';
import { keystoreFail } from './errors.ts';
import { parseKeyFile, renderKeyFile, type KeyFile } from './file.ts';
import { KeyFolder } from './folder.ts';

/** What is known of a key without its passphrase. */
export interface KeyEntry {
  readonly name: string;
  /** 20 bytes, hex. */
  readonly address: string;
  readonly kind: KeyFile['kind'];
  readonly path: string;
}

/** All keys, and why the files of others cannot be used. */
export interface KeyListing {
  readonly entries: readonly KeyEntry[];
  readonly failures: readonly Failure[];
}

const NAME = /^[a-z0-9][a-z0-9_-]{0,39}$/;
/** Such a name could be meant as an address. */
const ADDRESS = /^[0-9a-f]{40}$/;

export const isKeyName = (name: string): boolean => NAME.test(name) && !ADDRESS.test(name);

const checkName = (name: string): Result<void> =>
  isKeyName(name) ? ok(undefined) : keystoreFail('keystore/bad-name', { found: name.slice(0, 80) });

/**
 * Private keys in a folder, one file each. Names and addresses are readable without a passphrase;
 * the file of an encrypted key gives its private key to nobody without it.
 */
export class Keystore {
  readonly #folder: KeyFolder;

  constructor(path: string) {
    this.#folder = new KeyFolder(path);
  }

  get path(): string {
    return this.#folder.path;
  }

  /** All keys by name. One file that cannot be used does not hide the others. */
  list(): Result<KeyListing> {
    const names = this.#folder.names();
    if (!names.ok) return names;
    const entries: KeyEntry[] = [];
    const failures: Failure[] = [];
    for (const name of names.value.filter(isKeyName)) {
      const entry = this.find(name);
      if (entry.ok) entries.push(entry.value);
      else failures.push(entry.failure);
    }
    return ok({ entries, failures });
  }

  find(name: string): Result<KeyEntry> {
    const file = this.#read(name);
    if (!file.ok) return file;
    const { address, kind } = file.value;
    return ok({ name, address, kind, path: this.#folder.fileOf(name) });
  }

  /** Encrypts a key under a new name. */
  async add(name: string, keypair: Keypair, passphrase: string): Promise<Result<KeyEntry>> {
    const free = this.checkFree(name);
    if (!free.ok) return free;
    const { encryptKey } = await import('./cipher.ts');
    const { address, privateKey } = keypair;
    const encryption = await encryptKey(privateKey, address, passphrase);
    return this.#write(name, { version: 1, kind: 'encrypted', address, ...encryption });
  }

  /** Notes a development key under a new name. */
  addDevelopment(name: string, address: string, seed: string): Result<KeyEntry> {
    const free = this.checkFree(name);
    return free.ok ? this.#write(name, { version: 1, kind: 'development', address, seed }) : free;
  }

  /** Refuses a name that is none, or taken: before anybody is asked for a passphrase. */
  checkFree(name: string): Result<void> {
    const named = checkName(name);
    if (!named.ok) return named;
    const names = this.#folder.names();
    if (!names.ok) return names;
    return names.value.includes(name)
      ? keystoreFail('keystore/name-taken', { name })
      : ok(undefined);
  }

  /** The key pair of a name. `passphrase` is asked for only when one is needed. */
  async unlock(name: string, passphrase: () => Promise<string>): Promise<Result<Keypair>> {
    const file = this.#read(name);
    if (!file.ok) return file;
    const { keypairFromSeed, keypairOf } = await import('../../codec/keys/keypair.ts');
    const { address } = file.value;
    if (file.value.kind === 'development') {
      return this.#checked(name, address, keypairFromSeed(file.value.seed));
    }
    const { decryptKey } = await import('./cipher.ts');
    const privateKey = await decryptKey(file.value, address, await passphrase());
    return privateKey.ok ? this.#checked(name, address, keypairOf(privateKey.value)) : privateKey;
  }

  remove(name: string): Result<void> {
    const named = checkName(name);
    return named.ok ? this.#folder.remove(name) : named;
  }

  /** A key under another's address would sign for another account than people see. */
  #checked(name: string, address: string, keypair: Keypair): Result<Keypair> {
    if (keypair.address === address) return ok(keypair);
    const path = this.#folder.fileOf(name);
    return keystoreFail('keystore/damaged', { path, cause: 'its key has another address' });
  }

  #read(name: string): Result<KeyFile> {
    const named = checkName(name);
    if (!named.ok) return named;
    const text = this.#folder.read(name);
    if (!text.ok) return text;
    const file = parseKeyFile(text.value);
    if (file.ok) return file;
    const details = { ...file.failure.details, path: this.#folder.fileOf(name) };
    return { ok: false, failure: { ...file.failure, details } };
  }

  #write(name: string, file: KeyFile): Result<KeyEntry> {
    const path = this.#folder.write(name, renderKeyFile(file));
    if (!path.ok) return path;
    return ok({ name, address: file.address, kind: file.kind, path: path.value });
  }
}
