import type { Tallies } from '../tally.ts';

/**
 * What documentation says that the griefing factor stays below where panels can sit and a claim is
 * worth no more than the least base answers for (I60): whoever attacks honest providers by
 * challenges and appeals, with up to a third of the stake on panels, loses at least five times what
 * they lose. Where no panel can sit there is no such bound: see `docs/simulation.md`.
 */
export const GRIEFING_FACTOR_LIMIT = 0.2;

/**
 * What diligent people lost for each coin that attackers spent on challenges of honest
 * attestations; nothing where nobody attacked, or it cost them nothing.
 */
export const griefingFactor = (tallies: Tallies): number | undefined => {
  const loss = tallies.get('griefing/loss');
  const cost = tallies.get('griefing/cost');
  if (loss === undefined || cost === undefined || cost.sum <= 0n) return undefined;
  return Number(loss.sum) / Number(cost.sum);
};
