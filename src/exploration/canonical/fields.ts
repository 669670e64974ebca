import type { ActorKind } from '../../machines/kit/index.ts';

/**
 * What a number of 64 bits in a record means, which says how it is written in the canonical form of
 * a state: two states that differ by nothing but when they are have one form.
 *
 * - `height`: as its distance from now; beyond the longest window of the rules it is long ago.
 * - `noShow`, `spared`, `evidence`: heights that rules forget after a window of their own.
 * - `lot`: as `evidence`, since nothing older is liable, unless lots may be withdrawn in this
 * world.
 * - `until`: a height that only ever is to come or has passed.
 * - `seconds`: as `height`, by the clock; read by the draw of protocol audits alone.
 * - `epochOf`: a height of which only matters whether it lies in the present epoch.
 * - `epoch`: an epoch, as its distance from the present one.
 * - `round`: a beacon round: known, or by when it is due.
 * - `now`: a height of which only matters whether it is the present one.
 * - `count`: as it is.
 * - `unread`: no guard and no step reads it, or nothing that can still happen in a world does.
 */
export type Meaning =
  | 'height'
  | 'noShow'
  | 'spared'
  | 'evidence'
  | 'lot'
  | 'until'
  | 'seconds'
  | 'epochOf'
  | 'epoch'
  | 'round'
  | 'now'
  | 'count'
  | 'unread';

/**
 * Of every field of 64 bits of the records that have a canonical form, by its path. One that is not
 * listed stops the program, so that a new one cannot be taken for what it is not.
 */
export const MEANINGS: Readonly<Partial<Record<ActorKind, Readonly<Record<string, Meaning>>>>> = {
  provider: {
    /** Compared with the opening of challenges, and everybody registers before any. */
    registeredAt: 'unread',
    'keys.from': 'until',
    'keys.until': 'until',
    'served.joinedAt': 'unread',
    'served.leavesAt': 'until',
    'served.declinedAt': 'epochOf',
    'lots.height': 'lot',
    'exposure.epoch': 'epoch',
    lastNoShowAt: 'noShow',
    jailedUntil: 'until',
    unsubstantiatedAt: 'spared',
    /** Whether an attestation was pending then is written with the attestation. */
    tombstonedAt: 'until',
  },
  attestation: {
    /** Judged when it is made; evidence brings a time of its own. */
    timestamp: 'unread',
    height: 'evidence',
    windowEnd: 'until',
    includedAt: 'seconds',
  },
  challenge: {
    'defendants.height': 'height',
    'defendants.opened': 'count',
    openedAt: 'height',
    openedTime: 'unread',
    announcedAt: 'height',
    lapsesAt: 'height',
    deadline: 'height',
    seedRounds: 'round',
    chunkRound: 'round',
    'seats.opened': 'count',
  },
  announcement: { height: 'height' },
  beacon: {
    latestRound: 'unread',
    submittedAt: 'now',
    queueHead: 'unread',
    queueTail: 'unread',
  },
};

/**
 * Parts of a context that are written by other means, or are the same in every state of a world.
 */
export const LEFT_OUT: Readonly<Partial<Record<ActorKind, readonly string[]>>> = {
  /** Whose a provider is says its place among the others. */
  provider: ['owner', 'keys.address', 'endpoint'],
  /**
   * Rules and limits are those of the world; the set that panels are drawn from and the seats are
   * written by member (`people.ts`), and whom they leave out follows from the defendants.
   */
  challenge: ['comparator', 'terms', 'eligible', 'excluded', 'seats'],
  beacon: ['source'],
};
