import type { Hrp } from '../../codec/text/address.ts';
import { formatAddress } from '../../codec/text/address.ts';
import { formatAmount } from './amount.ts';

/** How a chain writes its addresses and amounts. */
export interface ChainForms {
  readonly hrp: Hrp;
  readonly luxDecimals: number;
}

/** Values as people read them. */
export interface Texts {
  readonly amount: (nlux: bigint) => string;
  /** bech32 of 20 bytes. */
  readonly address: (hex: string) => string;
  /** An actor; accounts and providers with their address in bech32. */
  readonly actor: (id: string) => string;
  readonly time: (unixSeconds: bigint) => string;
}

const MILLISECONDS = 1_000n;
/** The largest time that Date holds. */
const MAX_DATE_SECONDS = 8_640_000_000_000n;

/** Unix seconds in UTC, the same in every locale. */
export const formatTime = (unixSeconds: bigint): string =>
  unixSeconds > MAX_DATE_SECONDS
    ? String(unixSeconds)
    : new Date(Number(unixSeconds * MILLISECONDS)).toISOString().replace('.000Z', 'Z');

export const textsOf = ({ hrp, luxDecimals }: ChainForms): Texts => {
  const address = (hex: string): string => formatAddress(hex, hrp);
  return {
    amount: (nlux) => formatAmount(nlux, luxDecimals),
    address,
    actor: (id) => {
      const [kind = '', key = ''] = id.split(':');
      const isAddress = kind === 'account' || kind === 'provider';
      return isAddress ? `${kind} ${address(key)}` : id;
    },
    time: formatTime,
  };
};
