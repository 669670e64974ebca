import type { Reasons } from './reasons.ts';

export const ACTORS: Reasons = {
  'beacon/actions.ts': {
    'of two equal rounds either is the latest': [
      ['comparison', 'round > context.latestRound', '(round) >= (context.latestRound)'],
    ],
  },
  'beacon/drand.ts': {
    'decoding a point has refused what is outside the subgroup': [
      ['condition forgotten', 'point.is0() || !point.isTorsionFree()', 'point.is0()'],
    ],
    'decoding takes no coordinate above the modulus, and the text is lower-case and compressed': [
      [
        'condition forgotten',
        'point.is0() || !point.isTorsionFree() || point.toHex(true) !== text',
        'point.is0() || !point.isTorsionFree()',
      ],
    ],
    'the text of a point is compared with the canonical one, which is of this form': [
      [
        'condition forgotten',
        'PUBLIC_KEY_TEXT.test(publicKey) && pointOf(G2.Point, publicKey) !== undefined',
        'pointOf(G2.Point, publicKey) !== undefined',
      ],
      [
        'connective',
        '!SIGNATURE_TEXT.test(signature) || !PUBLIC_KEY_TEXT.test(publicKey)',
        '(!SIGNATURE_TEXT.test(signature)) && (!PUBLIC_KEY_TEXT.test(publicKey))',
      ],
      [
        'condition forgotten',
        '!SIGNATURE_TEXT.test(signature) || !PUBLIC_KEY_TEXT.test(publicKey)',
        '!SIGNATURE_TEXT.test(signature)',
      ],
      [
        'condition forgotten',
        '!SIGNATURE_TEXT.test(signature) || !PUBLIC_KEY_TEXT.test(publicKey)',
        '!PUBLIC_KEY_TEXT.test(publicKey)',
      ],
      ['decision', '!SIGNATURE_TEXT.test(signature) || !PUBLIC_KEY_TEXT.test(publicKey)', 'false'],
    ],
  },
  'beacon/rounds.ts': {
    'both ways give the first round at its own time': [
      ['comparison', 'time <= genesisTime', '(time) < (genesisTime)'],
    ],
  },
  'kit/address.ts': {
    'codes are 14 at most, so each is one digit, and the same one to the bases 15, 16 and 17': [
      ['constant', '16', '16 + 1'],
      ['constant', '16', '16 - 1'],
      ['constant', '16', '16 + 1'],
      ['constant', '16', '16 - 1'],
      ['comparison', 'code < 16', '(code) <= (16)'],
      ['decision', 'code < 16', 'true'],
    ],
    'no kind has an address without any byte, whichever kind is looked up for it': [
      ['constant', '0', '0 + 1'],
    ],
  },
  'kit/compile.ts': {
    'nothing is stored under the name of nothing': [
      ['decision', 'guard === undefined', 'false'],
      ['decision', 'actions === undefined', 'false'],
    ],
    'what is named has been found, and no name is empty': [
      ['connective', 'guard && guardBody', '(guard) || (guardBody)'],
      ['condition forgotten', 'guard && guardBody', 'guard'],
      ['condition forgotten', 'guard && guardBody', 'guardBody'],
      ['connective', 'actions && stepBody', '(actions) || (stepBody)'],
      ['condition forgotten', 'actions && stepBody', 'actions'],
      ['condition forgotten', 'actions && stepBody', 'stepBody'],
    ],
    'only a guard gives a reason': [
      [
        'condition forgotten',
        'guard !== undefined && reason !== undefined',
        'reason !== undefined',
      ],
    ],
  },
  'kit/integer.ts': {
    'of two equal amounts either is the larger, and the smaller': [
      ['comparison', 'a > b', '(a) >= (b)'],
      ['comparison', 'a < b', '(a) <= (b)'],
    ],
  },
  'request/guards.ts': {
    'earlier checks of the same guard have found the profile and the provider': [
      ['constant', '0n', '0n + 1n'],
      ['constant', '0n', '0n + 1n'],
    ],
    'a provider serves a profile once, so the first place is the last': [
      [
        'method',
        'view.context.served.find((served) => served.profileHash === profileHash)',
        'view.context.served.findLast((served) => served.profileHash === profileHash)',
      ],
    ],
  },
};
