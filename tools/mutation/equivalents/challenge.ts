import type { Reasons } from './reasons.ts';

export const CHALLENGE: Reasons = {
  'challenge/actions.ts': {
    'asked only where the payload is missing, or everybody’s output': [
      ['decision', 'payloadPublished && each.substantiated', 'false'],
    ],
  },
  'challenge/chunk-comparison.ts': {
    'where the evidence is the output no comparator looks at the evidence': [
      ['decision', 'evidenceIsOutput(comparator)', 'false'],
      ['field forgotten', '{ ...entry, evidence: entry.output }', '{ ...entry }'],
      ['decision', 'evidenceIsOutput(comparator)', 'false'],
    ],
    'every number but 0 says the second': [['constant', '1', '1 + 1']],
    'the guard of the message has found round and chunk': [
      [
        'statement forgotten',
        "assert(draw !== undefined, 'the guard of the message has found the round')",
        'undefined',
      ],
      [
        'statement forgotten',
        "assert(place !== undefined, 'the guard of the message has found the chunk')",
        'undefined',
      ],
    ],
    'of a number below the first no seat is found': [['decision', 'party < FIRST_SEAT', 'false']],
    'with its panel judged, no seat is `revealed` any more': [
      [
        'condition forgotten',
        "seat.round === context.round && seat.state === 'revealed'",
        "seat.state === 'revealed'",
      ],
    ],
    'where there is no second text no place lies after the first': [
      [
        'condition forgotten',
        'isTeacherForced(context.comparator) && context.defendants[1]?.substantiated === true',
        'isTeacherForced(context.comparator)',
      ],
    ],
  },
  'challenge/chunk-opening.ts': {
    'an earlier check of the guard has found the party': [
      ['constant', '0', '0 + 1'],
      ['constant', '0n', '0n + 1n'],
      ['decision', 'party === undefined', 'false'],
    ],
    'both halves of an absent chunk are empty, and well-formed': [
      ['comparison', 'message.index >= message.leaves', '(message.index) > (message.leaves)'],
      [
        'condition forgotten',
        'message.index >= message.leaves || isWellFormed(comparator, role, { output, evidence })',
        'isWellFormed(comparator, role, { output, evidence })',
      ],
    ],
  },
  'challenge/chunks.ts': {
    'a bound above all hashes refuses fewer than 2^32 of 2^256 less': [
      ['constant', '2n', '2n + 1n'],
      ['constant', '256n', '256n + 1n'],
    ],
    'no second draw of an index is known: fewer than 2^32 of 2^256 hashes ask for one': [
      ['constant', '1', '1 + 1'],
      ['constant', '1', '1 - 1'],
    ],
    'differs for less than 2^32 of 2^256 hashes, none of which is known': [
      ['arithmetic', 'HASH_SPACE - (HASH_SPACE % leaves)', '(HASH_SPACE) + (HASH_SPACE % leaves)'],
      ['comparison', 'drawn < limit', '(drawn) <= (limit)'],
      ['decision', 'drawn < limit', 'true'],
    ],
  },
  'challenge/guards.ts': {
    'a panel that sits has no reason': [['decision', "'reason' in panel", 'true']],
    'a seat of a number is replaced only once it has left its state': [
      [
        'method',
        'context.seats.find( (each) => each.round === context.round && each.seat === ' +
          'seat && each.state === state, )',
        'context.seats.findLast((each) => each.round === context.round && each.seat === ' +
          'seat && each.state === state)',
      ],
    ],
    'an earlier check of the same guard has found the seat, and a seat is of a provider': [
      [
        'condition forgotten',
        'provider !== undefined && isKeyAt(provider, keyOf(from), height)',
        'isKeyAt(provider, keyOf(from), height)',
      ],
      ['constant', '40', '40 + 1'],
      ['constant', '40', '40 - 1'],
    ],
  },
  'challenge/judgement.ts': {
    'a seat that has answered is never empty': [
      ['condition forgotten', "stance === undefined || stance === 'empty'", 'stance === undefined'],
    ],
  },
  'challenge/marks.ts': {
    'where both are equal, either is the smaller': [
      ['comparison', 'of.leaves < of.minFail', '(of.leaves) <= (of.minFail)'],
    ],
  },
  'challenge/open/audit.ts': {
    'an earlier check has found the attestation, and the pool is there from genesis on': [
      ['decision', 'found === undefined', 'false'],
      ['constant', '0n', '0n + 1n'],
    ],
  },
  'challenge/open/begin.ts': {
    'attestations of one list have different ids, and a sort asks for the sign': [
      [
        'comparison',
        'a.context.attestationId < b.context.attestationId',
        '(a.context.attestationId) <= (b.context.attestationId)',
      ],
    ],
    'a sort asks for the sign, and V8 asks only whether it is negative': [
      ['constant', '1', '1 + 1'],
      ['constant', '1', '1 + 1'],
      ['constant', '1', '1 - 1'],
    ],
    'the guard of the message has found the profile': [
      ['constant', '0n', '0n + 1n'],
      ['decision', 'profile === undefined', 'false'],
    ],
  },
  'challenge/open/checks.ts': {
    'an earlier check of the same guard has found the profile': [['constant', '0n', '0n + 1n']],
  },
  'challenge/open/equivocation.ts': {
    'earlier checks of the same guard have found the attestation, and with it the provider': [
      ['constant', '0n', '0n + 1n'],
      [
        'condition forgotten',
        'provider !== undefined && (isKeyForEvidence(provider, signer, height, ' +
          'parameters) || read.entry(enclaveKeys, id, signer)?.profileHash === ' +
          'message.profileHash)',
        'isKeyForEvidence(provider, signer, height, parameters) || ' +
          'read.entry(enclaveKeys, id, signer)?.profileHash === message.profileHash',
      ],
      ['decision', 'found === undefined', 'false'],
    ],
  },
  'challenge/open/pair.ts': {
    'the reason is the same for both': [
      [
        'method',
        'pair .map((each) => whyNotNamed(each, message, providers)) .find((reason) => ' +
          'reason !== undefined)',
        'pair .map((each) => whyNotNamed(each, message, providers)).findLast((reason) => ' +
          'reason !== undefined)',
      ],
    ],
    'earlier checks of the same guard have found the profile and both attestations': [
      [
        'condition forgotten',
        "profile !== undefined && profile.specification.comparator.type !== 'exact'",
        "profile.specification.comparator.type !== 'exact'",
      ],
      [
        'connective',
        'a === undefined || b === undefined',
        '(a === undefined) && (b === undefined)',
      ],
      ['condition forgotten', 'a === undefined || b === undefined', 'a === undefined'],
      ['condition forgotten', 'a === undefined || b === undefined', 'b === undefined'],
      ['decision', 'a === undefined || b === undefined', 'false'],
    ],
  },
  'challenge/relations.ts': {
    'a place has one seat that answered: a seat is replaced only without a commitment': [
      [
        'method',
        'context.seats.find( (seat) => seat.round === round && seat.seat === at && ' +
          "seat.state === 'answered', )",
        'context.seats.findLast((seat) => seat.round === round && seat.seat === at && ' +
          "seat.state === 'answered')",
      ],
    ],
  },
  'challenge/rounds.ts': {
    'the guard of the message has found that the panel sits': [
      ['decision', "'seats' in panel", 'true'],
    ],
    'a round begins without attempts': [
      [
        'field forgotten',
        '{ ...context, beacon, attempt: 0, seats: [...context.seats, ...seats] }',
        '{ ...context, beacon, seats: [...context.seats, ...seats] }',
      ],
    ],
  },
  'challenge/schedule.ts': {
    'a panel after the last has no place in the list, and `with` refuses it': [
      ['constant', '0n', '0n + 1n'],
    ],
  },
  'challenge/verdict.ts': {
    'a majority of one seat is as large as one of none': [['constant', '0', '0 + 1']],
  },
  'challenge/wanted.ts': {
    'a place has one seat that revealed: a seat is replaced only without a commitment': [
      [
        'method',
        'context.seats.find( (each) => isSeatOfPanel(context, each) && each.seat === ' +
          "seat && each.state === 'revealed', )",
        'context.seats.findLast((each) => isSeatOfPanel(context, each) && each.seat === ' +
          "seat && each.state === 'revealed')",
      ],
    ],
    'of no leaves none is named and none drawn': [['decision', 'leaves === 0', 'false']],
    'where seats do not answer on the text of others every offset is 0, and no index is before it':
      [
        [
          'condition forgotten',
          'party >= FIRST_SEAT && isTeacherForced(context.comparator)',
          'party >= FIRST_SEAT',
        ],
      ],
  },
};
