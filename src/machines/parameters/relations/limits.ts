import { MAX_REPORT_BYTES } from '../../tee/limits.ts';
import { MAX_CHUNK_BYTES, MAX_PAYLOAD_BYTES } from '../../../codec/index.ts';
import { forEach, type Relation } from './relation.ts';
import { AMOUNTS, DURATIONS, POSITIVE_AMOUNTS, POSITIVE_COUNTS } from './fields.ts';
import { POSITIVE_DURATIONS, SHARES } from './fields.ts';

/** Far beyond any use, and small enough that heights and times plus durations stay u64. */
export const MAX_DURATION = 1n << 32n;
/** Products of an amount with a u16 and sums of a few stay below 2^128. */
export const MAX_PARAMETER_AMOUNT = 1n << 96n;
/** As many timers as the receipt of a block's beginning lists. */
export const MAX_TIMERS_PER_BLOCK = 1_024;
/**
 * The 64 bits of the mask in which a seat's opened chunks are kept: of two defendants each, those
 * drawn, the 16 that may be named, and the one after the end.
 */
export const MAX_DRAWN_CHUNKS = 15;

/** Each number by itself: not 0 where that breaks a rule, and no more than records can hold. */
export const limitRelations: readonly Relation[] = [
  ...forEach(POSITIVE_DURATIONS, 'duration-positive', (v) => v > 0n, 'must be above 0'),
  ...forEach(DURATIONS, 'duration-bounded', (v) => v <= MAX_DURATION, 'must be at most 2^32'),
  ...forEach(POSITIVE_COUNTS, 'count-positive', (v) => v > 0n, 'must be above 0'),
  ...forEach(SHARES, 'share-at-most-whole', (v) => v <= 10_000n, 'must be at most 10000'),
  ...forEach(POSITIVE_AMOUNTS, 'amount-positive', (v) => v > 0n, 'must be above 0'),
  ...forEach(
    AMOUNTS,
    'amount-bounded',
    (v) => v <= MAX_PARAMETER_AMOUNT,
    'must be at most 2^96 nLUX',
  ),
  {
    name: 'payload-fits-message',
    path: 'payloadBytes',
    holds: (p) => p.payloadBytes <= MAX_PAYLOAD_BYTES,
    explain: () => `must be at most ${MAX_PAYLOAD_BYTES}, what one message carries`,
  },
  {
    name: 'chunk-fits-message',
    path: 'chunkBytes',
    holds: (p) => p.chunkBytes <= MAX_CHUNK_BYTES,
    explain: () => `must be at most ${MAX_CHUNK_BYTES}, what one message carries`,
  },
  {
    name: 'quote-fits-message',
    path: 'quoteBytes',
    holds: (p) => p.quoteBytes <= MAX_REPORT_BYTES,
    explain: () => `must be at most ${MAX_REPORT_BYTES}, what one message carries`,
  },
  {
    name: 'timers-bounded',
    path: 'timersPerBlock',
    holds: (p) => p.timersPerBlock <= MAX_TIMERS_PER_BLOCK,
    explain: () => `must be at most ${MAX_TIMERS_PER_BLOCK}, what one receipt lists`,
  },
  {
    name: 'timers-keep-up',
    path: 'gas.timerGasLimit',
    holds: (p) => p.gas.timerGasLimit >= p.gas.blockGasLimit,
    explain: (p) =>
      `must be at least blockGasLimit = ${p.gas.blockGasLimit}: what is paid for in advance ` +
      'would pile up',
  },
  {
    name: 'drawn-chunks-bounded',
    path: 'dispute.drawnChunks',
    holds: (p) => p.dispute.drawnChunks <= MAX_DRAWN_CHUNKS,
    explain: () => `must be at most ${MAX_DRAWN_CHUNKS}`,
  },
];
