/** How long a challenge may take (ECONOMICS 15). */

/** Windows of a dispute in blocks. */
export interface Windows {
  readonly publish: bigint;
  readonly seed: bigint;
  readonly commit: bigint;
  readonly reveal: bigint;
  readonly appeal: bigint;
  /** R: panels of the ladder. */
  readonly panels: bigint;
  /** Commit windows of a seat: its own and those of its replacements. */
  readonly commitWindows: bigint;
}

/** A seed that does not come is moved once. */
const SEED_WINDOWS = 2n;

/**
 * `D = publish + R(2·seed + 3·commit + reveal) + (R−1)·appeal` blocks, with 3 the commit windows of
 * a seat (ECONOMICS 15): 50,850 with the windows of mainnet.
 */
export const longestChallenge = (windows: Windows): bigint => {
  const { publish, seed, commit, reveal, appeal, panels, commitWindows } = windows;
  const round = SEED_WINDOWS * seed + commitWindows * commit + reveal;
  return publish + panels * round + (panels - 1n) * appeal;
};
