import { variants, type Infer } from '../../codec/index.ts';
import type { ActorKind } from '../kit/address.ts';
import type { MessageRules } from '../kit/message.ts';
import type { PoolContext } from './record.ts';

export const poolMessage = variants({ deposit: [1, {}] });
export type PoolMessage = Infer<typeof poolMessage>;

/** Who pays into a pool: actors for what they owe, and accounts that want to. */
const PAYERS: readonly ActorKind[] = ['account', 'provider', 'attestation', 'challenge'];

export const poolRules: MessageRules<PoolMessage, PoolContext> = {
  deposit: { from: PAYERS, payable: true },
};
