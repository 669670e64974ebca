import type { Reasons } from './reasons.ts';

export const REST: Reasons = {
  'parameters/deterrence.ts': {
    'the numerator is even: 4/5 of honest seats leaves a factor 2 in it, and 10,000 in the rate': [
      ['constant', '0n', '0n + 1n'],
    ],
  },
  'parameters/schedule.ts': {
    'one round has no appeal, by either branch': [['constant', '0n', '0n + 1n']],
  },
  'selection/population.ts': {
    'intervals of different owners never begin at one point': [
      ['comparison', 'a.from < b.from', '(a.from) <= (b.from)'],
      ['comparison', 'a.from > b.from', '(a.from) >= (b.from)'],
    ],
    'a sort asks for the sign, and V8 asks only whether it is negative': [
      ['constant', '1', '1 + 1'],
      ['comparison', 'a.from > b.from', '(a.from) <= (b.from)'],
    ],
  },
};
