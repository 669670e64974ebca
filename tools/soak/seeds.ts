import { createHash } from 'node:crypto';

/** The n-th seed of a worker, in 31 bits: the same for the same seed of the soak. */
export const seedOf = (soakSeed: number, worker: number, n: number): number =>
  createHash('sha256').update(`${soakSeed} ${worker} ${n}`).digest().readUInt32BE() >>> 1;
