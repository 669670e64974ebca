import { parseAddress } from '../../codec/text/address.ts';
import { isKeyName, type KeyEntry } from '../keystore/keystore.ts';
import type { Node } from './node.ts';
import type { Session } from './session.ts';
import { orStop, stop } from './stop.ts';

const HEX_ADDRESS = /^(?:0x)?([0-9a-fA-F]{40})$/;
const BECH32 = /^[A-Za-z0-9]+-[a-zA-Z0-9]+1/;

/**
 * The address (hex) that a person means: bech32 of this network, hex digits, or the name of a key.
 * A `kind:` in front is taken off, so that what one command prints another one takes.
 */
export const resolveAddress = async (
  session: Session,
  node: Pick<Node, 'hrp'>,
  text: string,
): Promise<string> => {
  const bare = text.replace(/^(?:account|provider):/, '');
  const digits = HEX_ADDRESS.exec(bare)?.[1];
  if (digits !== undefined) return digits.toLowerCase();
  if (BECH32.test(bare)) return orStop(parseAddress(bare, node.hrp));
  if (!isKeyName(bare)) return stop('cli/bad-address', { found: text.slice(0, 120) });
  const keystore = await session.keystore();
  return orStop(keystore.find(bare)).address;
};

/** The key that signs, found without its passphrase. */
export const findKey = async (
  session: Session,
  node: Pick<Node, 'hrp'>,
  name: string,
): Promise<KeyEntry> => {
  const keystore = await session.keystore();
  const entry = orStop(keystore.find(name));
  if (entry.kind === 'development' && node.hrp !== 'local') {
    stop('cli/development-key', { name, network: node.hrp });
  }
  return entry;
};
