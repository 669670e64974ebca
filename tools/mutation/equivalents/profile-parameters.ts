import type { Reasons } from './reasons.ts';

export const PROFILE_PARAMETERS: Reasons = {
  'parameters/guards.ts': {
    'an earlier check of the same guard has found the proposal': [
      ['decision', 'pending === undefined', 'false'],
    ],
  },
  'parameters/relations/panels.ts': {
    'of odd sizes, one that is larger is larger by two': [['constant', '1', '1 + 1']],
  },
  'profile/guards.ts': {
    'both heights are the same then': [
      ['comparison', 'last.height < retiredAt', '(last.height) <= (retiredAt)'],
    ],
    'where this check alone refuses, the next edge sweeps, so nobody is told': [
      ['arithmetic', 'retiredTail - retiredHead', '(retiredTail) + (retiredHead)'],
    ],
  },
  'profile/set-key.ts': {
    'a hexadecimal digit has the same value in base 17': [['constant', '16', '16 + 1']],
    'keys that are equal fail the next statement, and others differ before their end': [
      ['comparison', 'index < a.length', '(index) <= (a.length)'],
    ],
  },
  'profile/set-read.ts': {
    'a leaf has one owner, whose interval is noted before it is looked at': [
      [
        'statement forgotten',
        "assert(ownerInterval !== undefined, 'a leaf has one owner')",
        'undefined',
      ],
    ],
  },
  'profile/set-tree.ts': {
    'an id that is undefined is at least no other': [
      [
        'condition forgotten',
        'old !== undefined && old >= draft.mutableFrom',
        'old >= draft.mutableFrom',
      ],
    ],
    'what is dropped in place is written again at once': [
      ['condition forgotten', 'old !== undefined && !isInPlace', 'old !== undefined'],
    ],
    'at the bits on the way the key and the leaf agree': [
      ['comparison', 'branch.bit > bit', '(branch.bit) >= (bit)'],
    ],
  },
};
