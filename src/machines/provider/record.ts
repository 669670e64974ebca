import { assert } from '../../codec/failure.ts';
import { amount, hex, record, rows, text, u32, u64, u8, type Infer } from '../../codec/index.ts';

export const ENDPOINT_BYTES = 256;
export const MAX_PROVIDER_KEYS = 8;
/** A change of stake is told to each, so the number bounds what a verdict costs. */
export const MAX_SERVED_PROFILES = 8;
export const MAX_UNBONDING_LOTS = 16;
/** Epochs that one window may span, so that the exposure buckets stay bounded (PROTOCOL §5). */
export const MAX_EXPOSURE_EPOCHS = 64;

/** No end is set yet: the largest height. */
export const NEVER = 2n ** 64n - 1n;

export const providerContext = record({
  owner: hex(20),
  registeredAt: u64,
  /**
   * Signing keys by address, in the order of their heights; each signs attestations of heights
   * `[from, until)`, and the last has no end. A key stays until nothing it signed is evidence.
   */
  keys: rows({ address: hex(20), from: u64, until: u64 }, MAX_PROVIDER_KEYS),
  endpoint: text(ENDPOINT_BYTES),
  /**
   * Profiles served. After `leave` a provider keeps its place until `leavesAt` (0: no notice);
   * `declinedAt` is the last height at which a seat of it could not run the profile (0: never).
   */
  served: rows(
    { profileHash: hex(32), joinedAt: u64, leavesAt: u64, declinedAt: u64 },
    MAX_SERVED_PROFILES,
  ),
  freeNlux: amount,
  lockedNlux: amount,
  /** Unbonding, oldest first; an entry is liable for attestations up to its own height. */
  lots: rows({ height: u64, amountNlux: amount }, MAX_UNBONDING_LOTS),
  /** A slash that other challenges' locks still have to pay when they are released. */
  debtNlux: amount,
  /** Weight in the sets of its profiles: free and locked stake while active, else 0. */
  weightNlux: amount,
  openChallenges: u32,
  /** Value of pending attestations by the epoch in which their window ends. */
  exposure: rows({ epoch: u64, valueNlux: amount }, MAX_EXPOSURE_EPOCHS),
  lastNoShowAt: u64,
  noShows: u8,
  jailedUntil: u64,
  /** Enclave keys enrolled and not dropped (`enclaveKeys`). */
  enclaveKeys: u8,
  /** Last height of a slash as unsubstantiated: it is given once per window (PROTOCOL §6.3). */
  unsubstantiatedAt: u64,
  /** Height of its first proven equivocation, 0 without: what was pending then is void. */
  tombstonedAt: u64,
});
export type ProviderContext = Infer<typeof providerContext>;

export const initialProvider: ProviderContext = {
  owner: '0'.repeat(40),
  registeredAt: 0n,
  keys: [],
  endpoint: '',
  served: [],
  freeNlux: 0n,
  lockedNlux: 0n,
  lots: [],
  debtNlux: 0n,
  weightNlux: 0n,
  openChallenges: 0,
  exposure: [],
  lastNoShowAt: 0n,
  noShows: 0,
  jailedUntil: 0n,
  enclaveKeys: 0,
  unsubstantiatedAt: 0n,
  tombstonedAt: 0n,
};

/** The stake is free, locked by challenges, or unbonding (PROTOCOL §5). */
export const heldByProvider = ({
  freeNlux,
  lockedNlux,
  lots,
  debtNlux,
}: ProviderContext): bigint => {
  assert(debtNlux <= lockedNlux, 'what a provider owes is in its locks');
  return lots.reduce((sum, { amountNlux }) => sum + amountNlux, freeNlux + lockedNlux);
};
