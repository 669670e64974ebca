import { because, type Check } from './guard.ts';
import { keyOf } from './address.ts';
import type { AnyMessage } from './message.ts';

/** Conditions that several machines ask for. */

export const valuePositive: Check<unknown, AnyMessage> = (_, __, { value }) =>
  value > 0n ? undefined : because('value-missing');

/** The sender is the account that owns the actor. */
export const fromOwner: Check<{ readonly owner: string }, AnyMessage> = ({ owner }, _, { from }) =>
  keyOf(from) === owner ? undefined : because('not-owner', { owner: `account:${owner}` });
