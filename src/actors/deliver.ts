import { assert } from '../codec/failure.ts';
import { GAS, kindOf, type ActorId, type AnyMessage } from '../machines/kit/index.ts';
import type { Call, MachineRefusal, MessageRule, Transitioned } from '../machines/kit/index.ts';
import { applyEffects } from './effects.ts';
import type { KernelRefusal } from './errors.ts';
import { MAX_EVENTS_PER_TRANSACTION, MAX_MESSAGES_PER_TRANSACTION } from './limits.ts';
import type { Envelope } from './mailbox.ts';
import type { Meter } from './meter.ts';
import type { Refusal } from './receipt.ts';
import { guardRefusal, kernelRefusal } from './refusal.ts';
import type { Run } from './run.ts';
import type { ActorCell } from './slot.ts';

type Rule = MessageRule<AnyMessage, unknown>;

const NO_READS: readonly ActorId[] = [];

/** Is the sender entitled, and may value come along? Timers are the kernel's own. */
const refusedAtTheDoor = (envelope: Envelope, rule: Rule): KernelRefusal | undefined => {
  const { from, origin, value } = envelope;
  const isEntitled = origin.type === 'timer' || rule.from.includes(kindOf(from.id));
  if (!isEntitled) return 'sender-not-entitled';
  return value > 0n && rule.payable !== true ? 'value-not-payable' : undefined;
};

const callOf = (run: Run, to: ActorCell, { from, value }: Envelope): Call => ({
  self: to.id,
  from: from.id,
  value,
  balance: to.value.balance + value,
  height: run.block.height,
  time: run.block.time,
  networkId: run.chain.networkId,
  chainId: run.chain.chainId,
  parameters: run.parameters,
  read: run.reader,
  verifier: run.chain.verifier,
});

/** Runs the machine; pure, but for what the reader counts. */
const transition = (
  run: Run,
  to: ActorCell,
  envelope: Envelope,
  reads: readonly ActorId[],
  meter: Meter,
): Transitioned<unknown> | MachineRefusal => {
  const { message } = envelope;
  const event = { type: message.type, message, call: callOf(run, to, envelope) };
  run.reader.open(to.id, reads);
  const result = to.kind.definition.compiled.transition(to.value.state, to.value.context, event);
  meter.charge(GAS.entryRead * run.reader.close());
  return result;
};

/** Bounds that only the result of a transition can break. */
const refusedAfter = (run: Run, to: ActorCell, meter: Meter): KernelRefusal | undefined => {
  if (meter.isExhausted) return 'out-of-gas';
  if (!run.state.isContextWithin(to)) return 'context-too-large';
  const messages = run.delivered + run.mailbox.waiting;
  if (messages > MAX_MESSAGES_PER_TRANSACTION) return 'queue-too-long';
  return run.events.length > MAX_EVENTS_PER_TRANSACTION ? 'too-many-events' : undefined;
};

/** Value is only moved: what balances lost, messages under way or the fees hold. */
const assertConserved = (run: Run): void => {
  const sum = run.state.balanceDelta + run.mailbox.inTransit + run.feesHeld;
  assert(sum === 0n, 'debits and credits of a message differ');
};

const handle = (run: Run, to: ActorCell, envelope: Envelope, meter: Meter): Refusal | undefined => {
  const { message } = envelope;
  const rule = to.kind.definition.rules[message.type];
  assert(rule !== undefined, `${to.id} has no rule for ${message.type}`);
  const { state, context } = to.value;
  const refuse = (code: KernelRefusal): Refusal => kernelRefusal(code, to.id, state, message);
  meter.charge(GAS.message + GAS.actorRead);
  const atTheDoor = refusedAtTheDoor(envelope, rule);
  if (atTheDoor !== undefined) return refuse(atTheDoor);

  const about = { self: to.id, from: envelope.from.id, context };
  const reads = rule.reads?.(message, about) ?? NO_READS;
  meter.charge(GAS.actorRead * reads.length + (rule.gas?.(message, about) ?? 0));
  if (meter.isExhausted) return refuse('out-of-gas');

  const result = transition(run, to, envelope, reads, meter);
  if ('kind' in result) {
    if (result.kind === 'not-accepted') return refuse('not-accepted');
    return guardRefusal(result, to.id, state, message);
  }
  applyEffects(run, to, envelope.value, result, meter);
  assertConserved(run);
  const after = refusedAfter(run, to, meter);
  return after === undefined ? undefined : refuse(after);
};

/** Delivers one message: one transition of its receiver. Gives the refusal, if it is refused. */
export const deliver = (run: Run, envelope: Envelope, meter: Meter): Refusal | undefined => {
  const to = run.state.actor(envelope.to);
  run.delivered += 1;
  run.activity.begin(envelope, to);
  const refusal = handle(run, to, envelope, meter);
  if (refusal === undefined) run.activity.applied(meter.used, run.state.bytesOf(to));
  else run.activity.refused(meter.used, refusal.code);
  run.trace?.push({
    index: run.trace.length,
    from: envelope.from.id,
    to: to.id,
    message: envelope.message.type,
    refused: refusal?.code,
    hash: run.activity.hash,
  });
  return refusal;
};
