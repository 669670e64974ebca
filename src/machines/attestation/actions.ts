import { assert } from '../../codec/index.ts';
import { actorId, emit, send, smaller, stepsOf, type Apply } from '../kit/index.ts';
import * as fees from './fees.ts';
import { isEnforceable } from './guards.ts';
import { identityOf } from './identity.ts';
import { NO_REQUEST, type AttestationMessage } from './messages.ts';
import { auditDeposit, baseOf, valueOf } from './money.ts';
import type { AttestationContext } from './record.ts';
import { teeEvidence, teeFields } from './tee.ts';

type On<T extends AttestationMessage['type']> = Apply<
  AttestationContext,
  Extract<AttestationMessage, { type: T }>
>;

const step = stepsOf<AttestationContext, AttestationMessage>();

const attest: On<'attest'> = (initial, message, call) => {
  const { attestationId, teeReportHash, taskKey } = identityOf(message, call);
  const { type: _, signature: __, teeReport: ___, ...claim } = message;
  const evidence = teeEvidence(message, call);
  assert(evidence.ok, 'the guard of the message has accepted it');
  const isAsked = message.requestId !== NO_REQUEST;
  const request = isAsked
    ? call.read.actor(actorId('request', message.requestId))?.context
    : undefined;
  const profile = call.read.actor(actorId('profile', message.profileHash))?.context;
  const rerunFeeNlux = profile?.specification.rerunFeeNlux ?? 0n;
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
    includedAt: call.time,
    enforceable: profile !== undefined && isEnforceable(profile, call.height, call.parameters),
    declaredValueNlux: request?.declaredValueNlux ?? 0n,
    // The fee covered it when the request was opened; the rate may have risen since.
    auditDepositNlux: smaller(feeNlux, auditDeposit(call.parameters, rerunFeeNlux)),
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
  return { context, effects: [...fees.expose(context, valueNlux), ...fulfil, event] };
};

const escrow: On<'escrow'> = (context, _, { value }) => ({
  context: {
    ...context,
    escrowNlux: context.escrowNlux + value,
    requesterNlux: context.requesterNlux + value,
  },
  effects: [],
});

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
  pay: step('pay', fees.pay),
  payAtOnce: step('pay', fees.payAtOnce),
  payFinal: step('pay', fees.payFinal),
  settle: step('settle', fees.settle),
  refund: step('refund', fees.refund),
  dispute: step('dispute', dispute),
  verdict: step('verdict', verdict),
};
