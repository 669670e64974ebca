import { concatBytes } from '../../codec/bytes.ts';
import type {
  CommitmentProof,
  ExistenceProof,
  InnerOp,
  LeafOp,
  NonExistenceProof,
} from '../tree/ics23/types.ts';
import { bytesField, enumField, optionalBytesField } from './protobuf.ts';

/*
 * `cosmos.ics23.v1.CommitmentProof` as protobuf bytes, the form that light clients take
 * (https://github.com/cosmos/ics23, proto/cosmos/ics23/v1/proofs.proto): field numbers are its.
 */

const NO_BYTES = new Uint8Array(0);

const encodeLeaf = (leaf: LeafOp): Uint8Array =>
  concatBytes(
    enumField(1, leaf.hash),
    enumField(2, leaf.prehash_key),
    enumField(3, leaf.prehash_value),
    enumField(4, leaf.length),
    optionalBytesField(5, leaf.prefix),
  );

const encodeInner = (inner: InnerOp): Uint8Array =>
  concatBytes(
    enumField(1, inner.hash),
    optionalBytesField(2, inner.prefix),
    optionalBytesField(3, inner.suffix),
  );

const encodeExistence = (proof: ExistenceProof): Uint8Array =>
  concatBytes(
    optionalBytesField(1, proof.key),
    optionalBytesField(2, proof.value),
    proof.leaf === undefined ? NO_BYTES : bytesField(3, encodeLeaf(proof.leaf)),
    ...proof.path.map((step) => bytesField(4, encodeInner(step))),
  );

const encodeNonExistence = ({ key, left, right }: NonExistenceProof): Uint8Array =>
  concatBytes(
    optionalBytesField(1, key),
    left === undefined ? NO_BYTES : bytesField(2, encodeExistence(left)),
    right === undefined ? NO_BYTES : bytesField(3, encodeExistence(right)),
  );

/** The proof as protobuf bytes. */
export const encodeProof = (proof: CommitmentProof): Uint8Array =>
  'exist' in proof
    ? bytesField(1, encodeExistence(proof.exist))
    : bytesField(2, encodeNonExistence(proof.nonexist));
