/** nLUX in a LUX; the genesis of the demo says the same. */
export const LUX = 1_000_000_000n;

/**
 * Twenty-seven who compute, under as many owners, none of whom has another part in the story: so
 * many that a last panel of seven could sit, which asks for three owners to a seat besides the two
 * defendants and the four seats of the panels before it (PROTOCOL §6.1).
 */
export const PROVIDERS = [
  'Ada',
  'Ben',
  'Cleo',
  'Dora',
  'Emil',
  'Finn',
  'Gus',
  'Hana',
  'Ivo',
  'Jana',
  'Kai',
  'Lena',
  'Milo',
  'Nina',
  'Otto',
  'Pia',
  'Quin',
  'Rosa',
  'Sami',
  'Tilda',
  'Uma',
  'Vito',
  'Wanda',
  'Xenia',
  'Yann',
  'Zoe',
  'Abel',
] as const;
export const HONEST = 'Ada';
export const CHEAT = 'Ben';

export const OWNER_OF = (provider: string): string => `${provider}'s owner`;

/** Who is named in the last table; all others are one line. */
export const WITH_A_PART: readonly string[] = [HONEST, CHEAT];

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
