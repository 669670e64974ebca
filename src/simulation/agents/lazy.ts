import { type Behaviour, type Character, TRUTH } from './behaviour.ts';
import { absence } from './honest.ts';

/**
 * Does what it is paid a fee for, and no more: as a seat it guesses that the defendant is right and
 * commits to its hash without running anything (ECONOMICS 7). The evidence is made with its own
 * key, so it cannot show what it committed to.
 */
export const lazy = (self: Character): Behaviour => ({
  attests: () => ({ type: 'says', saying: TRUTH }),
  votes: () => absence(self) ?? { type: 'guesses', defendant: 0 },
});
