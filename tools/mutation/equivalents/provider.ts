import type { Reasons } from './reasons.ts';

export const PROVIDER: Reasons = {
  'provider/actions.ts': {
    'where both are equal, either is the smaller': [
      ['comparison', 'amountNlux < context.freeNlux', '(amountNlux) <= (context.freeNlux)'],
    ],
    'what it says is asked for only where the message says the same': [
      [
        'condition forgotten',
        'message.unsubstantiated && isSpared(context, height, parameters)',
        'isSpared(context, height, parameters)',
      ],
      [
        'condition forgotten',
        'noShow && isSecondNoShow(context, height, parameters)',
        'isSecondNoShow(context, height, parameters)',
      ],
    ],
  },
  'provider/enclave-end.ts': {
    'an earlier check of the same guard has found the key': [
      [
        'condition forgotten',
        'entry === undefined || call.time <= entry.expiresAt',
        'call.time <= entry.expiresAt',
      ],
      [
        'condition forgotten',
        'entry === undefined || call.time > evidenceEnds(entry, call)',
        'call.time > evidenceEnds(entry, call)',
      ],
      ['decision', 'entry === undefined', 'false'],
    ],
  },
  'provider/enrolment.ts': {
    'a provider serves a profile once, so the first place is the last': [
      [
        'method',
        'served.find((each) => each.profileHash === profileHash)',
        'served.findLast((each) => each.profileHash === profileHash)',
      ],
    ],
    'earlier checks of the same guard have found both': [
      [
        'connective',
        'profile !== undefined && reference !== undefined',
        '(profile !== undefined) || (reference !== undefined)',
      ],
      [
        'condition forgotten',
        'profile !== undefined && reference !== undefined',
        'profile !== undefined',
      ],
      [
        'condition forgotten',
        'profile !== undefined && reference !== undefined',
        'reference !== undefined',
      ],
      [
        'statement forgotten',
        "assert(profile !== undefined && reference !== undefined, 'earlier checks have " +
          "found both')",
        'undefined',
      ],
    ],
    'the guard of the message has accepted it': [
      [
        'connective',
        "result.ok && tee.type === 'required'",
        "(result.ok) || (tee.type === 'required')",
      ],
      ['condition forgotten', "result.ok && tee.type === 'required'", 'result.ok'],
      ['condition forgotten', "result.ok && tee.type === 'required'", "tee.type === 'required'"],
      [
        'statement forgotten',
        "assert(result.ok && tee.type === 'required', 'the guard of the message has accepted it')",
        'undefined',
      ],
    ],
    'a report that holds has no reason': [['decision', 'result.ok', 'false']],
    'where both are equal, the difference is 0': [
      ['comparison', 'call.height > RECENT_BLOCKS', '(call.height) >= (RECENT_BLOCKS)'],
    ],
  },
  'provider/guards.ts': {
    'whose stake unbonds has none that is free or locked': [
      [
        'condition forgotten',
        'activeStake(context) === 0n && maturedLots(context, height, ' +
          'parameters.unbondingBlocks).length === context.lots.length',
        'maturedLots(context, height, parameters.unbondingBlocks).length === context.lots.length',
      ],
    ],
    'a provider serves a profile once, so the first place is the last': [
      [
        'method',
        'served.find((place) => place.profileHash === profileHash)',
        'served.findLast((place) => place.profileHash === profileHash)',
      ],
    ],
  },
  'provider/machine.ts': {
    'without an edge of its own the state has that of the machine, which is the same': [
      [
        'element forgotten',
        "[ { guard: 'isSecondNoShow', target: 'jailed', actions: 'jail' }, { actions: " +
          "'penalize' }, ]",
        "[{ guard: 'isSecondNoShow', target: 'jailed', actions: 'jail' }]",
      ],
    ],
  },
  'provider/rotation.ts': {
    'a provider has a key from its registration on': [['constant', '0n', '0n + 1n']],
  },
  'provider/service.ts': {
    'a provider serves a profile once, so the first place is the last': [
      [
        'method',
        'context.served.find((each) => each.profileHash === profileHash)',
        'context.served.findLast((each) => each.profileHash === profileHash)',
      ],
    ],
  },
  'provider/stake.ts': {
    'more is wanted of the lots than they hold, and what they hold is taken': [
      ['constant', '0n', '0n + 1n'],
    ],
  },
};
