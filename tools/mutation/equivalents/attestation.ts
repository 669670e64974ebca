import type { Reasons } from './reasons.ts';

export const ATTESTATION: Reasons = {
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
    'a signer that is not refused has no reason': [
      ['decision', "signer.type === 'refused'", 'true'],
    ],
    'an earlier check of the same guard has found the profile, for a report too': [
      [
        'statement forgotten',
        "assert(profile !== undefined, 'an earlier check has found the profile')",
        'undefined',
      ],
    ],
    'an enrolment needs an anchor and these lists, which are replaced and never removed': [
      [
        'condition forgotten',
        'anchor && read.entry(crls, TRUST_STORE, slotKey(crlSlotOf(anchor.publicKey)))',
        'read.entry(crls, TRUST_STORE, slotKey(crlSlotOf(anchor.publicKey)))',
      ],
      [
        'connective',
        'ca === undefined || list === undefined',
        '(ca === undefined) && (list === undefined)',
      ],
      ['condition forgotten', 'ca === undefined || list === undefined', 'ca === undefined'],
      ['condition forgotten', 'ca === undefined || list === undefined', 'list === undefined'],
      [
        'connective',
        'ca === undefined || list === undefined || root === undefined',
        '(ca === undefined || list === undefined) && (root === undefined)',
      ],
      [
        'condition forgotten',
        'ca === undefined || list === undefined || root === undefined',
        'ca === undefined || list === undefined',
      ],
      [
        'condition forgotten',
        'ca === undefined || list === undefined || root === undefined',
        'root === undefined',
      ],
      ['decision', 'ca === undefined || list === undefined || root === undefined', 'false'],
    ],
  },
};
