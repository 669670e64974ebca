import { assert } from '../../codec/index.ts';
import { actorId, emit, payAccount, payAuditPool, payTreasury } from '../kit/index.ts';
import { put, send, stepsOf, type Apply, type Call, type Effect } from '../kit/index.ts';
import { isEnforceable, paidBy } from './guards.ts';
import { identityOf } from './identity.ts';
import { NO_REQUEST, type AttestationMessage } from './messages.ts';
import { auditDeposit, baseOf, splitFee, valueOf } from './money.ts';
import { payers, type AttestationContext } from './record.ts';
import { teeEvidence, teeFields } from './tee.ts';

type On<T extends AttestationMessage['type']> = Apply<
  AttestationContext,
  Extract<AttestationMessage, { type: T }>
>;

const step = stepsOf<AttestationContext, AttestationMessage>();

const profileOf = ({ profileHash }: { readonly profileHash: string }, { read }: Call) =>
  read.actor(actorId('profile', profileHash))?.context;

const depositOf = (context: { readonly profileHash: string }, call: Call): bigint =>
  auditDeposit(call.parameters, profileOf(context, call)?.specification.rerunFeeNlux ?? 0n);

const expose = (context: AttestationContext, valueNlux: bigint): readonly Effect[] =>
  valueNlux === 0n
    ? []
    : [
        send(actorId('provider', context.provider), {
          type: 'expose',
          valueNlux,
          windowEnd: context.windowEnd,
        }),
      ];

const attest: On<'attest'> = (initial, message, call) => {
  const { attestationId, teeReportHash, taskKey } = identityOf(message, call);
  const { type: _, signature: __, teeReport: ___, ...claim } = message;
  const evidence = teeEvidence(message, call);
  assert(evidence.ok, 'the guard of the message has accepted it');
  const isAsked = message.requestId !== NO_REQUEST;
  const request = isAsked
    ? call.read.actor(actorId('request', message.requestId))?.context
    : undefined;
  const profile = profileOf(message, call);
  const feeNlux = request?.feeNlux ?? 0n;
  const made = {
    ...initial,
    ...claim,
    attestationId,
    teeReportHash,
    tee: evidence.mark,
    requester: request?.requester ?? initial.requester,
    height: call.height,
    windowEnd: call.height + call.parameters.windowBlocks,
    enforceable: profile !== undefined && isEnforceable(profile, call.height, call.parameters),
    declaredValueNlux: request?.declaredValueNlux ?? 0n,
    auditDepositNlux: feeNlux > 0n ? depositOf(message, call) : 0n,
  };
  const valueNlux = valueOf({ ...made, escrowNlux: feeNlux });
  const context = { ...made, baseNlux: baseOf(valueNlux, call.parameters) };
  const fulfil = isAsked ? [send(actorId('request', message.requestId), { type: 'fulfil' })] : [];
  const event = emit('attested', {
    attestationId,
    taskKey,
    provider: actorId('provider', message.provider),
    profileHash: message.profileHash,
    outputHash: message.outputHash,
    windowEnd: context.windowEnd,
    enforceable: context.enforceable,
    tee: evidence.mark,
    ...(evidence.facts === undefined ? {} : teeFields(evidence.facts)),
  });
  return { context, effects: [...expose(context, valueNlux), ...fulfil, event] };
};

const escrow: On<'escrow'> = (context, _, { value }) => ({
  context: {
    ...context,
    escrowNlux: context.escrowNlux + value,
    requesterNlux: context.requesterNlux + value,
  },
  effects: [],
});

/** A payment raises what is at stake: base and exposure follow (PROTOCOL §5). */
const pay: On<'pay'> = (before, _, call) => {
  const { account, asPayer } = paidBy(before, call);
  const paid = {
    ...before,
    escrowNlux: before.escrowNlux + call.value,
    payers: before.payers + (asPayer === 0n ? 1 : 0),
    auditDepositNlux:
      before.auditDepositNlux > 0n ? before.auditDepositNlux : depositOf(before, call),
  };
  const context = { ...paid, baseNlux: baseOf(valueOf(paid), call.parameters) };
  return {
    context,
    effects: [
      ...expose(context, valueOf(context) - valueOf(before)),
      put(payers, account, { amountNlux: asPayer + call.value }),
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

const settle: On<'settle'> = (context, _, call) => settleEscrow(context, call);

/** A final attestation is no longer insured: the fee goes to its provider at once. */
const payAtOnce: On<'pay'> = (context, _, call) => ({
  context,
  effects: [
    emit('paid', { payer: call.from, amountNlux: call.value }),
    ...payOut(context, call.value, 0n, call),
  ],
});

const payFinal: On<'pay'> = (context, message, call) => {
  const settled = settleEscrow(context, call);
  const paid = payAtOnce(settled.context, message, call);
  return { context: paid.context, effects: [...settled.effects, ...paid.effects] };
};

const refund: On<'refund'> = (context, _, call) => {
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

const dispute: On<'dispute'> = (context, { challengeId }) => ({
  context: { ...context, challengeId },
  effects: [emit('disputed', { challengeId })],
});

const verdict: On<'verdict'> = (context, { verdict: given }) => ({
  context: { ...context, verdict: given },
  effects: [emit('judged', { verdict: given })],
});

export const steps = {
  attest: step('attest', attest),
  escrow: step('escrow', escrow),
  pay: step('pay', pay),
  payAtOnce: step('pay', payAtOnce),
  payFinal: step('pay', payFinal),
  settle: step('settle', settle),
  refund: step('refund', refund),
  dispute: step('dispute', dispute),
  verdict: step('verdict', verdict),
};
