/** Bytes of a token id: u32, little-endian. */
export const TOKEN_BYTES = 4;
/** Bytes of one entry of `logprobs` evidence: token id u32, negative log-probability u32. */
export const LOGPROB_BYTES = 8;
/** Tokens that share one TOPLOC proof (PROTOCOL §7). */
export const WINDOW_TOKENS = 32;
/** Bytes of one entry of a seat's TOPLOC evidence: index u32, bf16 bits u16, little-endian. */
export const PAIR_BYTES = 6;
/** Most top activations or top log-probabilities: TOPLOC's own 128 (PROTOCOL §7). */
export const MAX_TOP_K = 128;
/** Most drawn chunks that a profile may ask to fail: as many as are drawn by default. */
export const MAX_MIN_FAIL = 8;

/** One, in the units that thresholds are stated in. */
export const MILLI = 1_000n;
export const PPM = 1_000_000n;
export const PICO = 1_000_000_000_000n;
export const ATTO = 1_000_000_000_000_000_000n;

/** Bytes of one author's TOPLOC proof: modulus and `topK` coefficients, u16 each. */
export const proofBytes = (topK: number): number => 2 + 2 * topK;

/** TOPLOC proofs over so many tokens, ⌈tokens ÷ 32⌉; the last one may cover fewer. */
export const windowsOf = (tokens: number): number => (tokens + WINDOW_TOKENS - 1) >>> 5;
