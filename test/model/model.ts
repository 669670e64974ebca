/**
 * A naive model of the whole chain, written from the protocol document and docs/protocol.md: plain
 * objects, lists, and one function after another. It has no messages between actors, no effects, no
 * trees of weights and no codec, and imports nothing of `src`. What takes gas it is told;
 * everything else it finds out by itself, and a test compares the two after every block.
 */
import { attestation } from './attestations.ts';
import { challenge } from './challenges.ts';
import { wake } from './windows.ts';
import { Refused, sure } from './chain.ts';
import type { Call, Message, World } from './chain.ts';
import { keepBoundaries, model, profile } from './registry.ts';
import { provider, servers } from './providers.ts';
import { request } from './requests.ts';
import type { Rules } from './rules.ts';
import { account, accountOf, announcement, beacon, parameters, pool } from './small.ts';
import type { State } from './state.ts';
import type { Chain } from './ids.ts';

/** How many parents the chain remembers, for quotes that refer to one. */
const PARENTS = 150;

export interface Genesis {
  readonly chain: Chain;
  readonly rules: Rules;
  readonly beacon: World['beacon'];
  readonly time: bigint;
  /** Address to nLUX. */
  readonly accounts: ReadonlyMap<string, bigint>;
  readonly signerOf: World['signerOf'];
}

export interface Transaction {
  /** Address of the account that signs. */
  readonly from: string;
  /** `kind:key`. */
  readonly to: string;
  readonly message: Message;
  readonly value: bigint;
  readonly gasLimit: bigint;
  readonly gasPrice: bigint;
}

/** What the chain made of it: the only things that the model is told. */
interface Happened {
  readonly gasUsed: bigint;
  readonly isOutOfGas: boolean;
  readonly isApplied: boolean;
  /** Removing a profile has freed a part of its old sets, and has to be asked for again. */
  readonly isPart: boolean;
}

type Outcome = { readonly type: 'applied' } | { readonly type: 'refused'; readonly why: string };

type Rule = (world: World, message: Message, call: Call, happened: Happened) => void;

const RULES: Readonly<Record<string, Rule>> = {
  account,
  model,
  profile,
  provider,
  request,
  attestation,
  announcement,
  challenge,
  beacon,
  parameters,
  treasury: pool('treasury'),
  auditPool: pool('auditPool'),
  burn: pool('burned'),
};

const emptyState = ({ time, accounts }: Genesis): State => ({
  height: 0n,
  time,
  accounts: new Map(
    [...accounts].map(([address, balance]) => [address, { balance, nonce: 0n }] as const),
  ),
  models: new Map(),
  profiles: new Map(),
  providers: new Map(),
  requests: new Map(),
  attestations: new Map(),
  announcements: new Map(),
  challenges: new Map(),
  treasury: 0n,
  auditPool: 0n,
  burned: 0n,
  rounds: new Map(),
  submitted: [],
  submittedCount: 0n,
  latestRound: 0n,
  submittedAt: 0n,
  parents: [],
});

export class Model {
  readonly world: World;
  #fees = 0n;

  constructor(genesis: Genesis, state: State = emptyState(genesis)) {
    const { chain, rules, signerOf } = genesis;
    this.world = { chain, rules, beacon: genesis.beacon, signerOf, state };
  }

  get state(): State {
    return this.world.state;
  }

  /** Begins a block: the parent is kept, an epoch may begin, and windows end (PROTOCOL §3). */
  begin(height: bigint, time: bigint, parentId: string): void {
    const { state, rules } = this.world;
    state.parents.push({ height: state.height, blockId: parentId, time: state.time });
    if (state.parents.length > PARENTS) state.parents.shift();
    Object.assign(state, { height, time });
    keepBoundaries(this.world);
    const due = [...state.challenges]
      .filter(([, of]) => of.state !== 'final' && of.deadline <= height)
      .sort(([a, x], [b, y]) => Number(x.deadline - y.deadline) || (a < b ? -1 : 1))
      .map(([self]) => self);
    for (const self of due.slice(0, rules.timersPerBlock)) wake(this.world, self);
  }

  /** Can the sender pay the value and the whole fee? If not, no block may carry it. */
  canPay({ from, value, gasLimit, gasPrice }: Transaction): boolean {
    const balance = this.state.accounts.get(from)?.balance ?? 0n;
    return balance >= value + gasLimit * gasPrice;
  }

  /** Includes a transaction; refused or not, the sender pays for its gas and uses up a nonce. */
  include(transaction: Transaction, happened: Happened): Outcome {
    const { from, message, value, gasLimit, gasPrice } = transaction;
    this.#take(from, value + gasLimit * gasPrice, 1n);
    const outcome = this.#handle(transaction, happened);
    const isApplied = outcome.type === 'applied';
    const isFree = isApplied && message.type === 'protocolAudit';
    const fee = isFree ? 0n : happened.gasUsed * gasPrice;
    this.#take(from, (isApplied ? 0n : -value) - gasLimit * gasPrice + fee, 0n);
    this.#fees += fee;
    return outcome;
  }

  /** Ends the block: its fees enter the treasury. */
  end(before: ReadonlyMap<string, string>): void {
    const { state } = this.world;
    state.treasury += this.#fees;
    this.#fees = 0n;
    for (const [hash, of] of state.profiles) {
      if (before.get(hash) !== this.serversOf(hash)) of.changedAt = state.height;
    }
  }

  /** Who serves each profile, as text that differs if the set does. */
  sets(): ReadonlyMap<string, string> {
    return new Map([...this.state.profiles.keys()].map((hash) => [hash, this.serversOf(hash)]));
  }

  serversOf(profileHash: string): string {
    return servers(this.world, profileHash)
      .map(({ owner, provider: key, weight }) => `${owner}${key} ${weight}`)
      .sort()
      .join();
  }

  #handle({ from, to, message, value }: Transaction, happened: Happened): Outcome {
    if (happened.isOutOfGas) return { type: 'refused', why: 'out of gas' };
    const [kind = '', self = ''] = to.split(':');
    try {
      sure(RULES[kind])(this.world, message, { from, self, value }, happened);
      return { type: 'applied' };
    } catch (error) {
      if (error instanceof Refused) return { type: 'refused', why: error.message };
      throw error;
    }
  }

  #take(address: string, amount: bigint, nonces: bigint): void {
    const { balance, nonce } = accountOf(this.world, address);
    this.state.accounts.set(address, { balance: balance - amount, nonce: nonce + nonces });
  }
}
