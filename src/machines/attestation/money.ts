import { MAX_AMOUNT } from '../../codec/index.ts';
import { bpsCeil, bpsFloor, bpsInverseCeil, larger, smaller } from '../kit/integer.ts';
import { seatsOf } from '../parameters/ladder.ts';
import type { Parameters } from '../parameters/record.ts';
import type { AttestationContext } from './record.ts';

/** `value(a) = max(fees in escrow, value declared in the request)` (PROTOCOL §5). */
export const valueOf = ({ escrowNlux, declaredValueNlux }: AttestationContext): bigint =>
  larger(escrowNlux, declaredValueNlux);

/**
 * `base(a) = max(minimum stake, ⌈value(a)·10⁴/κ⌉)` (PROTOCOL §5), at most the largest amount: a
 * value beyond that is more than any stake covers, which the provider's cap refuses.
 */
export const baseOf = (valueNlux: bigint, parameters: Parameters): bigint => {
  const covering = bpsInverseCeil(valueNlux, parameters.exposureBps);
  return smaller(MAX_AMOUNT, larger(parameters.minimumStakeNlux, covering));
};

/**
 * `auditRate × audit seats × rerunFee`, what each ticket of an attestation owes the audit pool
 * (PROTOCOL §5). The seats are those of the whole ladder: colluders among the first panel could
 * leave a defendant undecided each time, and so cost the pool the larger panels, too (I9).
 */
export const auditDeposit = ({ auditRateBps, dispute }: Parameters, rerunFeeNlux: bigint): bigint =>
  bpsCeil(BigInt(seatsOf(dispute.auditPanels)) * rerunFeeNlux, auditRateBps);

export interface Split {
  readonly auditNlux: bigint;
  readonly protocolNlux: bigint;
  readonly providerNlux: bigint;
}

/** How a fee is shared once it is final: the audit deposit first, then the protocol's share. */
export const splitFee = (
  feeNlux: bigint,
  auditDepositNlux: bigint,
  { protocolShareBps }: Parameters,
): Split => {
  const auditNlux = smaller(auditDepositNlux, feeNlux);
  const protocolNlux = smaller(bpsFloor(feeNlux, protocolShareBps), feeNlux - auditNlux);
  return { auditNlux, protocolNlux, providerNlux: feeNlux - auditNlux - protocolNlux };
};
