// The chain as one object: state, rules, and what a rule knows of the message in hand.
import type { Chain } from './ids.ts';
import type { Rules } from './rules.ts';
import type { State } from './state.ts';

/** A message that is refused: everything of its transaction but fee and nonce is undone. */
export class Refused extends Error {}

/** Every rule checks all it asks for before it changes anything, so nothing has to be undone. */
export function need(holds: boolean, why: string): asserts holds {
  if (!holds) throw new Refused(why);
}

export function must<T>(value: T | undefined, why: string): T {
  need(value !== undefined, why);
  return value;
}

/** A fault of the model itself, never of a message. */
export const sure = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('the model lost something it must have');
  return value;
};

export interface World {
  readonly chain: Chain;
  readonly rules: Rules;
  readonly beacon: { readonly genesisTime: bigint; readonly periodSeconds: bigint };
  /** The address whose key made this signature of this digest, if any known key did. */
  readonly signerOf: (digest: string, signature: string) => string | undefined;
  state: State;
}

/** A message as its receiver gets it. */
export interface Call {
  /** Address of the account that sent it. */
  readonly from: string;
  /** Key of the receiver. */
  readonly self: string;
  readonly value: bigint;
}

/** A message by its name; its fields are read where they are needed. */
export type Message = { readonly type: string } & Readonly<Record<string, unknown>>;

export const hexOf = (message: Message, name: string): string => message[name] as string;
export const numberIn = (message: Message, name: string): number => message[name] as number;
export const amountIn = (message: Message, name: string): bigint => message[name] as bigint;
export const bytesIn = (message: Message, name: string): Uint8Array => message[name] as Uint8Array;
export const listIn = <T>(message: Message, name: string): readonly T[] =>
  message[name] as readonly T[];

export const credit = (world: World, address: string, amount: bigint): void => {
  const { accounts } = world.state;
  const account = accounts.get(address) ?? { balance: 0n, nonce: 0n };
  accounts.set(address, { ...account, balance: account.balance + amount });
};

export const epochOf = ({ rules }: World, height: bigint): bigint => height / rules.epochBlocks;

/** The first beacon round due at this time or later (PROTOCOL §6.4). */
export const roundFrom = ({ beacon }: World, time: bigint): bigint => {
  let round = (time - beacon.genesisTime) / beacon.periodSeconds + 1n;
  if (round < 1n) round = 1n;
  while (beacon.genesisTime + (round - 1n) * beacon.periodSeconds < time) round += 1n;
  while (round > 1n && beacon.genesisTime + (round - 2n) * beacon.periodSeconds >= time) {
    round -= 1n;
  }
  return round;
};

/** The first round that nobody can know now. */
export const unknownRound = (world: World): bigint =>
  roundFrom(world, world.state.time + world.rules.dispute.beaconMarginSeconds);
