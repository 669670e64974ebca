import { type AgentKind, isProvider } from '../agents/index.ts';
import type { AgentGroup, Market } from './settings.ts';

/** Those who are in every market, whatever agents there are. */
export const CONSUMER = 'consumer';
/** Brings what anybody may bring: beacon rounds, draws, audits that were drawn. */
export const KEEPER = 'keeper';
export const MODEL_OWNER = 'model owner';
export const CREATOR = 'profile creator';
/** Fills the audit pool at the beginning. */
export const PATRON = 'patron';

/** One agent: a provider with its stake, or a challenger with an account. */
export interface Agent {
  /** Also of the key that it signs with. */
  readonly name: string;
  /** Name of the account that pays, and is paid, for it. */
  readonly owner: string;
  readonly kind: AgentKind;
  readonly group: AgentGroup;
  readonly isProvider: boolean;
}

const agentsOf = (group: AgentGroup): readonly Agent[] =>
  Array.from({ length: group.count }, (_, at) => {
    const name = `${group.name}/${at}`;
    const { kind } = group;
    const owner = group.oneOwner ? `${group.name}/owner` : name;
    return { name, owner, kind, group, isProvider: isProvider(kind) };
  });

/** All agents of a market, group by group. */
export const everyAgent = ({ groups }: Pick<Market, 'groups'>): readonly Agent[] =>
  groups.flatMap(agentsOf);

/** Everybody who has a key in a market, each name once. */
export const everyName = (agents: readonly Agent[]): readonly string[] => [
  ...new Set([
    CONSUMER,
    KEEPER,
    MODEL_OWNER,
    CREATOR,
    PATRON,
    ...agents.flatMap(({ name, owner }) => [owner, name]),
  ]),
];
