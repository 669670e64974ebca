import { amount, variants, type Infer } from '../../codec/index.ts';
import type { ActorKind } from '../kit/address.ts';
import type { MessageRules } from '../kit/message.ts';
import type { PoolContext } from './record.ts';

/** Who pays into a pool: actors for what they owe, and accounts that want to. */
const PAYERS: readonly ActorKind[] = ['account', 'provider', 'attestation', 'challenge'];

const deposit = { from: PAYERS, payable: true } as const;

/** Of the treasury and of burn: nothing leaves them. */
export const poolMessage = variants({ deposit: [1, {}] });
export type PoolMessage = Infer<typeof poolMessage>;

export const poolRules: MessageRules<PoolMessage, PoolContext> = { deposit };

export const auditPoolMessage = variants({
  deposit: [1, {}],
  /** A challenge that the beacon asked for takes what its panels may cost. */
  reserve: [2, { amountNlux: amount }],
});
export type AuditPoolMessage = Infer<typeof auditPoolMessage>;

export const auditPoolRules: MessageRules<AuditPoolMessage, PoolContext> = {
  deposit,
  reserve: { from: ['challenge'] },
};
