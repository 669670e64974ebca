import { type Behaviour, type Character, TRUTH, type Vote } from './behaviour.ts';

/** What becomes of a seat before anything is run: nothing is said, or it is declined. */
export const absence = ({ rates, decisions }: Character): Vote | undefined => {
  if (rates.silent > 0 && decisions.silence.roughly(rates.silent)) return { type: 'silent' };
  if (rates.unable > 0 && decisions.silence.roughly(rates.unable)) return { type: 'unable' };
  return undefined;
};

const TELLS_TRUTH = { type: 'says', saying: TRUTH } as const;

/**
 * Runs the model whenever it is asked. `flaky` is the same with a rate of silence, `noisy` with a
 * distance from what others get: the character says how much.
 */
export const honest = (self: Character): Behaviour => ({
  attests: () => TELLS_TRUTH,
  votes: () => absence(self) ?? TELLS_TRUTH,
});
