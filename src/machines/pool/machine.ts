import { defineActor, machineOf, stepsOf, type ActorKind } from '../kit/index.ts';
import { emit } from '../kit/effect.ts';
import { poolMessage, poolRules, type PoolMessage } from './messages.ts';
import { initialPool, poolContext, type PoolContext } from './record.ts';

const step = stepsOf<PoolContext, PoolMessage>();

const steps = {
  take: step('deposit', (context, _, { self, from, value }) => ({
    context,
    effects: [emit('deposited', { from, to: self, amountNlux: value })],
  })),
};

const CONTEXT_BYTES = 1;

/** A balance that anyone entitled pays into; what leaves it, leaves it by rules to come. */
const pool = (kind: Extract<ActorKind, 'auditPool' | 'treasury' | 'burn'>) =>
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

/** Pays for audits (PROTOCOL §5). */
export const auditPool = pool('auditPool');
/** Fees of transactions and the protocol's share. */
export const treasury = pool('treasury');
/** Coins that are out of use; its balance is part of the supply and never moves again. */
export const burn = pool('burn');
