import { amount, bool, hex, record, u64, type Infer } from '../../codec/index.ts';

export const requestContext = record({
  requester: hex(20),
  provider: hex(20),
  modelId: hex(32),
  profileHash: hex(32),
  payloadHash: hex(32),
  feeNlux: amount,
  /** What a wrong answer may cost the requester, as it declares it (PROTOCOL §5). */
  declaredValueNlux: amount,
  /** Refuse an attestation that a full panel could not judge. */
  enforceable: bool,
  openedAt: u64,
  /** First height at which the request can no longer be fulfilled. */
  expiresAt: u64,
  /** Slot of the attestation that fulfils it; zeros before. */
  attestation: hex(32),
});
export type RequestContext = Infer<typeof requestContext>;

export const initialRequest: RequestContext = {
  requester: '0'.repeat(40),
  provider: '0'.repeat(40),
  modelId: '0'.repeat(64),
  profileHash: '0'.repeat(64),
  payloadHash: '0'.repeat(64),
  feeNlux: 0n,
  declaredValueNlux: 0n,
  enforceable: false,
  openedAt: 0n,
  expiresAt: 0n,
  attestation: '0'.repeat(64),
};

/** The fee waits here while the request is open (PROTOCOL §5). */
export const heldByRequest = ({ feeNlux }: RequestContext, state: string): bigint =>
  state === 'open' ? feeNlux : 0n;
