import { TOKEN_BYTES } from './limits.ts';

/** Tokens in so many bytes; four each. */
export const tokensIn = (bytes: Uint8Array): number => bytes.length >>> 2;

/**
 * Hamming distance of two sequences of token ids (u32, little-endian), aligned at their start; each
 * token that only one has counts as different (PROTOCOL §7, `tokens`). A metric: at most the longer
 * length, an empty sequence differs from the other in all of its tokens.
 */
export const hammingDistance = (a: Uint8Array, b: Uint8Array): number => {
  const [shorter, longer] = a.length <= b.length ? [a, b] : [b, a];
  let different = tokensIn(longer) - tokensIn(shorter);
  for (let at = 0; at < shorter.length; at += TOKEN_BYTES) {
    const isSame =
      a[at] === b[at] &&
      a[at + 1] === b[at + 1] &&
      a[at + 2] === b[at + 2] &&
      a[at + 3] === b[at + 3];
    if (!isSame) different += 1;
  }
  return different;
};

/** Token ids as comparators read them. Ids are u32. */
export const encodeTokens = (tokens: readonly number[]): Uint8Array => {
  const bytes = new Uint8Array(TOKEN_BYTES * tokens.length);
  const view = new DataView(bytes.buffer);
  tokens.forEach((token, at) => view.setUint32(TOKEN_BYTES * at, token, true));
  return bytes;
};
