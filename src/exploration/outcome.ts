import type { ChainView } from '../testing/view.ts';
import type { Lexicon } from './lexicon.ts';
import type { Setting } from './setting.ts';

/** Defendants of whom a second answer can still be shown, as far as they have not been. */
const mayBeProven = (setting: Setting, view: ChainView): boolean =>
  setting.world.moves.includes('equivocation') &&
  setting.world.defendants.some(({ name, alsoSigns }) => {
    const attested = view.actor(setting.attestation(name))?.context;
    if (attested === undefined || alsoSigns.length === 0) return false;
    const isRecent = view.height < attested.height + setting.world.parameters.evidenceAgeBlocks;
    const provider = view.actor(setting.provider(name));
    const isPunished = provider?.state === 'tombstoned' && provider.context.lots.length === 0;
    return isRecent && !isPunished;
  });

/**
 * Can nothing be judged any more? Every attestation that the world may have has ended or is final
 * by height, with nothing left in escrow, every challenge is final, and no proof of two answers
 * counts. All that could follow is that somebody moves stake of its own.
 */
export const isOver = (setting: Setting, view: ChainView): boolean => {
  const { world } = setting;
  const attestations = view.all('attestation');
  const mayAttest = world.begins === 'serving' && world.moves.includes('attest');
  if (mayAttest && attestations.length < world.defendants.length) return false;
  const haveEnded = attestations.every(({ record: { state, context } }) => {
    const hasEnded = state === 'pending' ? context.windowEnd <= view.height : state !== 'disputed';
    return hasEnded && context.escrowNlux === 0n;
  });
  const isOpen = view.all('challenge').some(({ record }) => record.state !== 'final');
  return haveEnded && !isOpen && !mayBeProven(setting, view);
};

/** How the disputes of a state ended, such as `pair(ada, bob): decided, valid faulty`. */
export const outcomeOf = (view: ChainView, lexicon: Lexicon): string => {
  const disputes = view.all('challenge').map(({ record: { context } }) => {
    const verdicts = context.defendants.map(
      ({ provider, verdict }) => `${lexicon.person(provider)} ${verdict}`,
    );
    const label = lexicon.challenge(context);
    return `${label} ${context.ending}: ${verdicts.toSorted(byText).join(', ')}`;
  });
  return disputes.length === 0 ? 'nothing is disputed' : disputes.toSorted(byText).join('; ');
};

const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
