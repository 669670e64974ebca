import type { PAYMENT_PURPOSES } from '../account/messages.ts';
import { actorId, AUDIT_POOL, BURN, TREASURY } from './address.ts';
import { send, type Effect } from './effect.ts';

/** Value that an actor gives away; nothing is sent for 0. */

export const payAccount = (
  address: string,
  purpose: (typeof PAYMENT_PURPOSES)[number],
  amountNlux: bigint,
): readonly Effect[] =>
  amountNlux === 0n
    ? []
    : [send(actorId('account', address), { type: 'credit', purpose }, amountNlux)];

const deposit =
  (pool: typeof BURN | typeof TREASURY | typeof AUDIT_POOL) =>
  (amountNlux: bigint): readonly Effect[] =>
    amountNlux === 0n ? [] : [send(pool, { type: 'deposit' }, amountNlux)];

export const burn = deposit(BURN);
export const payTreasury = deposit(TREASURY);
export const payAuditPool = deposit(AUDIT_POOL);
