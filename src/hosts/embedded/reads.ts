import type { RecordOf } from '../../actors/record.ts';
import { ok, type Result } from '../../codec/failure.ts';
import type { ActorId, ActorKind } from '../../machines/kit/address.ts';
import type { AivmOperations } from '../../runtime/index.ts';
import type { SenderState } from './mempool/admit.ts';

/** The record of an actor in the committed state; nothing if it is not in state. */
export const readActor = <K extends ActorKind>(
  chain: Pick<AivmOperations, 'query'>,
  id: ActorId<K>,
): Result<RecordOf<K> | undefined> => {
  const answer = chain.query({ actor: id });
  return answer.ok ? ok(answer.value.decoded as RecordOf<K> | undefined) : answer;
};

/** Nonce and balance of an account; one that never was has neither. */
export const readSender = (
  chain: Pick<AivmOperations, 'query'>,
  id: ActorId<'account'>,
): Result<SenderState> => {
  const record = readActor(chain, id);
  if (!record.ok) return record;
  const { balance = 0n, context } = record.value ?? {};
  return ok({ nextNonce: context?.nonce ?? 0n, balanceNlux: balance });
};
