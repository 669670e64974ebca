import { formatAddress, HRP } from '../../codec/text/address.ts';
import { argument, option } from '../kit/input.ts';
import { addKey, entryJson, hrpOf, NAME, NETWORK_OPTION, printEntry } from '../kit/key-entry.ts';
import { parseCount } from '../kit/parse.ts';
import type { CommandSpec, GroupSpec } from '../kit/spec.ts';
import { orStop, Stop } from '../kit/stop.ts';
import { counted, grid } from '../kit/table.ts';
import { exportKey, importKey, remove } from './keys-move.ts';

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
