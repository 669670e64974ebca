// Accounts, pools, announcements, the beacon and the parameters: the small actors.
import * as ids from './ids.ts';
import { amountIn, bytesIn, credit, must, need } from './chain.ts';
import type { Call, Message, World } from './chain.ts';
import { toHex } from './bytes.ts';
import { retention } from './rules.ts';
import type { Account } from './state.ts';

export const account = (world: World, message: Message, call: Call): void => {
  need(message.type === 'transfer', 'nobody may send this');
  need(call.value > 0n, 'no value');
  credit(world, call.self, call.value);
};

type Pool = 'treasury' | 'auditPool' | 'burned';

export const pool =
  (which: Pool) =>
  (world: World, message: Message, call: Call): void => {
    need(message.type === 'deposit', 'nobody may send this');
    world.state[which] += call.value;
  };

export const announcement = (world: World, message: Message, call: Call): void => {
  const { announcements, height } = world.state;
  need(call.value === 0n, 'takes no value');
  if (message.type === 'announce') {
    need(!announcements.has(call.self), 'somebody has announced this');
    announcements.set(call.self, { announcer: call.from, height });
    return;
  }
  const of = must(announcements.get(call.self), 'no such announcement');
  need(of.announcer === call.from, 'not the announcer');
  announcements.delete(call.self);
};

/** Rounds that a submission frees at most, the oldest first, once nobody can ask for them. */
const FREED = 2;

const freeOldRounds = (world: World): void => {
  const { state, rules } = world;
  for (let freed = 0; freed < FREED; freed++) {
    const oldest = state.submitted[0];
    if (oldest === undefined || oldest.height + retention(rules) > state.height) return;
    state.submitted.shift();
    state.rounds.delete(oldest.round);
  }
};

export const beacon = (world: World, message: Message, call: Call): void => {
  const { state, chain } = world;
  const round = amountIn(message, 'round');
  const { genesisTime, periodSeconds } = world.beacon;
  need(call.value === 0n, 'takes no value');
  need(state.submittedAt < state.height, 'one a block');
  need(round > 0n && !state.rounds.has(round), 'known');
  need(genesisTime + (round - 1n) * periodSeconds <= state.time, 'not due');
  const randomness = ids.devRandomness(chain.chainId, round);
  need(toHex(bytesIn(message, 'proof')) === randomness, 'not proven');
  freeOldRounds(world);
  state.rounds.set(round, { randomness, height: state.height });
  state.submitted.push({ round, height: state.height });
  state.submittedCount += 1n;
  state.submittedAt = state.height;
  if (round > state.latestRound) state.latestRound = round;
};

/** Fixed while the model runs: nobody is the authority. */
export const parameters = (_: World, message: Message): void =>
  need(false, `nobody may ${message.type} parameters`);

/** An account exists as soon as it has anything. */
export const accountOf = ({ state }: World, address: string): Account =>
  state.accounts.get(address) ?? { balance: 0n, nonce: 0n };
