/**
 * Prices in gas, one unit being about a microsecond of one core with every cache cold; bytes that
 * stay in state cost more than the work, since every node keeps them for ever. Measured by
 * `npm run bench`; part of consensus.
 */
export const GAS = {
  /** Decoding, nonce, fee and receipt of a transaction, its signature apart. */
  transaction: 50,
  transactionByte: 1,
  signature: 100,
  message: 20,
  actorRead: 20,
  /** An actor record or collection entry written: its path in the state tree. */
  write: 60,
  writtenByte: 1,
  /** Bytes by which a record grows. */
  grownByte: 10,
  entryRead: 20,
  event: 10,
  /** Characters of an event, which stay in receipts. */
  eventByte: 1,
  wake: 200,
  /** The reads of a draw in a large set with every exclusion met; paid before it is made. */
  draw: 12_000,
  /** One seat more of the same draw, whose reads are remembered. */
  seatDraw: 2_000,
  /** Telling one profile of a changed stake: a path in its set, written anew. */
  reweigh: 6_000,
  /** One SHA-256 of a short input. */
  hash: 2,
  /** A TEE report: three P-256 signatures, three certificates, five records of collateral. */
  teeQuote: 1_000,
  /** A document for the trust store: two P-256 signatures, certificates read twice. */
  teeIngest: 1_000,
  /** A byte of it: entries of a revocation list are read twice. */
  teeIngestByte: 1,
  /** Comparing two chunks, whatever they hold. */
  comparison: 20,
  /** For each 16 bytes that a party opens, by comparator: the dearest content. */
  comparedBytes: {
    exact: 1,
    tokens: 1,
    ulp: 1,
    /** Exact rationals: a wide multiplication for each element. */
    relative: 3,
    cosine: 1,
    logprobs: 1,
    /** The polynomial of a seat's own activations, interpolated anew. */
    toploc: 14,
  },
  /** A BLS12-381 pairing check, as noble computes it. */
  pairing: 30_000,
} as const;

/** What verifying a report costs, every cache cold; nothing where there is none. */
export const quoteGas = (report: Uint8Array): number => (report.length === 0 ? 0 : GAS.teeQuote);
