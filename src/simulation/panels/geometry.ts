import type { PanelRelations, Stance } from '../../machines/challenge/verdict.ts';
import type { SeatAnswer } from './roles.ts';

/** A defendant reported the truth or the lie; seats support who reported the same. */
export type Claim = 'truth' | 'lie';

const CLAIM_OF = { honest: 'truth', colluding: 'lie', empty: undefined } as const;

/**
 * How seats stand to defendants and to one another under an exact comparison: honest seats have the
 * truth, colluders one lie between them, and who did not answer has nothing.
 */
export const relationsOf = (
  seats: readonly SeatAnswer[],
  defendants: readonly Claim[],
): PanelRelations => {
  const claims = seats.map((answer): Claim | undefined => CLAIM_OF[answer]);
  const stance = (claim: Claim | undefined, defendant: Claim): Stance => {
    if (claim === undefined) return 'empty';
    return claim === defendant ? 'supports' : 'rejects';
  };
  return {
    stances: defendants.map((defendant) => claims.map((claim) => stance(claim, defendant))),
    isNearDefendant: (seat, defendant) => claims[seat] === defendants[defendant],
    isNearSeat: (seat, centre) => claims[seat] === claims[centre],
  };
};
