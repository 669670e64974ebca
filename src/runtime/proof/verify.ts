import { equalBytes, fromHex } from '../../codec/bytes.ts';
import type { Result } from '../../codec/failure.ts';
import { runtimeFail } from '../errors.ts';
import { proofFailure } from '../tree/errors.ts';
import { JMT_SPEC } from '../tree/ics23/specs.ts';
import { verifyExistence, verifyNonExistence } from '../tree/ics23/verify.ts';
import { decodeProof } from './decode.ts';

/** What a consumer holds: an answer of a node it does not trust, and a root that it does. */
export interface QueryClaim {
  /** `cosmos.ics23.v1.CommitmentProof`, protobuf bytes, as `query` gives them. */
  readonly proof: Uint8Array;
  /** State root that the consumer trusts, 64 lower-case hex digits: a later header's. */
  readonly root: string;
  /** Key in the state tree, lower-case hex, as `stateKey` gives it. */
  readonly key: string;
  /** The value claimed; `undefined` claims that there is none. */
  readonly value: Uint8Array | undefined;
}

const HEX_KEY = /^(?:[0-9a-f]{2})+$/;

/**
 * Checks an answer of `query` against a state root, with no database and no Node: ICS-23 under the
 * specification of the Penumbra JMT. Nothing of the claim is assumed to be well formed.
 *
 * The key must be the consumer's own, made with `stateKey` from the actor it asked for: a valid
 * proof for another key proves another thing.
 */
export const verifyQuery = ({ proof, root, key, value }: QueryClaim): Result<void> => {
  if (!HEX_KEY.test(key)) return runtimeFail('runtime/bad-key', { key });
  const decoded = decodeProof(proof);
  if (!decoded.ok) return decoded;
  const keyBytes = fromHex(key);
  if ('exist' in decoded.value) {
    if (value === undefined)
      return runtimeFail('runtime/proof-of-other-claim', { shows: 'presence' });
    return verifyExistence(JMT_SPEC, root, decoded.value.exist, keyBytes, value);
  }
  if (value !== undefined) return runtimeFail('runtime/proof-of-other-claim', { shows: 'absence' });
  const { nonexist } = decoded.value;
  // ICS-23 leaves this field out of account; here a proof says what it is about.
  if (!equalBytes(nonexist.key, keyBytes)) return proofFailure('proof/key-mismatch');
  return verifyNonExistence(JMT_SPEC, root, nonexist, keyBytes);
};
