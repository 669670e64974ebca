import { defineActor, guardsOf, machineOf } from '../kit/index.ts';
import { steps } from './actions.ts';
import { judgeDocument } from './judgement.ts';
import { trustStoreMessage, trustStoreRules, type TrustStoreMessage } from './messages.ts';
import { initialTrustStore, trustStoreContext, type TrustStoreContext } from './record.ts';

const guard = guardsOf<TrustStoreContext, TrustStoreMessage>();

export const guards = {
  mayUpsert: guard('upsertCollateral', (context, { document }, call) => {
    const judged = judgeDocument(context, document, call);
    return judged.ok ? undefined : judged.reason;
  }),
};

const machine = machineOf({
  context: initialTrustStore,
  events: trustStoreRules,
  guards,
  steps,
  table: {
    id: 'trustStore',
    initial: 'open',
    on: { keyEnrolled: { actions: 'note' } },
    states: {
      open: { on: { upsertCollateral: { guard: 'mayUpsert', actions: 'upsert' } } },
    },
  },
});

/** Largest encoded context: the root certificate and what it says. */
const CONTEXT_BYTES = 8_704;

/**
 * What TEE reports are verified against (PROTOCOL §8): the vendor's revocation lists, TCB
 * information and quoting enclave identities, each checked once, when it comes, against the root
 * that genesis pins, and stored with its verdict. Anyone may bring a document; only a newer one
 * takes the place of another, so nobody can turn the clock back.
 */
export const trustStore = defineActor({
  kind: 'trustStore',
  machine,
  guards,
  steps,
  initial: initialTrustStore,
  context: trustStoreContext,
  contextBytes: CONTEXT_BYTES,
  messages: trustStoreMessage,
  rules: trustStoreRules,
});
