import { readText, writeWhole } from '../kit/files.ts';
import { argument, flag, option } from '../kit/input.ts';
import { addKey, hrpOf, NAME, NETWORK_OPTION, printEntry } from '../kit/key-entry.ts';
import { askHidden, confirm, isInteractive } from '../kit/prompt.ts';
import type { CommandSpec } from '../kit/spec.ts';
import { orStop } from '../kit/stop.ts';
import { unlockKey } from '../kit/unlock.ts';

/** The private key is never an argument: those are in the shell's history and in process lists. */
const readPrivateKey = async (file: string | undefined): Promise<string> => {
  const isAsked = file === undefined && isInteractive();
  const text = isAsked ? await askHidden('Private key (64 hex digits): ') : readText(file ?? '-');
  return text.trim().replace(/^0x/, '').toLowerCase();
};

export const importKey: CommandSpec = {
  name: 'import',
  summary: 'encrypt a private key that exists',
  details:
    'The key is read from a file, from standard input, or asked for; never from the command line.',
  arguments: [NAME],
  options: [
    ['--file <file>', 'holds the key as 64 hex digits; - is standard input'],
    NETWORK_OPTION,
  ],
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

export const exportKey: CommandSpec = {
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

export const remove: CommandSpec = {
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
