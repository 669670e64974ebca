import { MAX_CHUNK_BYTES } from '../../../codec/index.ts';
import { GAS } from '../../kit/gas.ts';
import type { DisputeTerms, Parameters } from '../record.ts';
import type { Relation } from './relation.ts';

/**
 * The opening of a challenge, which prepays every panel, between two providers that serve as many
 * profiles as one can; the largest payload costs less. Each with a beacon round besides.
 */
export const MINIMUM_BLOCK_GAS = 550_000n;

/** A beacon round, and all of a message but the bytes that it opens. */
const CHUNK_OVERHEAD = GAS.pairing + 25_000;

/** Output and evidence. */
const MOST_OPENED_BYTES = 2 * MAX_CHUNK_BYTES;

const DEAREST_BYTES = Object.values(GAS.comparedBytes).reduce((a, b) => Math.max(a, b), 0);

const largestPanel = ({ pairPanels, auditPanels }: DisputeTerms): number =>
  [...pairPanels, ...auditPanels].reduce((a, b) => Math.max(a, b), 0);

/**
 * The dearest chunk that a profile may ask for in the largest panel: carried, hashed, kept, and
 * compared with two defendants and, either way, with each seat (`chunkGas` of the challenge).
 */
export const dearestChunkGas = ({ dispute }: Pick<Parameters, 'dispute'>): bigint => {
  const comparisons = 2 + 2 * largestPanel(dispute);
  const compared = GAS.comparison + (MOST_OPENED_BYTES >>> 4) * DEAREST_BYTES;
  const perByte = GAS.transactionByte + GAS.writtenByte + GAS.grownByte;
  const hashed = GAS.hash * (MOST_OPENED_BYTES >>> 5);
  return BigInt(comparisons * compared + MOST_OPENED_BYTES * perByte + hashed + CHUNK_OVERHEAD);
};

/** What fits no block can be done by nobody, and who has to do it would lose its stake. */
export const gasRelations: readonly Relation[] = [
  {
    name: 'block-carries-largest',
    path: 'gas.blockGasLimit',
    holds: (p) => p.gas.blockGasLimit >= MINIMUM_BLOCK_GAS,
    explain: () => `must be at least ${MINIMUM_BLOCK_GAS}, or no challenge can be opened`,
  },
  {
    name: 'block-carries-chunk',
    path: 'gas.blockGasLimit',
    holds: (p) => p.gas.blockGasLimit >= dearestChunkGas(p),
    explain: (p) =>
      `must be at least ${dearestChunkGas(p)}, or a party of the largest panel cannot open a chunk`,
  },
];
