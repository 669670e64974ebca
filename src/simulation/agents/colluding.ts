import { type Behaviour, type Character, type Saying, TRUTH } from './behaviour.ts';
import { absence } from './honest.ts';

/**
 * One of many identities of one owner. They lie alike, at a rate; on a panel all say what a fellow
 * that is accused has said, and of a stranger the common lie, so that it is convicted if they are
 * enough.
 */
export const colluding = (self: Character): Behaviour => {
  const lie: Saying = { type: 'lie', by: self.league };
  return {
    attests: () => {
      const isLie = self.decisions.cheating.roughly(self.rates.cheats);
      return { type: 'says', saying: isLie ? lie : TRUTH };
    },
    votes: ({ accused }) => {
      const fellow = accused.find(({ told }) => told !== undefined);
      return absence(self) ?? { type: 'says', saying: fellow?.told ?? lie };
    },
  };
};
