import { failWith } from '../codec/failure.ts';

/** What is wrong with a world or a replay; what is wrong with a field of a file is `json/…`. */
export const explorationErrors = {
  'exploration/unknown-output':
    'The world has no output details.output: add it to outputs, or use one of details.known.',
  'exploration/unknown-defendant':
    'details.name is to move stake, and is no defendant of the world: name one of details.known.',
  'exploration/duplicate-name':
    'Two people of the world have the name details.name: give each its own.',
  'exploration/too-few-defendants':
    'The world begins with a details.begins, which takes details.needed defendants: name them.',
  'exploration/nobody-challenges':
    'Somebody opens the challenges of a world: name at least one challenger.',
  'exploration/evidence-needed':
    'Evidence of the comparator details.comparator is not the output itself, and a world has ' +
    'none: choose another comparator.',
  'exploration/parameter-relation':
    'The parameters contradict one another: details.path is at fault, see details.expected.',
  'exploration/setup-refused':
    'The beginning of the world cannot be played: the chain refuses details.step, and ' +
    'details.reason is why.',
  'exploration/left-out':
    'No block may include an order of the world: details.cause is the rule that it breaks. Give ' +
    'people more coins, or blocks more gas.',
  'exploration/other-world':
    'The replay was written for another world, or for this one before it was changed.',
  'exploration/no-such-move':
    'Step details.step of the replay is no move of this world at that point: see details.move.',
} as const;

export type ExplorationErrorCode = keyof typeof explorationErrors;

/** Builds a failed result of this catalogue. */
export const explorationFail = failWith<ExplorationErrorCode>(explorationErrors);
