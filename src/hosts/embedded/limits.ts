/** Transactions that wait for a block, all together. */
export const DEFAULT_MEMPOOL_TRANSACTIONS = 10_000;
/** Their bytes together: 240 of the largest transactions. */
export const DEFAULT_MEMPOOL_BYTES = 67_108_864;
/** Transactions of one sender that wait, and how far ahead of the account a nonce may be. */
export const DEFAULT_MEMPOOL_PER_SENDER = 64;
/** Blocks after which a transaction that was never included is forgotten, whatever its expiry. */
export const DEFAULT_MEMPOOL_AGE_BLOCKS = 10_800n;
/** Percent by which a replacement must pay more, so that replacing costs something each time. */
export const REPLACEMENT_PREMIUM_PERCENT = 10n;
/** Ids of transactions that left the mempool without being included, kept to say why. */
export const MAX_REMEMBERED_DROPS = 4_096;
