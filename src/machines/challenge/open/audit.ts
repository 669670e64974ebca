import { isDrawn, ticketOf, ticketRound } from '../../attestation/audit.ts';
import { actorId, AUDIT_POOL, because, emit, refundGas, send } from '../../kit/index.ts';
import type { Apply, Call, Check } from '../../kit/index.ts';
import type { ChallengeMessage } from '../messages.ts';
import { auditReserve } from '../money.ts';
import { randomnessOf } from '../randomness.ts';
import type { ChallengeContext } from '../record.ts';
import { beaconSourceOf } from '../schedule.ts';
import { begin, findAttestations } from './begin.ts';
import { rerunFeeOf, whyNotNamed, whyNotPending, whyWrongBond, whyWrongName } from './checks.ts';

type Message<T extends ChallengeMessage['type']> = Extract<ChallengeMessage, { type: T }>;
type Audit = Message<'audit'> | Message<'protocolAudit'>;
type OnAudit = Check<ChallengeContext, Audit>;
type OnProtocolAudit = Check<ChallengeContext, Message<'protocolAudit'>>;

const accused = ({ attestation }: Audit, call: Call) => findAttestations([attestation], call)[0];

const isPendingClaim: OnAudit = (_, message, call) => {
  const found = accused(message, call);
  if (found === undefined) return because('attestation-unknown');
  return whyNotNamed(found, message, [message.provider]) ?? whyNotPending(found, call);
};

const hasItsName: OnAudit = (_, message, call) =>
  whyWrongName(accused(message, call)?.context.attestationId ?? '', undefined, call);

const bringsBond: Check<ChallengeContext, Message<'audit'>> = (_, message, call) =>
  whyWrongBond('audit', message, call);

export const auditChecks = [isPendingClaim, hasItsName, bringsBond] as const;

/** Who paid has a ticket, and the beacon has drawn it (PROTOCOL §6, audit). */
const ticketIsDrawn: OnProtocolAudit = (_, message, call) => {
  const found = accused(message, call);
  if (found === undefined) return because('attestation-unknown');
  const { dispute, auditRateBps } = call.parameters;
  const attestation = actorId('attestation', found.slot);
  const paidAt = ticketOf(found.context, attestation, message.payer, call.read);
  if (paidAt === undefined) return because('no-audit-ticket', { payer: message.payer });
  const round = ticketRound(beaconSourceOf(call), paidAt, dispute.beaconMarginSeconds);
  const randomness = randomnessOf(round, call);
  if (randomness === undefined) return because('round-unknown', { round });
  return isDrawn(randomness, found.context.attestationId, auditRateBps)
    ? undefined
    : because('audit-not-drawn', { round });
};

const reserveOf = (message: Audit, call: Call): bigint =>
  auditReserve(call.parameters.dispute, rerunFeeOf(message, call));

/** Audits of the beacon are paid from the audit pool only (I9). */
const poolCanPay: OnProtocolAudit = (_, message, call) => {
  const neededNlux = reserveOf(message, call);
  const balanceNlux = call.read.actor(AUDIT_POOL)?.balance ?? 0n;
  return balanceNlux >= neededNlux
    ? undefined
    : because('audit-pool-short', { neededNlux, balanceNlux });
};

export const protocolAuditChecks = [isPendingClaim, hasItsName, ticketIsDrawn, poolCanPay] as const;

/** One attestation that the challenger says is wrong. */
export const openAudit: Apply<ChallengeContext, Message<'audit'>> = (initial, message, call) =>
  begin(
    initial,
    { ...message, form: 'audit', attestations: findAttestations([message.attestation], call) },
    call,
  );

/** One that the beacon chose: anyone may open it, for the gas, and the pool pays for it. */
export const openProtocolAudit: Apply<ChallengeContext, Message<'protocolAudit'>> = (
  initial,
  message,
  call,
) => {
  const attestations = findAttestations([message.attestation], call);
  const opening = { ...message, form: 'protocolAudit', attestations, named: [] } as const;
  const begun = begin(initial, opening, call);
  const reserve = { type: 'reserve', amountNlux: reserveOf(message, call) } as const;
  return { ...begun, effects: [...begun.effects, send(AUDIT_POOL, reserve), refundGas] };
};

/** What the pool has set aside is the bond of the audit. */
export const reserved: Apply<ChallengeContext, Message<'reserved'>> = (context, _, { value }) => ({
  context: { ...context, bondNlux: context.bondNlux + value },
  effects: [emit('auditReserved', { amountNlux: value })],
});
