import { assert, panelSeed } from '../../codec/index.ts';
import { judge, type PanelVerdict } from '../../machines/challenge/verdict.ts';
import { drawPanel, drawSeat, type Member } from '../../machines/selection/index.ts';
import type { Rational } from '../closed-forms/exact.ts';
import type { RunSource, Stream } from '../random/index.ts';
import { relationsOf, type Claim } from './geometry.ts';
import type { Crowd } from './populations.ts';
import type { SeatAnswer } from './roles.ts';

/** How challenges are settled in a simulation. */
export interface Court {
  readonly crowd: Crowd;
  /** Seats of each panel of the ladder, in order. */
  readonly panels: readonly number[];
  /** A pair stands before it, the one right and the other wrong, or one alone. */
  readonly form: 'pair' | 'audit';
  /** Probability that a member does not answer, whoever it is. */
  readonly silent: Rational;
  /** How often a seat without an answer is drawn anew. */
  readonly replacements: number;
}

/**
 * Whether enough are eligible is asked of the profile when an attestation is made (PROTOCOL §6.1);
 * theory speaks of the panel that sits, also of one that a chain would find too close to all.
 */
const SITS_ALWAYS = { ownersMultiple: 1, stakeShareBps: 0 };

/** Randomness of one challenge. */
export interface CaseSource {
  readonly beacon: Stream;
  readonly silence: Stream;
}

export const caseSource = (source: RunSource, purpose = ''): CaseSource => ({
  beacon: source.stream(`${purpose}beacon`),
  silence: source.stream(`${purpose}silence`),
});

interface Panel {
  readonly answers: readonly SeatAnswer[];
  /** Owners of everybody who was drawn, seats' replacements among them. */
  readonly drawn: readonly string[];
}

/**
 * Draws one panel by the runtime's own selection and waits for its answers: members who stay silent
 * are replaced in rounds, all missing seats of a round after one another, as a challenge does.
 */
export const seatPanel = (
  court: Court,
  { seats, round }: { readonly seats: number; readonly round: number },
  excludedOwners: readonly string[],
  { beacon, silence }: CaseSource,
): Panel => {
  const { population, roleOf } = court.crowd;
  const seed = panelSeed({ beacon: beacon.bytes32(), challengeId: beacon.bytes32(), round });
  const drawing = { population, seed };
  const panel = drawPanel({ ...drawing, ...SITS_ALWAYS, excludedOwners, seats });
  assert(panel.ok, 'a scenario has at least as many members as its panels have seats');
  const answers: SeatAnswer[] = panel.value.map(() => 'empty');
  const drawn = [...excludedOwners];
  /** Whether the seat has its answer now. */
  const hear = (seat: number, member: Member): boolean => {
    drawn.push(member.owner);
    const role = roleOf(member);
    if (role === 'mute' || silence.chance(court.silent)) return false;
    answers[seat] = role;
    return true;
  };
  let missing = panel.value.flatMap((member, seat) => (hear(seat, member) ? [] : [seat]));
  for (let attempt = 1; attempt <= court.replacements && missing.length > 0; attempt++) {
    missing = missing.filter((seat) => {
      const member = drawSeat({ ...drawing, excludedOwners: drawn, seat, attempt });
      return member === undefined || !hear(seat, member);
    });
  }
  return { answers, drawn };
};

/**
 * How a challenge ends for a defendant; undecided after the last panel is void (PROTOCOL §6, 7).
 */
export type CaseVerdict = 'valid' | 'faulty' | 'void';

const CLAIM_OF = { cheating: 'lie', honest: 'truth' } as const;
const OTHER: Readonly<Record<Claim, Claim>> = { lie: 'truth', truth: 'lie' };

/**
 * Plays one challenge through its ladder, each panel drawn and judged by the runtime's own code.
 * `subject` is the defendant that is asked about: a `cheating` one reported the lie.
 */
export const playCase = (
  court: Court,
  subject: 'cheating' | 'honest',
  source: CaseSource,
): CaseVerdict => {
  const claim = CLAIM_OF[subject];
  const defendants: readonly Claim[] = court.form === 'pair' ? [claim, OTHER[claim]] : [claim];
  let drawn: readonly string[] = [];
  let verdict: PanelVerdict = 'undecided';
  for (const [index, seats] of court.panels.entries()) {
    const panel = seatPanel(court, { seats, round: index + 1 }, drawn, source);
    ({ drawn } = panel);
    const relations = relationsOf(panel.answers, defendants);
    const verdicts = defendants.map((_, defendant) => judge(relations, defendant));
    verdict = verdicts[0] ?? 'undecided';
    if (!verdicts.includes('undecided')) break;
  }
  return verdict === 'undecided' ? 'void' : verdict;
};
