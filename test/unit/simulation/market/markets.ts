import type { Json, JsonObject } from '../../../../src/codec/json/index.ts';
import { groundOf } from '../../../../src/simulation/market/ground.ts';
import { type Passed } from '../../../../src/simulation/market/chain.ts';
import { type Market, parseMarket, playOnce } from '../../../../src/simulation/market/index.ts';
import type { Session } from '../../../../src/simulation/market/session.ts';
import { unwrap } from '../../../../src/runtime/unwrap.ts';

/** A market with these agents, and whatever else is said of it. */
export const marketOf = (agents: readonly JsonObject[], rest: JsonObject = {}): Market =>
  unwrap(parseMarket({ agents: agents as Json, ...rest }));

/** One run of it. */
export const playMarket = (
  agents: readonly JsonObject[],
  rest: JsonObject = {},
  observer?: (passed: Passed) => void,
): Session => playOnce(groundOf(marketOf(agents, rest)), 'a seed', 0, { observer });

/** Sum of what was observed under a name, and how often it was; zeros where it never was. */
export const seen = ({ book }: Session, name: string) =>
  book.tallies.get(name) ?? { n: 0, sum: 0n, squares: 0n };
