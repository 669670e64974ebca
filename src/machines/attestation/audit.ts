import { auditHash } from '../../codec/index.ts';
import type { BeaconSource } from '../beacon/record.ts';
import { roundAtOrAfter } from '../beacon/rounds.ts';
import type { ActorId, Reader } from '../kit/index.ts';
import { payers, type AttestationContext, type Payment } from './record.ts';

/**
 * The draw of protocol audits (PROTOCOL §6, audit). Each who pays has a ticket, made at the first
 * payment and drawn by a beacon round that nobody could know then. Were there one draw for each
 * attestation, its provider could wait for it with nobody paying and sell only what was not drawn.
 */

/** Values of a SHA-256 hash, and one in basis points. */
const HASH_VALUES = 1n << 256n;
const ONE_BPS = 10_000n;

/**
 * When the ticket of `payer` was made, in Unix seconds; `undefined` if it has none. A requester
 * whose fee is in escrow has had its ticket since the attestation was included, and no second one
 * for what it pays on top; any other payer since its first payment.
 */
export const ticketWith = (
  { requester, requesterNlux, includedAt }: AttestationContext,
  payer: string,
  /** What the payer has in the collection `payers` of this attestation. */
  payment: Payment | undefined,
): bigint | undefined => (payer === requester && requesterNlux > 0n ? includedAt : payment?.paidAt);

/** The same for whoever reads the attestation from elsewhere. */
export const ticketOf = (
  context: AttestationContext,
  attestation: ActorId<'attestation'>,
  payer: string,
  read: Pick<Reader, 'entry'>,
): bigint | undefined => ticketWith(context, payer, read.entry(payers, attestation, payer));

/**
 * The beacon round that draws a ticket made at block time `paidAt`: the first that is due
 * `marginSeconds` later or after that (`beaconMarginSeconds` of the parameters). Tickets of one
 * round are one draw.
 */
export const ticketRound = (source: BeaconSource, paidAt: bigint, marginSeconds: bigint): bigint =>
  roundAtOrAfter(source, paidAt + marginSeconds);

/**
 * Does this round call for an audit? Iff `H("aivm/audit/1", randomness, attestationID)`, as a
 * fraction of 2^256, is below the rate: exact, and for 10,000 basis points always.
 */
export const isDrawn = (
  /** Of the beacon round, 32 bytes in hex. */
  randomness: string,
  /** 32 bytes in hex. */
  attestationId: string,
  auditRateBps: number,
): boolean => {
  const drawn = BigInt(`0x${auditHash({ round: randomness, attestationId })}`);
  return drawn * ONE_BPS < BigInt(auditRateBps) * HASH_VALUES;
};
