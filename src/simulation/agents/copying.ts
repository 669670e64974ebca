import { type Behaviour, type Character, TRUTH } from './behaviour.ts';
import { absence } from './honest.ts';

/**
 * Takes what others have: the hashes of an attestation where there is one, and as a seat the
 * commitment of another. Neither opens for it: evidence and commitments name their author (§2, §6).
 */
export const copying = (self: Character): Behaviour => ({
  attests: ({ isAttested }) => (isAttested ? { type: 'copies' } : { type: 'says', saying: TRUTH }),
  votes: () => absence(self) ?? { type: 'copies' },
});
