import { failWith } from '../codec/failure.ts';

/**
 * Failures of the kernel: why a transaction is not included, or a block not accepted. Nothing is
 * charged for them and the state is untouched. Refusals, which cost a fee, are below.
 */
export const actorFailures = {
  'actors/wrong-network': 'The transaction is for another network: sign it for details.expected.',
  'actors/wrong-chain': 'The transaction is for another chain: sign it for details.expected.',
  'actors/malformed-message':
    'The message is none of the receiver: encode it with the schema of the kind in ' +
    'details.receiver; details.cause and details.path say what is wrong.',
  'actors/nonce-too-low': 'The nonce is used: take details.expected, the next of the account.',
  'actors/nonce-skipped':
    'The nonce is ahead of the account: send details.expected first, or wait for it.',
  'actors/expired': 'The last height that may carry the transaction is past: sign a later expiry.',
  'actors/gas-limit-too-low':
    'The gas limit does not cover the transaction itself: allow details.intrinsic or more.',
  'actors/gas-limit-too-high':
    'The gas limit is above that of a block: allow details.limit at most.',
  'actors/gas-price-too-low': 'The gas price is below the minimum: offer details.minimum or more.',
  'actors/insufficient-balance':
    'The account does not hold the value and the whole fee, gas limit × gas price: it needs ' +
    'details.needed.',
  'actors/block-full':
    'The gas that is left in the block is less than the gas limit: leave it for the next block.',
  'actors/invalid-transaction':
    'The block holds a transaction that cannot be included: details.index and details.cause ' +
    'name it.',
} as const;

export type ActorFailureCode = keyof typeof actorFailures;

/** Builds a failed result of the kernel's catalogue. */
export const actorFail = failWith<ActorFailureCode>(actorFailures);

/**
 * Refusals by the kernel itself, beside the reasons of guards: everything of the transaction is
 * undone but the fee and the nonce (PROTOCOL §3).
 */
export const KERNEL_REFUSALS = {
  'not-accepted': 'The actor takes no such message in the state it is in: see its diagram.',
  'sender-not-entitled': 'Only the kinds of actors that the machine names may send this message.',
  'value-not-payable': 'This message takes no value: send it without.',
  'out-of-gas': 'The gas limit was reached; the whole of it is charged. Allow more.',
  'context-too-large': 'The record of the actor would exceed its byte limit.',
  'queue-too-long': 'The transaction causes more messages than one may: split it.',
  'too-many-events': 'The transaction causes more events than one may: split it.',
} as const;

export type KernelRefusal = keyof typeof KERNEL_REFUSALS;
