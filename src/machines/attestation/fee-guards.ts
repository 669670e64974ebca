import { actorId, because, keyOf, type AnyMessage, type Call, type Check } from '../kit/index.ts';
import { larger } from '../kit/integer.ts';
import { ticketWith } from './audit.ts';
import type { AttestationMessage } from './messages.ts';
import { auditDeposit } from './money.ts';
import { payers, type AttestationContext } from './record.ts';
import { isVoidedBy } from './standing.ts';

/** Who may pay, settle and take back (PROTOCOL §5). */

type On<T extends AttestationMessage['type']> = Check<
  AttestationContext,
  Extract<AttestationMessage, { type: T }>
>;
type OnAny = Check<AttestationContext, AnyMessage>;

const rerunFeeOf = (context: AttestationContext, { read }: Call): bigint =>
  read.actor(actorId('profile', context.profileHash))?.context.specification.rerunFeeNlux ?? 0n;

/** What a ticket of this attestation owes the audit pool. */
export const ticketDeposit = (context: AttestationContext, call: Call): bigint =>
  auditDeposit(call.parameters, rerunFeeOf(context, call));

/** What the sender has in the escrow: as a payer, as the requester; and its ticket, if any. */
export const paidBy = (context: AttestationContext, { self, from, read }: Call) => {
  const account = keyOf(from);
  const payment = read.entry(payers, self, account);
  return {
    account,
    asPayer: payment?.amountNlux ?? 0n,
    asRequester: account === context.requester ? context.requesterNlux : 0n,
    ticket: ticketWith(context, account, payment),
  };
};

/** The first payment of an account brings a ticket and has to pay for it; later ones do not. */
export const paysEnough: On<'pay'> = (context, _, call) => {
  if (paidBy(context, call).ticket !== undefined) return paysSomething(context, _, call);
  const leastNlux = larger(1n, ticketDeposit(context, call));
  return call.value >= leastNlux
    ? undefined
    : because('fee-too-low', { feeNlux: call.value, leastNlux });
};

export const paysSomething: On<'pay'> = (_, __, { value }) =>
  value > 0n ? undefined : because('value-missing');

const tombstone = (context: AttestationContext, { read }: Call): bigint | undefined => {
  const provider = read.actor(actorId('provider', context.provider))?.context;
  const isVoid = provider !== undefined && isVoidedBy(context, provider);
  return isVoid ? provider.tombstonedAt : undefined;
};

/** Asked of what is pending: nothing else in the record tells of a tombstone. */
export const isNotVoided: OnAny = (context, _, call) => {
  const tombstonedAt = tombstone(context, call);
  return tombstonedAt === undefined
    ? undefined
    : because('attestation-void', { tombstonedAt, windowEnd: context.windowEnd });
};

export const isVoided: OnAny = (context, _, call) =>
  tombstone(context, call) === undefined ? because('attestation-not-void') : undefined;

export const isFinalByHeight: OnAny = ({ windowEnd }, _, { height }) =>
  height >= windowEnd ? undefined : because('not-final', { finalAt: windowEnd });

export const hasEscrow: OnAny = ({ escrowNlux }) =>
  escrowNlux > 0n ? undefined : because('nothing-to-settle');

export const paidForIt: On<'refund'> = (context, _, call) => {
  const { asPayer, asRequester } = paidBy(context, call);
  return asPayer + asRequester > 0n ? undefined : because('nothing-to-refund');
};
