import type { Stream } from '../random/index.ts';
import type { Rates } from './kinds.ts';

/** What somebody says that a model gave: the truth, or the lie of a name. */
export type Saying =
  | { readonly type: 'truth' }
  /** Who lies with the same name lies alike. */
  | { readonly type: 'lie'; readonly by: string };

export const TRUTH: Saying = { type: 'truth' };

/** What an agent that was asked to attest does. */
export type Attesting =
  | { readonly type: 'says'; readonly saying: Saying }
  /** Takes the hashes of another attestation of the claim, whose evidence it does not have. */
  | { readonly type: 'copies' };

/** What a member of a panel does with its seat. */
export type Vote =
  | { readonly type: 'silent' }
  | { readonly type: 'unable' }
  | { readonly type: 'says'; readonly saying: Saying }
  /** Commits to the output hash of a defendant, with evidence that it has not got. */
  | { readonly type: 'guesses'; readonly defendant: number }
  /** Takes over what another seat of the panel has committed to. */
  | { readonly type: 'copies' };

/** Who is accused, as an agent sees it. */
export interface Accused {
  /** What it attested, where the agent is in league with it. */
  readonly told: Saying | undefined;
}

/** A panel as one of its members sees it. */
export interface Matter {
  readonly accused: readonly Accused[];
  /** Seats of the panel. */
  readonly seats: number;
}

/** A claim as who is asked to attest it sees it. */
export interface Asked {
  /** Is there an attestation of another provider on chain? */
  readonly isAttested: boolean;
}

/** How a provider acts. What it makes up its mind about is drawn from streams of its own. */
export interface Behaviour {
  readonly attests: (asked: Asked) => Attesting;
  readonly votes: (matter: Matter) => Vote;
}

/** A stream for each kind of decision, shared by all agents of a run. */
export interface Decisions {
  readonly cheating: Stream;
  readonly silence: Stream;
}

/** What a behaviour is made of. */
export interface Character {
  /** Of the agent, unique. */
  readonly name: string;
  /** Of those whom it is in league with; its own name where it is alone. */
  readonly league: string;
  readonly rates: Rates;
  readonly decisions: Decisions;
}
