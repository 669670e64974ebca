import type { RecordOf } from '../../../../src/actors/index.ts';
import { longestChallengeBlocks } from '../../../../src/machines/parameters/schedule.ts';
import type { OutputMarket } from '../../../support/outputs.ts';
import { Cast, type Order } from './cast.ts';
import { type Life, opened } from './life.ts';
import { MOVES } from './moves.ts';

/** What happened in lives, to see that enough did. */
export interface Tally {
  blocks: number;
  applied: number;
  refused: number;
  challenges: number;
  appeals: number;
  readonly endings: Record<string, number>;
  readonly verdicts: Record<string, number>;
  readonly forms: Record<string, number>;
}

export const emptyTally = (): Tally => ({
  blocks: 0,
  applied: 0,
  refused: 0,
  challenges: 0,
  appeals: 0,
  endings: {},
  verdicts: {},
  forms: {},
});

/** A violation of a life as a whole: the message says what should have been. */
const must = (holds: boolean, what: string): void => {
  if (!holds) throw new Error(what);
};

const count = (counts: Record<string, number>, name: string): void => {
  counts[name] = (counts[name] ?? 0) + 1;
};

const starts = new Map<
  string,
  { readonly market: OutputMarket; readonly at: ReturnType<OutputMarket['snapshot']> }
>();

/** The market of a kind as it begins; the one of the life before is gone. */
const begin = (life: Life): OutputMarket => {
  const key = `${life.scale} ${life.ladder} ${life.timersPerBlock}`;
  const known = starts.get(key);
  const market = known?.market ?? opened(life);
  if (known === undefined) starts.set(key, { market, at: market.snapshot() });
  else market.restore(known.at);
  return market;
};

/** One message, one block: what is checked after the block is checked after the message. */
const play = (market: OutputMarket, order: Order, tally: Tally): void => {
  const [receipt] = market.block(order);
  tally.blocks += 1;
  if (receipt?.outcome.type === 'applied') tally.applied += 1;
  else tally.refused += 1;
};

/** All parties do their part, one by one, until nothing is open; never longer than D from here. */
const settle = (cast: Cast, tally: Tally): void => {
  const { market } = cast;
  const waiting = cast.open().map(({ record }) => record.context.openedAt);
  const last = waiting.reduce((most, openedAt) => (openedAt > most ? openedAt : most), 0n);
  const slack = BigInt(cast.challenges.size);
  const end = last + longestChallengeBlocks(market.parameters.dispute) + slack;
  while (cast.open().length > 0) {
    must(market.height < end, `a challenge is open at ${market.height}, D after the last opening`);
    const [order] = cast.duties();
    if (order === undefined) market.block();
    else play(market, order, tally);
    tally.blocks += order === undefined ? 1 : 0;
  }
};

/** With no open challenge and U passed, every owner gets exactly what is left (I37). */
const leave = (cast: Cast): void => {
  const { market } = cast;
  const staked = market.providers.map((name) => {
    const id = market.provider(name);
    const owner = market.ownerName(name);
    const { state, context } = market.actor(id) as RecordOf<'provider'>;
    must(context.lockedNlux === 0n && context.debtNlux === 0n, `${name} has a lock at the end`);
    if (context.freeNlux > 0n && state !== 'tombstoned') {
      market.do(owner, id, { type: 'unstake', amountNlux: context.freeNlux });
    }
    return { name, id, owner };
  });
  // Nothing wakes in between: no challenge is open.
  market.height += market.parameters.unbondingBlocks;
  for (const { name, id, owner } of staked) {
    if (market.balance(id) === 0n) continue;
    market.do(owner, id, { type: 'withdraw' });
    must(market.balance(id) === 0n, `${name} could not withdraw all of its stake`);
  }
};

/** Plays a life to its end; throws at the first block after which anything does not hold. */
export const playLife = (life: Life, tally: Tally): void => {
  const market = begin(life);
  const cast = new Cast(market, life);
  for (const step of life.script) {
    const orders = MOVES[step.kind](cast, step);
    if (orders.length === 0) market.block();
    for (const order of orders) play(market, order, tally);
    for (let left = step.work; left > 0; left -= 1) {
      const duties = cast.duties();
      const order = duties[(step.other + left) % (duties.length || 1)];
      if (order !== undefined) play(market, order, tally);
      else market.block();
    }
  }
  settle(cast, tally);
  for (const id of cast.challenges) {
    const context = market.actor(id)?.context;
    if (context === undefined) continue;
    tally.challenges += 1;
    tally.appeals += context.appeals.length;
    count(tally.endings, context.ending);
    count(tally.forms, context.form);
    for (const { verdict } of context.defendants) count(tally.verdicts, verdict);
  }
  leave(cast);
};
