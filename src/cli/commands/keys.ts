import { formatAddress, HRP, type Hrp } from '../../codec/text/address.ts';
import type { Keypair } from '../../codec/keys/keypair.ts';
import type { KeyEntry, Keystore } from '../keystore/keystore.ts';
import { readText, writeWhole } from '../kit/files.ts';
import { argument, choice, flag, option } from '../kit/input.ts';
import type { Printable } from '../kit/output.ts';
import { parseCount } from '../kit/parse.ts';
import { newPassphrase } from '../kit/passphrase.ts';
import { askHidden, confirm, isInteractive } from '../kit/prompt.ts';
import type { Session } from '../kit/session.ts';
import type { CommandSpec, Described, GroupSpec, Input } from '../kit/spec.ts';
import { orStop, Stop } from '../kit/stop.ts';
import { counted, grid, sheet } from '../kit/table.ts';
import { colours } from '../kit/terminal.ts';
import { unlockKey } from '../kit/unlock.ts';

const NETWORKS = Object.keys(HRP) as (keyof typeof HRP)[];
const NETWORK_OPTION: Described = [
  '--network <name>',
  'whose form of address to show: mainnet, testnet, local or custom (local)',
];
const NAME: Described = ['<name>', 'name of the key: a-z, 0-9, "-" and "_"'];

const hrpOf = (input: Input): Hrp =>
  HRP[choice(input, 'network', NETWORKS) ?? 'local'];

const entryJson = ({ name, address, kind, path }: KeyEntry, hrp: Hrp): Printable => ({
  name,
  address,
  bech32: formatAddress(address, hrp),
  kind,
  path,
});

const printEntry = (session: Session, entry: KeyEntry, hrp: Hrp): void =>
  session.out.answer(entryJson(entry, hrp), () =>
    sheet([
      ['name', colours.bold(entry.name)],
      ['address', formatAddress(entry.address, hrp)],
      ['hex', entry.address],
      ['kind', entry.kind],
      ['file', entry.path],
    ]),
  );

const sources = ({ globals }: Session) => ({
  file: globals.passphraseFile,
  environment: globals.passphrase,
});

/** Adds a key under a name that is free, with a passphrase asked for after that is known. */
const addKey = async (
  session: Session,
  keystore: Keystore,
  name: string,
  makeKey: () => Promise<Keypair>,
): Promise<KeyEntry> => {
  orStop(keystore.checkFree(name));
  const keypair = await makeKey();
  const passphrase = await newPassphrase(name, sources(session));
  return orStop(await keystore.add(name, keypair, passphrase));
};

const generate: CommandSpec = {
  name: 'new',
  summary: 'make a new key and encrypt it with a passphrase',
  details:
    'The passphrase cannot be recovered: without it, or without the file, the account is lost. ' +
    'The file says how it is encrypted: scrypt (N = 131072, r = 8, p = 1) and AES-256-GCM.',
  arguments: [NAME],
  options: [NETWORK_OPTION],
  examples: [
    ['aivm keys new alice', 'asks for a passphrase twice and prints the address'],
    ['aivm keys new alice --passphrase-file secret.txt --json', 'for scripts'],
  ],
  run: async (input, session) => {
    const keystore = await session.keystore();
    const entry = await addKey(session, keystore, argument(input, 0), async () => {
      const { newKeypair } = await import('../keystore/generate.ts');
      return newKeypair();
    });
    printEntry(session, entry, hrpOf(input));
  },
};

const list: CommandSpec = {
  name: 'list',
  summary: 'list the keys of the keystore',
  options: [NETWORK_OPTION],
  examples: [
    ['aivm keys list', 'names and addresses; needs no passphrase'],
    ['aivm keys list --network mainnet --json', 'addresses as mainnet writes them'],
  ],
  run: async (input, session) => {
    const hrp = hrpOf(input);
    const keystore = await session.keystore();
    const { entries, failures } = orStop(keystore.list());
    session.out.answer(
      entries.map((entry) => entryJson(entry, hrp)),
      () => {
        const rows = entries.map(({ name, address, kind }) => [
          name,
          formatAddress(address, hrp),
          kind,
        ]);
        const table = rows.length === 0 ? [] : [grid(['name', 'address', 'kind'], rows)];
        return [...table, `${counted(rows.length, 'key')} in ${keystore.path}`].join('\n');
      },
    );
    const [failure] = failures;
    if (failure !== undefined) throw new Stop(failure);
  },
};

const show: CommandSpec = {
  name: 'show',
  summary: 'show one key: name, address, file',
  arguments: [NAME],
  options: [NETWORK_OPTION],
  examples: [['aivm keys show alice', 'its address in both forms; needs no passphrase']],
  run: async (input, session) => {
    const keystore = await session.keystore();
    printEntry(session, orStop(keystore.find(argument(input, 0))), hrpOf(input));
  },
};

/** The private key is never an argument: those are in the shell's history and in process lists. */
const readPrivateKey = async (file: string | undefined): Promise<string> => {
  const isAsked = file === undefined && isInteractive();
  const text = isAsked ? await askHidden('Private key (64 hex digits): ') : readText(file ?? '-');
  return text.trim().replace(/^0x/, '').toLowerCase();
};

const importKey: CommandSpec = {
  name: 'import',
  summary: 'encrypt a private key that exists',
  details:
    'The key is read from a file, from standard input, or asked for; never from the command line.',
  arguments: [NAME],
  options: [['--file <file>', 'holds the key as 64 hex digits; - is standard input'], NETWORK_OPTION],
  examples: [
    ['aivm keys import alice', 'asks for the key and a passphrase, neither is shown'],
    ['aivm keys import alice --file key.hex', 'takes it from a file; delete that file afterwards'],
  ],
  run: async (input, session) => {
    const keystore = await session.keystore();
    const entry = await addKey(session, keystore, argument(input, 0), async () => {
      const { importedKeypair } = await import('../keystore/generate.ts');
      return orStop(importedKeypair(await readPrivateKey(option(input, 'file'))));
    });
    printEntry(session, entry, hrpOf(input));
  },
};

const exportKey: CommandSpec = {
  name: 'export',
  summary: 'print a private key, unencrypted',
  details: 'Whoever sees it owns the account. Prefer to copy the encrypted file.',
  arguments: [NAME],
  options: [
    ['--output <file>', 'write it to a new file of mode 0600 instead'],
    ['--yes', 'do not ask whether you are sure'],
  ],
  examples: [
    ['aivm keys export alice --output alice.hex', 'to a file that only you can read'],
    ['aivm keys export alice --yes', 'to standard output, for a pipe'],
  ],
  run: async (input, session) => {
    const name = argument(input, 0);
    const keystore = await session.keystore();
    orStop(keystore.find(name));
    await confirm(`Print the private key of ${name} unencrypted?`, flag(input, 'yes'));
    const { privateKey, address } = await unlockKey(session, name);
    const file = option(input, 'output');
    if (file === undefined) {
      session.out.answer({ name, address, privateKey }, () => privateKey);
      return;
    }
    writeWhole(file, `${privateKey}\n`);
    session.out.answer({ name, address, file }, () => `written to ${file}`);
  },
};

const remove: CommandSpec = {
  name: 'remove',
  summary: 'delete a key file',
  details: 'Without a copy of the file, what the account owns is lost for ever.',
  arguments: [NAME],
  options: [['--yes', 'do not ask whether you are sure']],
  examples: [['aivm keys remove alice', 'asks first; --yes does not']],
  run: async (input, session) => {
    const name = argument(input, 0);
    const keystore = await session.keystore();
    const { address, path } = orStop(keystore.find(name));
    await confirm(`Delete ${path} for ever?`, flag(input, 'yes'));
    orStop(keystore.remove(name));
    session.out.answer({ name, address, removed: true }, () => `removed ${name}`);
  },
};

const MAX_DEVELOPMENT_KEYS = 1_000;

const development: CommandSpec = {
  name: 'dev',
  summary: 'import the development keys of the local preset',
  details:
    'They are the same on every machine and everybody knows them: they need no passphrase, and ' +
    'are refused on every other network.',
  options: [['--count <count>', 'how many of dev0, dev1, … (10)']],
  examples: [
    ['aivm keys dev', 'dev0 to dev9, funded by the local preset'],
    ['aivm keys dev --count 3', 'only three of them'],
  ],
  run: async (input, session) => {
    const count = parseCount(option(input, 'count') ?? '10', 1, MAX_DEVELOPMENT_KEYS);
    const keystore = await session.keystore();
    const { developmentKeys } = await import('../keystore/generate.ts');
    const entries = developmentKeys(count).map(({ name, address, seed }) => {
      const known = keystore.find(name);
      if (known.ok && known.value.address === address) return known.value;
      return orStop(keystore.addDevelopment(name, address, seed));
    });
    session.out.warn('Everybody knows these keys: never send value to them on another network.');
    session.out.answer(
      entries.map((entry) => entryJson(entry, HRP.local)),
      () =>
        grid(
          ['name', 'address'],
          entries.map(({ name, address }) => [name, formatAddress(address, HRP.local)]),
        ),
    );
  },
};

export const keys: GroupSpec = {
  name: 'keys',
  summary: 'make and keep encrypted private keys',
  commands: [generate, list, show, importKey, exportKey, remove, development],
};
