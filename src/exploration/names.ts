/**
 * What may happen in a world besides time passing, by the name of the message that does it. A world
 * lists those that exist in it; each is tried in every state, by everybody who could mean it.
 */
export const MOVE_NAMES = [
  'attest',
  'pay',
  'settle',
  'refund',
  'open',
  'audit',
  'protocolAudit',
  'equivocation',
  'announce',
  'takeOver',
  'publish',
  'publishOutput',
  'publishShape',
  'submitRound',
  'submitSeed',
  'commit',
  'cannotRun',
  'reveal',
  'openChunk',
  'appeal',
  'stake',
  'unstake',
  'withdraw',
  'unjail',
  'leave',
  'depart',
] as const;

export type MoveName = (typeof MOVE_NAMES)[number];

/** Who sends what needs nobody in particular: payloads, beacon rounds, seeds, settlements. */
export const ANYONE = 'anyone';
/** Who pays for attestations. */
export const CONSUMER = 'consumer';
export const MODEL_OWNER = 'model owner';
export const CREATOR = 'profile creator';

/** The account that owns a provider. */
export const ownerOf = (provider: string): string => `${provider}'s owner`;

/** The providers of whom panels are drawn. */
export const poolNames = ({ pool }: { readonly pool: { readonly count: number } }) =>
  Array.from({ length: pool.count }, (_, index) => `member ${index + 1}`);
