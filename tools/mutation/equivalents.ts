// Mutants that no test can find, each with its reason. One that is named here and does not exist
// any more fails the run, so the list cannot grow stale.

export interface Equivalent {
  readonly file: string;
  readonly operator: string;
  readonly from: string;
  readonly to: string;
  readonly because: string;
}

type Reasons = Readonly<Record<string, readonly (readonly [string, string, string])[]>>;

/** By source and reason: operator, what stands there, and what the mutant puts in its place. */
const REASONS: Readonly<Record<string, Reasons>> = {
  'attestation/actions.ts': {
    'the guard of the message has accepted the evidence, and found the profile': [
      [
        'statement forgotten',
        "assert(evidence.ok, 'the guard of the message has accepted it')",
        'undefined',
      ],
      [
        'condition forgotten',
        'profile !== undefined && isEnforceable(profile, call.height, call.parameters)',
        'isEnforceable(profile, call.height, call.parameters)',
      ],
      ['constant', '0n', '0n + 1n'],
    ],
  },
  'attestation/audit.ts': {
    'tells two draws apart only at a hash that ends in 252 zero bits': [
      [
        'comparison',
        'drawn * ONE_BPS < BigInt(auditRateBps) * HASH_VALUES',
        '(drawn * ONE_BPS) <= (BigInt(auditRateBps) * HASH_VALUES)',
      ],
    ],
  },
  'attestation/guards.ts': {
    'a provider serves a profile once, so the first place is the last': [
      [
        'method',
        'view.context.served.find((served) => served.profileHash === profileHash)',
        'view.context.served.findLast((served) => served.profileHash === profileHash)',
      ],
    ],
    'an earlier check of the same guard has found the profile': [
      [
        'condition forgotten',
        'profile === undefined || !isEnforceable(profile.context, height, parameters)',
        '!isEnforceable(profile.context, height, parameters)',
      ],
    ],
    'evidence that holds has no reason': [['decision', 'evidence.ok', 'false']],
  },
  'attestation/identity.ts': {
    'what is remembered saves time and changes nothing': [
      ['decision', 'remembered !== undefined', 'false'],
      ['statement forgotten', 'known.set(message, identity)', 'undefined'],
    ],
  },
  'attestation/tee.ts': {
    'what is remembered saves time and changes nothing': [
      ['statement forgotten', 'signers.set(call, signer)', 'undefined'],
      ['statement forgotten', 'evidences.set(call, evidence)', 'undefined'],
    ],
    'an earlier check of the same guard has found the profile': [
      [
        'statement forgotten',
        "assert(profile !== undefined, 'an earlier check has found the profile')",
        'undefined',
      ],
    ],
    'an earlier check of the same guard has found the provider': [
      [
        'condition forgotten',
        'view !== undefined && isKeyAt(view.context, signer, call.height)',
        'isKeyAt(view.context, signer, call.height)',
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
  'challenge/schedule.ts': {
    'a panel after the last has no place in the list, and `with` refuses it': [
      ['constant', '0n', '0n + 1n'],
    ],
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
  'challenge/open/begin.ts': {
    'attestations of one list have different ids, and a sort asks for the sign': [
      [
        'comparison',
        'a.context.attestationId < b.context.attestationId',
        '(a.context.attestationId) <= (b.context.attestationId)',
      ],
    ],
  },
  'comparators/tokens.ts': {
    'of two texts of one length either is the shorter': [
      ['comparison', 'a.length <= b.length', '(a.length) < (b.length)'],
    ],
  },
  'comparators/toploc/distance.ts': {
    'where both are equal, either is the larger': [['comparison', 'a > b', '(a) >= (b)']],
  },
  'comparators/float.ts': {
    'of 0 the opposite is 0': [['constant', '0n', '0n + 1n']],
    'of zero the opposite is zero': [['comparison', 'difference < 0n', '(difference) <= (0n)']],
  },
  'comparators/relative.ts': {
    'of 0 the opposite is 0': [['constant', '0n', '0n + 1n']],
    'of zero the opposite is zero': [['comparison', 'scaled < 0n', '(scaled) <= (0n)']],
  },
  'parameters/deterrence.ts': {
    'the numerator is even: 4/5 of honest seats leaves a factor 2 in it, and 10,000 in the rate': [
      ['constant', '0n', '0n + 1n'],
    ],
  },
  'parameters/schedule.ts': {
    'one round has no appeal, by either branch': [['constant', '0n', '0n + 1n']],
  },
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

export const EQUIVALENTS: readonly Equivalent[] = Object.entries(REASONS).flatMap(
  ([file, reasons]) =>
    Object.entries(reasons).flatMap(([because, mutants]) =>
      mutants.map(([operator, from, to]) => ({
        file: `src/machines/${file}`,
        operator,
        from,
        to,
        because,
      })),
    ),
);
