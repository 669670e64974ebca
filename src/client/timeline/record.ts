import type {
  ChallengeContext,
  ChallengeForm,
  Ending,
  Finding,
  Seat,
  Settlement,
} from '../../machines/challenge/record.ts';
import type { Verdict } from '../../machines/attestation/record.ts';

/** What a challenge was and is, told by its record in state alone; any node gives the same. */

/** Defendants as people name them: the one with the lower attestation id is A. */
export const LETTERS = ['A', 'B'] as const;
export type Letter = (typeof LETTERS)[number];

/** Heights `[from, until)` of a window; `from` is absent where the state does not keep it. */
export interface Window {
  readonly name: 'publish' | 'seed' | 'commit' | 'reveal' | 'appeal';
  readonly from: bigint | undefined;
  readonly until: bigint;
}

/** How one panel stood to one defendant, and which rule follows from that (PROTOCOL §6.2). */
export interface Ruling {
  readonly party: Letter;
  readonly finding: Finding;
  readonly seats: number;
  readonly supports: number;
  readonly rejects: number;
  /** Seats needed to uphold and to slash: `q_ok` and `q_slash`. */
  readonly needsToUphold: number;
  readonly needsToSlash: number;
  /** The most rejecting seats that agree with one centre. */
  readonly agree: number;
  /** That centre: the other defendant, or one of themselves. */
  readonly agreeWith: Letter | 'one another';
  /** The rule in words. */
  readonly says: string;
}

export interface TimelineSeat {
  readonly seat: number;
  /** 0 for the first draw, then one more for each replacement. */
  readonly attempt: number;
  readonly provider: string;
  readonly owner: string;
  readonly state: Seat['state'];
  /** By defendant. */
  readonly stances: readonly Seat['stanceFirst'][];
  /** Outside the final cluster: it is penalized (PROTOCOL §6.3). */
  readonly isOutside: boolean;
  /** What its owner got for the re-run, once the challenge is settled. */
  readonly paidNlux: bigint;
  /** What its provider was asked for; it loses at most the stake that it has. */
  readonly penaltyNlux: bigint;
}

export interface TimelineAppeal {
  readonly appellant: string;
  readonly depositNlux: bigint;
  /** `open` until the challenge has ended. */
  readonly outcome: 'open' | 'lost' | 'returned';
}

/** How far a panel came. */
export type PanelStage =
  | 'ahead'
  | 'awaitSeed'
  | 'commit'
  | 'reveal'
  | 'judged'
  | 'nobodyAnswered'
  /** Drawn, and the challenge ended before it could answer. */
  | 'cutShort'
  | 'neverSat';

export interface TimelinePanel {
  /** From 1. */
  readonly round: number;
  readonly size: number;
  readonly stage: PanelStage;
  /** The time slot that was fixed for it at the opening, as heights `[from, until)`. */
  readonly slot: { readonly from: bigint; readonly until: bigint };
  /** Beacon round that seeds it. */
  readonly seedRound: bigint;
  /** Beacon round that names its chunks, of the panel in hand; 0 before. */
  readonly chunkRound: bigint;
  /** The windows whose heights follow from the record: those of the panel in hand. */
  readonly windows: readonly Window[];
  readonly seats: readonly TimelineSeat[];
  /** Empty before it is judged. */
  readonly rulings: readonly Ruling[];
  readonly appeal: TimelineAppeal | undefined;
}

export interface TimelineParty {
  readonly party: Letter;
  /** Slot of the attestation. */
  readonly attestation: string;
  readonly provider: string;
  readonly owner: string;
  readonly outputHash: string;
  readonly lockNlux: bigint;
  /** Has it shown its output, where the comparator asks for that? */
  readonly isShown: boolean;
  readonly verdict: Verdict;
  /** The slash that its verdict asks for; the stake that is liable bounds what is taken. */
  readonly slashNlux: bigint;
  /** Paid to its owner because it was challenged or appealed against without cause. */
  readonly upheldNlux: bigint;
  /** The rule that decided, in words; empty before. */
  readonly because: string;
}

export interface Timeline {
  readonly form: ChallengeForm;
  readonly state: string;
  readonly comparator: string;
  readonly opened: {
    readonly at: bigint;
    readonly time: bigint;
    /** Absent where the beacon chose. */
    readonly challenger: string | undefined;
    /** Height of the announcement by which the challenger took it over. */
    readonly announcedAt: bigint | undefined;
    readonly bondNlux: bigint;
    readonly named: readonly number[];
  };
  readonly rerunFeeNlux: bigint;
  readonly parties: readonly TimelineParty[];
  /** Absent where nothing is published: an equivocation is proof by itself. */
  readonly publish: Window | undefined;
  readonly isPayloadPublished: boolean;
  /** Must defendants publish their outputs, too? */
  readonly asksOutputs: boolean;
  /** All panels of the ladder, those ahead as well, as long as the challenge is open. */
  readonly panels: readonly TimelinePanel[];
  readonly ending: Ending;
  /** Why it ended, in words; empty before. */
  readonly endedBecause: string;
  /** The end of the window it is in; absent when it has ended. */
  readonly deadline: bigint | undefined;
  /** Slashes that have come in. */
  readonly slashedNlux: bigint;
  /** Slashes that have been asked for and not come in. */
  readonly awaiting: number;
  readonly settlement: Settlement | undefined;
}

/** What a timeline is made from: the record of a challenge as a node gives it. */
export interface ChallengeRecord {
  readonly state: string;
  readonly context: ChallengeContext;
}
