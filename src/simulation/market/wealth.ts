import { assert } from '../../codec/index.ts';
import { AUDIT_POOL, BURN, TREASURY, type ActorId } from '../../machines/kit/index.ts';
import { accountOf } from '../../testing/people.ts';
import type { MarketChain } from './chain.ts';
import { CONSUMER, CREATOR, KEEPER, MODEL_OWNER, PATRON } from './people.ts';
import type { Session } from './session.ts';

const BYSTANDERS = [MODEL_OWNER, CREATOR, PATRON];

/** What everybody owns, by whom the report tells of: groups, consumers, and where coins end. */
const wealthOf = (chain: MarketChain, { agents }: Session): ReadonlyMap<string, bigint> => {
  const wealth = new Map<string, bigint>();
  const add = (name: string, id: ActorId): void => {
    wealth.set(name, (wealth.get(name) ?? 0n) + chain.balance(id));
  };
  const counted = new Set<string>();
  for (const { agent, provider } of agents.all) {
    if (agent.isProvider) add(agent.group.name, provider);
    if (!counted.has(agent.owner)) add(agent.group.name, accountOf(agent.owner));
    counted.add(agent.owner);
  }
  add('consumers', accountOf(CONSUMER));
  add('keeper', accountOf(KEEPER));
  for (const name of BYSTANDERS) add('bystanders', accountOf(name));
  add('burned', BURN);
  add('treasury', TREASURY);
  add('auditPool', AUDIT_POOL);
  return wealth;
};

/** How the wealth of everybody changes in a run. No coin comes or goes: the changes sum to zero. */
export class Wealth {
  readonly #session: Session;
  readonly #before: ReadonlyMap<string, bigint>;

  constructor(session: Session) {
    this.#session = session;
    this.#before = wealthOf(session.chain, session);
  }

  /** One observation for each group, at the end of a run. */
  observe(): void {
    const { chain, book } = this.#session;
    let sum = 0n;
    for (const [name, amount] of wealthOf(chain, this.#session)) {
      const change = amount - (this.#before.get(name) ?? 0n);
      sum += change;
      book.observe(`wealth/${name}`, change);
    }
    const isSettled = book.tallies.get('settled')?.sum === 1n;
    assert(sum === 0n || !isSettled, 'what some have lost others have');
    // Attestations and challenges hold it, of people whom the proposer has not let settle.
    if (!isSettled) book.observe('wealth/unsettled', -sum);
  }
}
