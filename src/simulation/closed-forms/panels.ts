/** What panels decide, by who sits on them (ECONOMICS 9 to 12). */
import { acquittalQuorum, slashQuorum } from '../../machines/parameters/deterrence.ts';
import { afterDrawing, atLeast, choose, type Crowd, waysAmong } from './counting.ts';
import { complement, multiply, ONE, power, rational, reduce, subtract, sum } from './exact.ts';
import { ZERO, type Rational } from './exact.ts';

/** P(wrong verdict) of one re-runner: f of the eligible stake (ECONOMICS 9). */
export const singleRerunnerError = (colluders: Rational): Rational => colluders;

/**
 * P(colluders hold `⌊n/2⌋+1` of n seats) (ECONOMICS 10). Of N = 100 with f = 0.2 and n = 7:
 * 0.02813; with replacement or many small stakes: 0.03334.
 */
export const majorityError = (crowd: Crowd, seats: number): Rational =>
  atLeast(crowd, seats, acquittalQuorum(seats));

/** P(colluders hold the slash quorum `⌊2n/3⌋+1`): f = 0.2, n = 7: 0.00467 (ECONOMICS 11). */
export const slashQuorumError = (crowd: Crowd, seats: number): Rational =>
  atLeast(crowd, seats, slashQuorum(seats));

/**
 * P(fewer than `⌊2n/3⌋+1` seats are honest and answer) (ECONOMICS 11), with `answering` the crowd
 * of whom each seat is drawn that is honest and answers.
 */
export const escapeFromPanel = (answering: Crowd, seats: number): Rational =>
  complement(atLeast(answering, seats, slashQuorum(seats)));

/**
 * Seats of the ladder from `first` on, `n → 2n+1` each: of 1, 3, 7, 15 in all 26 (ECONOMICS 12).
 */
export const seatsOfLadder = (panels: number, first = 1): number => {
  let [seats, total] = [first, 0];
  for (let panel = 0; panel < panels; panel++) {
    total += seats;
    seats = 2 * seats + 1;
  }
  return total;
};

/** A seat and its k replacements all fail to answer: `u^(k+1)` (ECONOMICS 12). */
export const noAnswer = (silent: Rational, replacements: number): Rational =>
  power(silent, replacements + 1);

/** Rules of a play of one challenge, for theory as for the game itself. */
export interface LadderRules {
  /** Seats of each panel. */
  readonly panels: readonly number[];
  /** Two defendants, one right and one wrong, or one alone. */
  readonly form: 'pair' | 'audit';
  readonly crowd: Crowd;
  /** u: probability that a member does not answer, whoever it is. */
  readonly silent: Rational;
  /** k: how often a seat without an answer is drawn anew. */
  readonly replacements: number;
}

/** How a challenge ends for one defendant: the three add up to one. */
export interface Verdicts {
  readonly upheld: Rational;
  readonly convicted: Rational;
  readonly voided: Rational;
}

type Finding = keyof Verdicts;

/** With fewer seats nobody's answer but the other defendant's is a centre (PROTOCOL §6.2). */
const SEATS_FOR_OWN_CENTRE = 3;

const findingOf = (
  { form }: LadderRules,
  n: number,
  { supporting, rejecting }: { readonly supporting: number; readonly rejecting: number },
): Finding => {
  if (supporting >= acquittalQuorum(n)) return 'upheld';
  const hasCentre = form === 'pair' || n >= SEATS_FOR_OWN_CENTRE;
  return hasCentre && rejecting >= slashQuorum(n) ? 'convicted' : 'voided';
};

/** What a panel may look like: seats that answer, colluders among them, and in how many ways. */
interface Composition {
  readonly answered: number;
  readonly colluding: number;
  readonly ways: bigint;
}

/**
 * All compositions of a panel, their ways over one denominator: no fraction has to be reduced until
 * they are added up. Who answers is binomial, who of them colludes as `chanceOf` has it.
 */
const compositionsOf = ({ crowd, silent, replacements }: LadderRules, seats: number) => {
  const answers = reduce(complement(noAnswer(silent, replacements)));
  const { over, waysOf } = waysAmong(crowd, seats);
  const all: Composition[] = [];
  for (let answered = 0; answered <= seats; answered++) {
    const heard = answers.num ** BigInt(answered);
    const unheard = (answers.den - answers.num) ** BigInt(seats - answered);
    const some = choose(seats, answered) * heard * unheard;
    if (some === 0n) continue;
    for (let colluding = 0; colluding <= answered; colluding++) {
      const ways = some * waysOf(answered, colluding);
      if (ways > 0n) all.push({ answered, colluding, ways });
    }
  }
  return { all, over: over * answers.den ** BigInt(seats) };
};

type Subject = 'cheating' | 'honest';

/** What a panel finds; `open` goes to the next one, if there is one. */
const findingFor = (
  rules: LadderRules,
  seats: number,
  subject: Subject,
  { answered, colluding }: Composition,
): Finding | 'open' => {
  const honest = answered - colluding;
  const cheating = findingOf(rules, seats, { supporting: colluding, rejecting: honest });
  const upright = findingOf(rules, seats, { supporting: honest, rejecting: colluding });
  const [mine, others] = subject === 'cheating' ? [cheating, upright] : [upright, cheating];
  const isOpen = mine === 'voided' || (rules.form === 'pair' && others === 'voided');
  return isOpen && rules.panels.length > 1 ? 'open' : mine;
};

/** `known`: what follows from each crowd that may be left, since many ways lead to the same. */
const verdictsFrom = (
  rules: LadderRules,
  subject: Subject,
  known: Map<string, Verdicts>,
): Verdicts => {
  const [seats = 0, ...panels] = rules.panels;
  const { all, over } = compositionsOf(rules, seats);
  const ends = { upheld: 0n, convicted: 0n, voided: 0n };
  const open = new Map<Verdicts, bigint>();
  const following = (crowd: Crowd): Verdicts => {
    const key = `${panels.length} ${crowd.of} ${crowd.of === undefined ? '' : crowd.marked}`;
    const verdicts = known.get(key) ?? verdictsFrom({ ...rules, panels, crowd }, subject, known);
    known.set(key, verdicts);
    return verdicts;
  };
  for (const composition of all) {
    const { answered, colluding, ways } = composition;
    const finding = findingFor(rules, seats, subject, composition);
    if (finding !== 'open') {
      ends[finding] += ways;
      continue;
    }
    const later = following(afterDrawing(rules.crowd, answered, colluding));
    open.set(later, (open.get(later) ?? 0n) + ways);
  }
  const chanceTo = (finding: Finding): Rational =>
    sum([
      rational(ends[finding], over),
      ...[...open].map(([later, ways]) => multiply(rational(ways, over), later[finding])),
    ]);
  return {
    upheld: chanceTo('upheld'),
    convicted: chanceTo('convicted'),
    voided: chanceTo('voided'),
  };
};

/**
 * How a ladder of panels ends for a defendant: `cheating` is one whose result honest seats reject
 * and colluders support, `honest` the opposite. Who is undecided, or stands beside one that is,
 * goes to the next panel and is judged anew; undecided after the last is void (PROTOCOL §6, 7).
 *
 * Silence does not look at who is silent, so those who answer are a random part of all: their
 * number is binomial with `1 − u^(k+1)`, and of them as many collude as if only they had been
 * drawn. Members of one panel sit on no other, so a crowd of N shrinks by those who answered. Holds
 * while a crowd of N does not run out: `N ≥ (k+1)·Σ n`.
 */
export const ladderVerdicts = (rules: LadderRules, subject: Subject): Verdicts =>
  rules.panels.length === 0
    ? { upheld: ZERO, convicted: ZERO, voided: ONE }
    : verdictsFrom(rules, subject, new Map());

/** A cheater escapes unless the ladder convicts it (ECONOMICS 8 and 11). */
export const escapeFromLadder = (rules: LadderRules): Rational =>
  subtract(ONE, ladderVerdicts(rules, 'cheating').convicted);

/** The design's own: audits 3 → 7 at a fifth of colluders (ECONOMICS 8). */
export const DESIGN_LADDER: LadderRules = {
  panels: [3, 7],
  form: 'audit',
  crowd: { share: rational(1n, 5n) },
  silent: ZERO,
  replacements: 2,
};
