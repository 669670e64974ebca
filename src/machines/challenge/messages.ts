import { amount, blob, hex, list, u32, u64, u8, variants, type Infer } from '../../codec/index.ts';
import { MAX_CHUNK_BYTES, MAX_PAYLOAD_BYTES, MAX_PROOF_LENGTH } from '../../codec/index.ts';
import { BEACON } from '../kit/address.ts';
import { GAS } from '../kit/gas.ts';
import type { MessageRules } from '../kit/message.ts';
import { chunkGas, openGas } from './gas.ts';
import { auditReads, drawReads, equivocationReads, openReads } from './reads.ts';
import { protocolAuditReads, seatReads, takeOverReads } from './reads.ts';
import { MAX_NAMED_CHUNKS, type ChallengeContext } from './record.ts';

const chunkProof = list(hex(32), MAX_PROOF_LENGTH);
const named = list(u32, MAX_NAMED_CHUNKS);

/** Names all whose records an opening reads; the guard checks that they belong together. */
const oneDefendant = {
  attestation: hex(32),
  provider: hex(20),
  modelId: hex(32),
  profileHash: hex(32),
};

export const challengeMessage = variants({
  open: [
    1,
    {
      first: hex(32),
      second: hex(32),
      firstProvider: hex(20),
      secondProvider: hex(20),
      modelId: hex(32),
      profileHash: hex(32),
      named,
    },
  ],
  publish: [2, { payload: blob(MAX_PAYLOAD_BYTES) }],
  submitSeed: [3, {}],
  commit: [4, { seat: u8, commitment: hex(32) }],
  reveal: [5, { seat: u8, outputHash: hex(32), evidenceRoot: hex(32), salt: hex(32) }],
  /** One chunk that a party has to show, proved under both of its roots. */
  openChunk: [
    6,
    {
      /** 0 and 1 are the defendants, 2 and up the seats of this panel. */
      party: u8,
      leaves: u32,
      /** Lengths of the whole output and of the whole evidence. */
      bytes: u64,
      evidenceBytes: u64,
      index: u32,
      outputChunk: blob(MAX_CHUNK_BYTES),
      outputProof: chunkProof,
      /** Empty where the comparator takes the output itself as evidence. */
      evidenceChunk: blob(MAX_CHUNK_BYTES),
      evidenceProof: chunkProof,
    },
  ],
  audit: [7, { ...oneDefendant, named }],
  /** `payer` has the ticket that the beacon drew: an account that paid, or the requester. */
  protocolAudit: [8, { ...oneDefendant, payer: hex(20) }],
  /** The answer of the attestation's provider that it also signed. */
  equivocation: [
    9,
    {
      ...oneDefendant,
      /** Slot of the other answer, whether it is on chain or not. */
      other: hex(32),
      outputHash: hex(32),
      evidenceRoot: hex(32),
      requestId: hex(32),
      timestamp: u64,
      teeReportHash: hex(32),
      signature: hex(65),
    },
  ],
  /** By who announced the challenge before it was opened, with a bond of its own. */
  takeOver: [10, { announcement: hex(32), salt: hex(32), named }],
  /** The whole output of a defendant: the bytes under its root. */
  publishOutput: [11, { defendant: u8, output: blob(MAX_PAYLOAD_BYTES) }],
  cannotRun: [12, { seat: u8 }],
  /** Size and topmost node of the tree of a defendant's output, which its root binds. */
  publishShape: [14, { defendant: u8, leaves: u32, bytes: u64, top: hex(32) }],
  /** Who appeals against a valid result may name the chunks that are wrong. */
  appeal: [13, { named }],
  locked: [20, { defendant: u8, lockedNlux: amount }],
  slashed: [21, { defendant: u8 }],
  wake: [22, {}],
  /** The audit pool pays for an audit in advance. */
  reserved: [23, {}],
  /** The stake of a provider that equivocated. */
  tombstoned: [24, {}],
});
export type ChallengeMessage = Infer<typeof challengeMessage>;

export const challengeRules: MessageRules<ChallengeMessage, ChallengeContext> = {
  open: { from: ['account'], payable: true, reads: openReads, gas: openGas },
  audit: { from: ['account'], payable: true, reads: auditReads, gas: openGas },
  protocolAudit: { from: ['account'], reads: protocolAuditReads, gas: openGas },
  equivocation: {
    from: ['account'],
    reads: equivocationReads,
    gas: () => GAS.signature,
  },
  takeOver: { from: ['account'], payable: true, reads: takeOverReads },
  publish: { from: ['account'] },
  publishOutput: {
    from: ['account'],
    gas: ({ output }) => GAS.hash * (1 + (output.length >>> 5)),
  },
  publishShape: { from: ['account'], gas: () => GAS.hash },
  submitSeed: { from: ['account'], reads: drawReads, gas: () => GAS.draw },
  commit: { from: ['account'], reads: seatReads },
  cannotRun: { from: ['account'], reads: seatReads },
  reveal: { from: ['account'], reads: seatReads, gas: () => GAS.hash },
  openChunk: { from: ['account'], reads: () => [BEACON], gas: chunkGas },
  appeal: { from: ['account'], payable: true, reads: () => [BEACON] },
  locked: { from: ['provider'] },
  slashed: { from: ['provider'], payable: true },
  reserved: { from: ['auditPool'], payable: true },
  tombstoned: { from: ['provider'], payable: true },
  /** Only the kernel's timers send it. */
  wake: { from: [], reads: drawReads },
};
