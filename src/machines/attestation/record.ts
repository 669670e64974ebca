import { amount, bool, hex, literalEnum, record, u32, u64, type Infer } from '../../codec/index.ts';
import { collection } from '../kit/collection.ts';

const NO_HASH = '0'.repeat(64);

/** How a challenge ended for one attestation. `none`: it stood in no challenge. */
export const VERDICTS = ['none', 'valid', 'faulty', 'unsubstantiated', 'void'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** How a TEE stands behind an attestation: not at all, by a report of its own, by a key. */
export const TEE_MARKS = ['none', 'report', 'enclaveKey'] as const;
export type TeeMark = (typeof TEE_MARKS)[number];

/** What a provider claims; the message and the record say it in the same words. */
export const attestedClaim = {
  provider: hex(20),
  modelId: hex(32),
  profileHash: hex(32),
  payloadHash: hex(32),
  outputHash: hex(32),
  evidenceRoot: hex(32),
  /** Zeros if nobody asked. */
  requestId: hex(32),
};

export const attestationContext = record({
  attestationId: hex(32),
  ...attestedClaim,
  /** Who opened the request; zeros if nobody asked. */
  requester: hex(20),
  timestamp: u64,
  /** SHA-256 of the TEE report, of the empty string where there is none. */
  teeReportHash: hex(32),
  tee: literalEnum(TEE_MARKS),
  /** Height of inclusion; the window is `[height, windowEnd)`. */
  height: u64,
  windowEnd: u64,
  /** Unix seconds of the block of inclusion: when the ticket of the requester was made. */
  includedAt: u64,
  /** Could the last panel of a pair sit when it was made (PROTOCOL §6.1)? */
  enforceable: bool,
  declaredValueNlux: amount,
  baseNlux: amount,
  /** Held until it is final; of it `requesterNlux` by the request, the rest by payers. */
  escrowNlux: amount,
  requesterNlux: amount,
  payers: u32,
  /** What the audit pool gets when it is final: a deposit for each ticket (PROTOCOL §5). */
  auditDepositNlux: amount,
  /** The one challenge it ever stands in; zeros before. */
  challengeId: hex(32),
  verdict: literalEnum(VERDICTS),
});
export type AttestationContext = Infer<typeof attestationContext>;

export const initialAttestation: AttestationContext = {
  attestationId: NO_HASH,
  provider: '0'.repeat(40),
  modelId: NO_HASH,
  profileHash: NO_HASH,
  payloadHash: NO_HASH,
  outputHash: NO_HASH,
  evidenceRoot: NO_HASH,
  requestId: NO_HASH,
  requester: '0'.repeat(40),
  timestamp: 0n,
  teeReportHash: NO_HASH,
  tee: 'none',
  height: 0n,
  windowEnd: 0n,
  includedAt: 0n,
  enforceable: false,
  declaredValueNlux: 0n,
  baseNlux: 0n,
  escrowNlux: 0n,
  requesterNlux: 0n,
  payers: 0,
  auditDepositNlux: 0n,
  challengeId: NO_HASH,
  verdict: 'none',
};

const payment = record({
  amountNlux: amount,
  /** When its ticket was made: Unix seconds of the block of its first payment (`ticketOf`). */
  paidAt: u64,
});
export type Payment = Infer<typeof payment>;

/** What each account has paid for an attestation that is not final. */
export const payers = collection({
  kind: 'attestation',
  name: 'payers',
  code: 1,
  keyBytes: 20,
  value: payment,
});

/** Fees rest with the attestation until it is final (PROTOCOL §5). */
export const heldByAttestation = ({ escrowNlux }: AttestationContext): bigint => escrowNlux;
