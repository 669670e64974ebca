import { bech32 } from '@scure/base';
import { type Failure, type Result, assert, ok } from '../failure.ts';
import { fromHex, toHex } from '../bytes.ts';
import { codecFail } from '../errors.ts';

/** Ids of the public networks and of the local one; the convention of Lux and of Avalanche. */
export const NETWORK_IDS = { mainnet: 1, testnet: 5, local: 12_345 } as const;

/** Human-readable parts of addresses (PROTOCOL §2), one per network; all others are custom. */
export const HRP = { mainnet: 'lux', testnet: 'test', local: 'local', custom: 'custom' } as const;
export type Hrp = (typeof HRP)[keyof typeof HRP];

/** Alias of the chain in front of its addresses. */
export const CHAIN_ALIAS = 'A';

const ADDRESS_BYTES = 20;
/** BIP 173: at most 90 characters; 20 bytes need far fewer. */
const MAX_ADDRESS_CHARACTERS = 90;

/** The human-readable part of addresses on a network. */
export function hrpOf(networkId: number): Hrp {
  if (networkId === NETWORK_IDS.mainnet) return HRP.mainnet;
  if (networkId === NETWORK_IDS.testnet) return HRP.testnet;
  return networkId === NETWORK_IDS.local ? HRP.local : HRP.custom;
}

/** `A-<hrp>1…` of an address (40 hex digits). */
export function formatAddress(address: string, hrp: Hrp): string {
  const bytes = fromHex(address);
  assert(bytes.length === ADDRESS_BYTES, 'an address is 20 bytes');
  return `${CHAIN_ALIAS}-${bech32.encode(hrp, bech32.toWords(bytes))}`;
}

/** The address (40 hex digits) of an `A-<hrp>1…` text of this network. */
export function parseAddress(text: string, hrp: Hrp): Result<string, Failure> {
  const prefix = `${CHAIN_ALIAS}-`;
  if (!text.startsWith(prefix)) {
    const dash = text.indexOf('-');
    const found = dash < 0 ? '' : text.slice(0, Math.min(dash, 16));
    return codecFail('codec/address-alias', { expected: CHAIN_ALIAS, found });
  }
  const encoded = text.slice(prefix.length);
  if (encoded.length > MAX_ADDRESS_CHARACTERS) return codecFail('codec/address-length');
  const lower = encoded.toLowerCase();
  if (encoded !== lower && encoded !== encoded.toUpperCase())
    return codecFail('codec/address-case');
  const found = lower.slice(0, Math.max(0, lower.lastIndexOf('1')));
  if (found !== hrp) return codecFail('codec/address-network', { expected: hrp, found });
  const decoded = bech32.decodeUnsafe(lower, MAX_ADDRESS_CHARACTERS);
  if (!decoded) return codecFail('codec/address-checksum');
  const bytes = bech32.fromWordsUnsafe(decoded.words);
  if (!bytes || bytes.length !== ADDRESS_BYTES) return codecFail('codec/address-length');
  return ok(toHex(bytes));
}
