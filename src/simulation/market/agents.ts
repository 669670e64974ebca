import { actorId, type ActorId } from '../../machines/kit/index.ts';
import { keyOfName } from '../../testing/people.ts';
import { type Behaviour, BEHAVIOURS, Checker } from '../agents/index.ts';
import { isAdversary, isWorker } from '../agents/index.ts';
import type { Stream } from '../random/index.ts';
import type { Agent } from './people.ts';

/** An agent in a run, with what it remembers. */
export interface Player {
  readonly agent: Agent;
  /** Addresses, 20 bytes in hex. */
  readonly address: string;
  readonly ownerAddress: string;
  readonly provider: ActorId<'provider'>;
  readonly isAdversary: boolean;
  readonly behaviour: Behaviour;
  /** Of a voluntary challenger. */
  readonly checker: Checker | undefined;
  /** Is its provider known to be able to attest? */
  isActive: boolean;
}

interface Dice {
  readonly cheating: Stream;
  readonly silence: Stream;
  readonly curiosity: Stream;
}

const playerOf = (agent: Agent, decisions: Dice): Player => {
  const { name, owner, kind, group } = agent;
  const { address } = keyOfName(name);
  const { rates, checkNlux } = group;
  return {
    agent,
    address,
    ownerAddress: keyOfName(owner).address,
    provider: actorId('provider', address),
    isAdversary: isAdversary(kind),
    behaviour: BEHAVIOURS[kind]({ name, league: group.name, rates, decisions }),
    checker: kind === 'voluntary' ? new Checker(checkNlux, rates, decisions.curiosity) : undefined,
    isActive: true,
  };
};

const isDiligent = ({ kind, group: { rates } }: Agent): boolean =>
  isWorker(kind) && rates.silent === 0 && rates.unable === 0 && rates.withholds === 0;

/** Everybody of a run, by what they are looked up by. */
export class Agents {
  readonly all: readonly Player[];
  readonly providers: readonly Player[];
  readonly griefers: readonly Player[];
  readonly checkers: readonly Player[];
  /** Those who may appeal. */
  readonly appellants: readonly Player[];
  /** Names of those who pay for adversaries. */
  readonly hostile: ReadonlySet<string>;
  /** Names of those who do all that is asked of them, and so can be made victims. */
  readonly diligent: ReadonlySet<string>;
  readonly #byAddress: ReadonlyMap<string, Player>;

  constructor(agents: readonly Agent[], dice: Dice) {
    this.all = agents.map((each) => playerOf(each, dice));
    this.providers = this.all.filter(({ agent }) => agent.isProvider);
    this.griefers = this.all.filter(({ agent }) => agent.group.rates.opens > 0);
    this.checkers = this.all.filter(({ checker }) => checker !== undefined);
    this.appellants = this.all.filter(({ agent }) => agent.group.rates.appeals > 0);
    const adversaries = this.all.filter((each) => each.isAdversary);
    this.hostile = new Set(adversaries.map(({ agent }) => agent.owner));
    const diligent = this.all.filter(({ agent }) => isDiligent(agent));
    this.diligent = new Set(diligent.map(({ agent }) => agent.owner));
    this.#byAddress = new Map(this.all.map((each) => [each.address, each]));
  }

  /** Whose provider has this address. */
  at(address: string): Player | undefined {
    return this.#byAddress.get(address);
  }

  /** Are both in league, or the same? */
  areFellows(one: Player, other: Player): boolean {
    return (
      one === other || (one.agent.kind === 'colluding' && one.agent.group === other.agent.group)
    );
  }
}
