import { equalBytes } from '../codec/bytes.ts';
import { addressHex } from '../machines/kit/index.ts';
import type { Violation } from '../testing/invariants/index.ts';
import type { Order } from '../testing/orders.ts';
import { accountOf } from '../testing/people.ts';
import type { Change, Ground } from './ground.ts';

/** Keys of the records that differ, besides the account of who sent the order. */
const changedRecords = (before: Ground, { after }: Change, { from }: Order): readonly string[] => {
  const records = new Map(before.moment.state.records.range());
  const sender = `00${addressHex(accountOf(from))}`;
  const changed: string[] = [];
  for (const [key, value] of after.moment.state.records.range()) {
    const was = records.get(key);
    records.delete(key);
    const isSame = was === value || (was !== undefined && equalBytes(was, value));
    if (!isSame && key !== sender) changed.push(key);
  }
  return [...changed, ...records.keys()];
};

/** A refused message undoes everything but fee and nonce of its sender (PROTOCOL §3). */
export const refusalFaults = (
  before: Ground,
  change: Change,
  order: Order,
): readonly Violation[] => {
  const { outcome } = change.receipt ?? {};
  if (outcome?.type !== 'refused') return [];
  const changed = changedRecords(before, change, order);
  if (changed.length === 0) return [];
  const { code } = outcome.refusal;
  const sentence = `it was refused (${code}), and changed the records ${changed.join(', ')}`;
  return [{ id: 'refusal', sentence, actors: [order.to] }];
};
