import { challengeId } from '../../../codec/index.ts';
import { actorId, because, keyOf } from '../../kit/index.ts';
import type { Call, Reason } from '../../kit/index.ts';
import { bondOf } from '../money.ts';
import type { ChallengeForm } from '../record.ts';
import type { Found } from './begin.ts';

/** Conditions that several openings share. Each gives the reason of refusal, or nothing. */

interface Named {
  readonly modelId: string;
  readonly profileHash: string;
}

/**
 * It stands in no challenge, is not final, and its provider has not been proven to cheat. Asked
 * after `whyNotNamed`: the provider may be read only if the message names it.
 */
export const whyNotPending = (
  { slot, state, context }: Found,
  { height, read }: Call,
): Reason | undefined => {
  if (state !== 'pending') return because('attestation-not-pending', { slot, state });
  if (height >= context.windowEnd) return because('attestation-final', { slot });
  const provider = read.actor(actorId('provider', context.provider));
  return provider?.state === 'tombstoned' ? because('attestation-void', { slot }) : undefined;
};

/** The records that the message names are those behind the attestation. */
export const whyNotNamed = (
  { context }: Found,
  named: Named,
  providers: readonly string[],
): Reason | undefined =>
  context.modelId === named.modelId &&
  context.profileHash === named.profileHash &&
  providers.includes(context.provider)
    ? undefined
    : because('not-one-claim');

/** A challenge lives at its id, so that one of the same attestations exists once (I41, I42). */
export const whyWrongName = (
  first: string,
  second: string | undefined,
  { networkId, chainId, self }: Call,
): Reason | undefined => {
  const expected = challengeId({ networkId, chainId, first, second });
  return expected === keyOf(self) ? undefined : because('wrong-challenge-id', { expected });
};

const rerunFeeOf = ({ profileHash }: Named, { read }: Call): bigint =>
  read.actor(actorId('profile', profileHash))?.context.specification.rerunFeeNlux ?? 0n;

export const whyWrongBond = (form: ChallengeForm, named: Named, call: Call): Reason | undefined => {
  const bondNlux = bondOf(call.parameters.dispute, rerunFeeOf(named, call), form);
  return call.value === bondNlux ? undefined : because('bond-mismatch', { bondNlux });
};

export { rerunFeeOf };
