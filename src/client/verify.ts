import { actorKey } from '../actors/keys.ts';
import { preparedKind } from '../actors/record.ts';
import { encode, equalBytes, ok, type Failure, type Result } from '../codec/index.ts';
import type { ActorId } from '../machines/kit/address.ts';
import { REGISTRY } from '../machines/registry.ts';
import { verifyQuery } from '../runtime/proof/verify.ts';
import { attempt } from './attempt.ts';
import { clientFail } from './errors.ts';
import type { ActorView, StateProof } from './wire/index.ts';

/** An answer about an actor that came with a proof. */
export interface ProvenAnswer {
  /** What was asked, never what was answered. */
  readonly actor: ActorId;
  readonly record: ActorView | undefined;
  readonly proof: StateProof | undefined;
  /** State root, hex. */
  readonly root: string;
}

const invalid = (cause: string) => clientFail('client/proof-invalid', { cause });

/**
 * Checks that the record of an actor, or its absence, is in the state under `root`: the key is made
 * here from what was asked, the bytes from what was answered. Whether the root is the chain's is
 * beyond this: take it from a source that you trust, such as a header or another node.
 */
export const verifyActor = (answer: ProvenAnswer): Result<void, Failure> => {
  const { actor, record, proof, root } = answer;
  if (proof === undefined) return invalid('the answer has no proof');
  const shown = verifyQuery({ proof: proof.proof, root, key: actorKey(actor), value: proof.value });
  if (!shown.ok) return invalid(shown.failure.code);
  if (record === undefined || proof.value === undefined) {
    const isAbsent = record === undefined && proof.value === undefined;
    return isAbsent ? ok(undefined) : invalid('of record and value only one is there');
  }
  const { state, balanceNlux, wakeAt, context } = record;
  const claimed = attempt('client/proof-invalid', () =>
    encode(preparedKind(REGISTRY, actor).record, { state, balance: balanceNlux, wakeAt, context }),
  );
  if (!claimed.ok) return claimed;
  const isSame = equalBytes(claimed.value, proof.value);
  return isSame ? ok(undefined) : invalid('the record is not the one that is proven');
};
