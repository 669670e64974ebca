import { literalEnum, variants, type Infer } from '../../codec/index.ts';
import type { AccountContext } from './record.ts';
import type { MessageRules } from '../kit/message.ts';

/** Why an actor pays an account; shown in events. */
export const PAYMENT_PURPOSES = [
  'withdrawal',
  'deposit',
  'fee',
  'refund',
  'bond',
  'reward',
  'rerun',
  'appeal',
  'upheld',
] as const;

export const accountMessage = variants({
  transfer: [1, {}],
  credit: [2, { purpose: literalEnum(PAYMENT_PURPOSES) }],
});
export type AccountMessage = Infer<typeof accountMessage>;

export const accountRules: MessageRules<AccountMessage, AccountContext> = {
  transfer: { from: ['account'], payable: true },
  credit: {
    from: ['model', 'profile', 'provider', 'request', 'attestation', 'challenge', 'auditPool'],
    payable: true,
  },
};
