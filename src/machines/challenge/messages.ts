import { amount, blob, hex, list, u32, u64, u8, variants, type Infer } from '../../codec/index.ts';
import { MAX_CHUNK_BYTES, MAX_PAYLOAD_BYTES, MAX_PROOF_LENGTH } from '../../codec/index.ts';
import { BEACON } from '../kit/address.ts';
import { GAS } from '../kit/gas.ts';
import type { MessageRules } from '../kit/message.ts';
import type { ChallengeContext } from './record.ts';
import { drawReads, openReads } from './reads.ts';

const chunkProof = list(hex(32), MAX_PROOF_LENGTH);

export const challengeMessage = variants({
  /** Names all whose records opening reads; the guard checks that they belong together. */
  open: [
    1,
    {
      first: hex(32),
      second: hex(32),
      firstProvider: hex(20),
      secondProvider: hex(20),
      modelId: hex(32),
      profileHash: hex(32),
    },
  ],
  publish: [2, { payload: blob(MAX_PAYLOAD_BYTES) }],
  submitSeed: [3, {}],
  commit: [4, { seat: u8, commitment: hex(32) }],
  reveal: [5, { seat: u8, outputHash: hex(32), evidenceRoot: hex(32), salt: hex(32) }],
  /** One drawn chunk of a party, proved under both of its roots. */
  openChunk: [
    6,
    {
      /** Provider whose chunk it is: a defendant or a seat of this panel. */
      party: hex(20),
      leaves: u32,
      bytes: u64,
      index: u32,
      outputChunk: blob(MAX_CHUNK_BYTES),
      outputProof: chunkProof,
      evidenceChunk: blob(MAX_CHUNK_BYTES),
      evidenceProof: chunkProof,
    },
  ],
  locked: [20, { defendant: u8, lockedNlux: amount }],
  slashed: [21, { defendant: u8 }],
  wake: [22, {}],
});
export type ChallengeMessage = Infer<typeof challengeMessage>;

/**
 * The longest run of timers of one challenge, paid at opening (PROTOCOL §3): publish, and for each
 * of three panels the seed moved once, three commit windows, reveal and appeal.
 */
const TIMER_BUDGET = 1 + 3 * (2 + 3 + 1 + 1);
/** Draws that timers make, and penalties for those who were drawn: one for each commit window. */
const SEAT_DRAWS = 3;

export const challengeRules: MessageRules<ChallengeMessage, ChallengeContext> = {
  open: {
    from: ['account'],
    payable: true,
    reads: openReads,
    gas: () => GAS.wake * TIMER_BUDGET + SEAT_DRAWS * (GAS.draw + GAS.reweigh),
  },
  publish: { from: ['account'] },
  submitSeed: { from: ['account'], reads: drawReads, gas: () => GAS.draw },
  commit: { from: ['account'] },
  reveal: { from: ['account'], gas: () => GAS.hash },
  openChunk: {
    from: ['account'],
    reads: () => [BEACON],
    gas: ({ outputProof, evidenceProof }) =>
      GAS.hash * (2 + outputProof.length + evidenceProof.length),
  },
  locked: { from: ['provider'] },
  slashed: { from: ['provider'], payable: true },
  /** Only the kernel's timers send it. */
  wake: { from: [], reads: drawReads },
};
