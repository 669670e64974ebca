import { actorId, emit, payAccount, payAuditPool, payTreasury } from '../kit/index.ts';
import { put, send, type Apply, type Call, type Effect } from '../kit/index.ts';
import { paidBy, ticketDeposit } from './fee-guards.ts';
import type { AttestationMessage } from './messages.ts';
import { baseOf, splitFee, valueOf } from './money.ts';
import { payers, type AttestationContext } from './record.ts';

/** What paying, settling and refunding do (PROTOCOL §5). */

type On<T extends AttestationMessage['type']> = Apply<
  AttestationContext,
  Extract<AttestationMessage, { type: T }>
>;

/** Tells the provider how much more of its stake answers for pending attestations. */
export const expose = (context: AttestationContext, valueNlux: bigint): readonly Effect[] =>
  valueNlux === 0n
    ? []
    : [
        send(actorId('provider', context.provider), {
          type: 'expose',
          valueNlux,
          windowEnd: context.windowEnd,
        }),
      ];

/**
 * A payment raises what is at stake: base and exposure follow. The first of an account brings a
 * ticket of the audit draw, and the deposit for it.
 */
export const pay: On<'pay'> = (before, _, call) => {
  const { account, asPayer, ticket } = paidBy(before, call);
  const depositNlux = ticket === undefined ? ticketDeposit(before, call) : 0n;
  const paid = {
    ...before,
    escrowNlux: before.escrowNlux + call.value,
    payers: before.payers + (asPayer === 0n ? 1 : 0),
    auditDepositNlux: before.auditDepositNlux + depositNlux,
  };
  const context = { ...paid, baseNlux: baseOf(valueOf(paid), call.parameters) };
  const payment = { amountNlux: asPayer + call.value, paidAt: ticket ?? call.time };
  return {
    context,
    effects: [
      ...expose(context, valueOf(context) - valueOf(before)),
      put(payers, account, payment),
      emit('paid', { payer: call.from, amountNlux: call.value }),
    ],
  };
};

/** Gives `feeNlux` to those it is for: audit pool, protocol, the provider's owner. */
const payOut = (context: AttestationContext, feeNlux: bigint, depositNlux: bigint, call: Call) => {
  const { auditNlux, protocolNlux, providerNlux } = splitFee(feeNlux, depositNlux, call.parameters);
  const provider = call.read.actor(actorId('provider', context.provider))?.context;
  return [
    ...payAuditPool(auditNlux),
    ...payTreasury(protocolNlux),
    ...payAccount(provider?.owner ?? context.provider, 'fee', providerNlux),
    emit('feePaid', { providerNlux, protocolNlux, auditNlux }),
  ];
};

const settleEscrow = (context: AttestationContext, call: Call) => {
  if (context.escrowNlux === 0n) return { context, effects: [] };
  const settled =
    context.requesterNlux > 0n
      ? [send(actorId('request', context.requestId), { type: 'settled' })]
      : [];
  const effects = payOut(context, context.escrowNlux, context.auditDepositNlux, call);
  return {
    context: { ...context, escrowNlux: 0n, requesterNlux: 0n },
    effects: [...effects, ...settled],
  };
};

export const settle: On<'settle'> = (context, _, call) => settleEscrow(context, call);

/** A final attestation is no longer insured: the fee goes to its provider at once. */
export const payAtOnce: On<'pay'> = (context, _, call) => ({
  context,
  effects: [
    emit('paid', { payer: call.from, amountNlux: call.value }),
    ...payOut(context, call.value, 0n, call),
  ],
});

export const payFinal: On<'pay'> = (context, message, call) => {
  const settled = settleEscrow(context, call);
  const paid = payAtOnce(settled.context, message, call);
  return { context: paid.context, effects: [...settled.effects, ...paid.effects] };
};

export const refund: On<'refund'> = (context, _, call) => {
  const { account, asPayer, asRequester } = paidBy(context, call);
  const amountNlux = asPayer + asRequester;
  const request =
    asRequester > 0n ? [send(actorId('request', context.requestId), { type: 'refunded' })] : [];
  return {
    context: {
      ...context,
      escrowNlux: context.escrowNlux - amountNlux,
      requesterNlux: context.requesterNlux - asRequester,
      payers: context.payers - (asPayer > 0n ? 1 : 0),
    },
    effects: [
      ...(asPayer > 0n ? [put(payers, account, undefined)] : []),
      ...payAccount(account, 'refund', amountNlux),
      ...request,
      emit('refunded', { to: call.from, amountNlux }),
    ],
  };
};
