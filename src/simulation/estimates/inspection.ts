/**
 * The game between would-be cheaters and voluntary checkers (ECONOMICS 5), played by people who
 * learn from what they see. Nobody is told the equilibrium.
 *
 * Would-be cheaters see how many check, and fewer of them cheat the more it costs them: all where a
 * wrong attestation gains much, none where it loses much, half where it brings nothing. Checkers
 * keep account of what checking brings, `R` for a catch less `k` for a check; while it pays more of
 * them come, while it does not they leave.
 *
 * That the mean cheating rate is k/R then takes no approximation: over T rounds the checkers'
 * account changes by `Σ(cheating − k/R)`, and an account that stays where it is forces the mean.
 * How much a cheater loses decides only how many checkers that takes.
 */
import { toNumber, type Rational } from '../closed-forms/exact.ts';
import { playCase, type CaseSource, type Court } from '../panels/index.ts';
import type { RunSource, Stream } from '../random/index.ts';

/** Rounds in which everybody only learns: forty times as long as a disturbance lasts. */
const LEARNING_ROUNDS = 400;
const COUNTED_ROUNDS = 200;
/** Attestations of a round, so many that some are wrong and some right; all divide the last. */
const ROUND_SIZES = [10, 100, 1_000] as const;
const LARGEST_ROUND = 1_000;
/** Wrong (or right) attestations that a round should have on average. */
const WANTED_EVENTS = 2;
/**
 * Half the range of checking rates over which cheating falls from all to none, of what there is.
 */
const HESITATION = 0.5;
/** Share of a disturbance that a round undoes. */
const ADJUSTMENT = 0.1;
const HALF = 0.5;

/** Played observations are wrong attestations of so many. */
export const OBSERVED_ATTESTATIONS = LARGEST_ROUND * COUNTED_ROUNDS;

/** What the game is played for; both of `(0, 1]`. */
export interface Stakes {
  /** k/R: cost of a check by reward of a catch. */
  readonly costShare: Rational;
  /** G/(G + s·S): gain by all that is at stake for a cheater. */
  readonly gainShare: Rational;
}

const rarer = (share: number): number => Math.min(share, 1 - share);
const probability = (value: number): number => Math.min(1, Math.max(0, value));

/** Attestations of each round; where all of them will be wrong the fewest will do. */
export const roundSize = ({ costShare }: Stakes): number => {
  const rare = rarer(toNumber(costShare));
  const wanted = rare === 0 ? 0 : WANTED_EVENTS / rare;
  return ROUND_SIZES.find((size) => size >= wanted) ?? LARGEST_ROUND;
};

interface Round {
  readonly attestations: number;
  readonly cheating: number;
  readonly checking: number;
}

/** Draws who cheats and who checks; what a check finds, a panel says. */
const playRound = (court: Court, choices: Stream, randomness: CaseSource, round: Round) => {
  let [cheated, found] = [0, 0];
  for (let attestation = 0; attestation < round.attestations; attestation++) {
    const isCheat = choices.roughly(round.cheating);
    const isChecked = choices.roughly(round.checking);
    if (!isCheat) continue;
    cheated += 1;
    // What nobody checks shows itself later: then it is known what a check would have found.
    found += Number(!isChecked || playCase(court, 'cheating', randomness) === 'faulty');
  }
  return { cheated, found };
};

/**
 * One life of the two populations: how many of `OBSERVED_ATTESTATIONS` are wrong once everybody has
 * learned. Rounds are of fewer where few are needed; each then counts for as many.
 */
export const playInspection = (stakes: Stakes, court: Court, source: RunSource): bigint => {
  const [cost, gain] = [toNumber(stakes.costShare), toNumber(stakes.gainShare)];
  const choices = source.stream('choices');
  const randomness = { beacon: source.stream('beacon'), silence: source.stream('silence') };
  const attestations = roundSize(stakes);
  const range = HESITATION * rarer(gain);
  // At first so many check that a wrong attestation brings nothing, and every other one is wrong.
  // From where all or none cheat, checkers with little to gain, or to lose, would learn too slowly.
  let account = gain;
  let counted = 0;
  for (let round = 0; round < LEARNING_ROUNDS + COUNTED_ROUNDS; round++) {
    const checking = probability(account);
    const cheating = probability(HALF + (HALF * (gain - checking)) / range);
    const before = { attestations, cheating, checking };
    const { cheated, found } = playRound(court, choices, randomness, before);
    account += 2 * range * ADJUSTMENT * (found / attestations - cost);
    if (round >= LEARNING_ROUNDS) counted += cheated;
  }
  return BigInt(counted * (LARGEST_ROUND / attestations));
};
