/** Failures of this area that are not refusals of a machine (those are in `reasons.ts`). */
export const machineFailures = {
  'machines/bad-address':
    'This is not the address of an actor: write kind:key with the key in lower-case hex of the ' +
    "kind's length, for example provider:<40 hex digits>.",
} as const;
