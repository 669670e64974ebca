import { actorId, defineActor, emit, keyOf, machineOf, send, smaller } from '../kit/index.ts';
import { stepsOf, type ActorKind, type Apply } from '../kit/index.ts';
import {
  auditPoolMessage,
  auditPoolRules,
  poolMessage,
  poolRules,
  type AuditPoolMessage,
  type PoolMessage,
} from './messages.ts';
import { initialPool, poolContext, type PoolContext } from './record.ts';

const CONTEXT_BYTES = 1;

const take: Apply<PoolContext, PoolMessage> = (context, _, { self, from, value }) => ({
  context,
  effects: [emit('deposited', { from, to: self, amountNlux: value })],
});

const steps = { take: stepsOf<PoolContext, PoolMessage>()('deposit', take) };

/** A balance that anyone entitled pays into, and that nothing leaves. */
const pool = (kind: Extract<ActorKind, 'treasury' | 'burn'>) =>
  defineActor({
    kind,
    machine: machineOf({
      context: initialPool,
      events: poolRules,
      guards: {},
      steps,
      table: {
        id: kind,
        initial: 'open',
        on: { deposit: { actions: 'take' } },
        states: { open: {} },
      },
    }),
    guards: {},
    steps,
    initial: initialPool,
    context: poolContext,
    contextBytes: CONTEXT_BYTES,
    messages: poolMessage,
    rules: poolRules,
  });

/** Fees of transactions and the protocol's share. */
export const treasury = pool('treasury');
/** Coins that are out of use; its balance is part of the supply and never moves again. */
export const burn = pool('burn');

/**
 * Answers with what is asked for, or with all there is: the challenge has refused to open if the
 * pool could not pay, so less comes only if its guard was wrong, and then supply is exact still.
 */
const reserve: Apply<PoolContext, Extract<AuditPoolMessage, { type: 'reserve' }>> = (
  context,
  { amountNlux },
  { from, balance },
) => {
  const paidNlux = smaller(amountNlux, balance);
  return {
    context,
    effects: [
      send(actorId('challenge', keyOf(from)), { type: 'reserved' }, paidNlux),
      emit('reserved', { to: from, amountNlux: paidNlux }),
    ],
  };
};

const auditStep = stepsOf<PoolContext, AuditPoolMessage>();
const auditSteps = { take: auditStep('deposit', take), reserve: auditStep('reserve', reserve) };

/** Pays for the audits that the beacon asks for, and for nothing else (PROTOCOL §5, §6; I9). */
export const auditPool = defineActor({
  kind: 'auditPool',
  machine: machineOf({
    context: initialPool,
    events: auditPoolRules,
    guards: {},
    steps: auditSteps,
    table: {
      id: 'auditPool',
      initial: 'open',
      on: { deposit: { actions: 'take' }, reserve: { actions: 'reserve' } },
      states: { open: {} },
    },
  }),
  guards: {},
  steps: auditSteps,
  initial: initialPool,
  context: poolContext,
  contextBytes: CONTEXT_BYTES,
  messages: auditPoolMessage,
  rules: auditPoolRules,
});
