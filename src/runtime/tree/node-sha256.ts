import { hash } from 'node:crypto';
import type { Sha256Into } from './hash.ts';

/**
 * Node's own SHA-256, 3 to 4 times as fast as a portable one. The digest comes back as a string of
 * 32 Latin-1 characters because that costs 0.3 µs; the same digest as a Buffer costs 0.7 to 1.1 µs.
 */
export const nodeSha256: Sha256Into = (data, out, offset) => {
  const digest = hash('sha256', data, 'binary');
  for (let i = 0; i < 32; i++) out[offset + i] = digest.charCodeAt(i);
};
