/** nLUX in a LUX; the genesis of the demo says the same. */
export const LUX = 1_000_000_000n;

/** Six who compute, under six owners; none of them has another part in the story. */
export const PROVIDERS = ['Ada', 'Ben', 'Cleo', 'Dora', 'Emil', 'Finn'] as const;
export const HONEST = 'Ada';
export const CHEAT = 'Ben';

export const OWNER_OF = (provider: string): string => `${provider}'s owner`;

export const PEOPLE: readonly string[] = [
  'model owner',
  'profile creator',
  'consumer',
  'second consumer',
  'challenger',
  ...PROVIDERS.map(OWNER_OF),
];

/** What each of them has at the beginning. */
export const ALLOCATION_NLUX = 1_000n * LUX;

export const SENTENCES = [
  'The chain shows that the stated model ran on the stated input.',
  'A slash deters only as far as somebody looks.',
  'Nobody has to trust the machine that ran the model.',
] as const;
