import { readTrace } from '../../../../tools/spec/itf.ts';

/**
 * A trace of docs/spec/disputes.qnt with its types. Amounts are thousandths of a LUX; keys of
 * attestations are `provider/claim`.
 */

export interface SpecProvider {
  readonly standing: string;
  readonly free: number;
  readonly locked: number;
  readonly lots: readonly { readonly height: number; readonly amount: number }[];
  readonly debt: number;
  readonly openChallenges: number;
  readonly noShows: number;
  readonly lastNoShowAt: number;
  readonly jailedUntil: number;
  readonly unsubstantiatedAt: number;
  readonly declined: number;
}

export interface SpecAttestation {
  readonly output: string;
  readonly height: number;
  readonly state: string;
}

export interface SpecDefendant {
  readonly provider: string;
  readonly claim: number;
  readonly output: string;
  readonly height: number;
  readonly lock: number;
  readonly shown: boolean;
  readonly finding: string;
  readonly least: number;
  readonly verdict: string;
}

export interface SpecSeat {
  readonly round: number;
  readonly attempt: number;
  readonly provider: string;
  readonly state: string;
  readonly output: string;
  readonly opened: boolean;
  readonly judged: boolean;
  readonly stray: boolean;
}

export interface SpecChallenge {
  readonly form: 'pair' | 'audit';
  readonly phase: string;
  readonly openedAt: number;
  readonly deadline: number;
  readonly published: boolean;
  readonly round: number;
  readonly seedFrom: number;
  readonly seedMoved: boolean;
  readonly attempt: number;
  readonly acted: boolean;
  readonly chunksNamed: boolean;
  readonly fate: readonly string[];
  readonly defendants: readonly SpecDefendant[];
  readonly seats: readonly SpecSeat[];
  readonly appeals: readonly { readonly round: number; readonly deposit: number }[];
  readonly slashed: number;
  readonly ending: string;
  readonly settlement: {
    readonly burned: number;
    readonly reruns: number;
    readonly reward: number;
    readonly bondBack: number;
    readonly upheld: number;
    readonly appealsBack: number;
  };
}

export interface SpecWorld {
  readonly height: number;
  readonly providers: ReadonlyMap<string, SpecProvider>;
  readonly attestations: ReadonlyMap<string, SpecAttestation>;
  readonly challenges: readonly SpecChallenge[];
  readonly wallets: ReadonlyMap<string, number>;
  readonly burned: number;
}

/** What was done: by or to whom, and in which challenge or on which claim. */
export interface SpecStep {
  readonly name: string;
  readonly who: string;
  readonly at: number;
}

export interface SpecState {
  readonly did: SpecStep;
  readonly world: SpecWorld;
}

export type SpecTrace = readonly SpecState[];

/** The simulator has checked the types of the specification; this names them. */
export const readSpecTrace = (path: string): SpecTrace => readTrace(path) as unknown as SpecTrace;

/** The challenge of a step, which every trace has where a step names it. */
export const challengeAt = ({ challenges }: SpecWorld, at: number): SpecChallenge => {
  const found = challenges[at];
  if (found === undefined) throw new Error(`the specification has no challenge ${at} yet`);
  return found;
};
