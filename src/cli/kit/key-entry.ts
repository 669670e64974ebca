import { formatAddress, HRP, type Hrp } from '../../codec/text/address.ts';
import type { Keypair } from '../../codec/keys/keypair.ts';
import type { KeyEntry, Keystore } from '../keystore/keystore.ts';
import { choice } from './input.ts';
import type { Printable } from './output.ts';
import { newPassphrase } from './passphrase.ts';
import type { Session } from './session.ts';
import type { Described, Input } from './spec.ts';
import { orStop } from './stop.ts';
import { sheet } from './table.ts';
import { colours } from './terminal.ts';

const NETWORKS = Object.keys(HRP) as (keyof typeof HRP)[];
/** Keys are of no network; their addresses are written as one writes them. */
export const NETWORK_OPTION: Described = [
  '--network <name>',
  'whose form of address to show: mainnet, testnet, local or custom (local)',
];
export const NAME: Described = ['<name>', 'name of the key: a-z, 0-9, "-" and "_"'];

export const hrpOf = (input: Input): Hrp => HRP[choice(input, 'network', NETWORKS) ?? 'local'];

export const entryJson = ({ name, address, kind, path }: KeyEntry, hrp: Hrp): Printable => ({
  name,
  address,
  bech32: formatAddress(address, hrp),
  kind,
  path,
});

export const printEntry = (session: Session, entry: KeyEntry, hrp: Hrp): void =>
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
export const addKey = async (
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
