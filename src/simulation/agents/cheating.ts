import { type Behaviour, type Character, TRUTH } from './behaviour.ts';
import { absence } from './honest.ts';

/** Attests something of its own at a rate, and re-runs honestly, since that is paid anyway. */
export const cheating = (self: Character): Behaviour => ({
  attests: () => {
    const { rates, decisions, name } = self;
    const isLie = decisions.cheating.roughly(rates.cheats);
    return { type: 'says', saying: isLie ? { type: 'lie', by: name } : TRUTH };
  },
  votes: () => absence(self) ?? { type: 'says', saying: TRUTH },
});
