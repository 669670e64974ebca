import type { ChallengeContext } from '../../machines/challenge/record.ts';

/** Which rule ended a challenge, in words; empty while it is open. */
export const endedBecause = (context: ChallengeContext, size: number): string => {
  const { ending, round, appeals } = context;
  const isOnAppeal = appeals.some((appeal) => appeal.round === round - 1);
  switch (ending) {
    case 'open':
      return '';
    case 'payloadMissing':
      return 'nobody published the payload, so nobody can judge';
    case 'outputsMissing':
      return 'what the comparator asks of the outputs was shown of none';
    case 'decided':
      return `nobody appealed against panel ${round}: what it found is final`;
    case 'lastPanel':
      return `panel ${round} was the last of the ladder`;
    case 'panelCannotSit':
      return (
        `panel ${round} of ${size} could not sit, for too few independent owners or too little ` +
        `stake: ${round === 1 ? 'nothing was found' : 'what was found before it counts'}` +
        `${isOnAppeal ? '' : ', and undecided is void'}`
      );
    case 'seedMissing':
      return `the beacon round that seeds panel ${round} never came, nor the one in its place`;
    case 'lapsed':
      return 'its timers came so late that what it would draw from is not kept any more';
    case 'equivocation':
      return 'one provider signed two answers to one claim: proof by itself';
  }
};
