import { ok, type Result } from '../../codec/failure.ts';
import { runtimeFail } from '../errors.ts';
import type {
  CommitmentProof,
  ExistenceProof,
  InnerOp,
  LeafOp,
  NonExistenceProof,
} from '../tree/ics23/types.ts';
import { type Field, readFields } from './protobuf.ts';

// Field numbers are those of cosmos/ics23, proto/cosmos/ics23/v1/proofs.proto.

/** Largest proof that is read: two paths of 64 steps with the largest records are far below. */
export const MAX_PROOF_BYTES = 1_048_576;
/** Fields of one proof of existence: more steps than any specification allows. */
const MAX_EXISTENCE_FIELDS = 512;

const NO_BYTES = new Uint8Array(0);

const malformed = (what: string) => runtimeFail('runtime/proof-malformed', { what });

const numberOf = (field: Field): number => (typeof field.value === 'number' ? field.value : -1);
const bytesOf = (field: Field): Uint8Array =>
  typeof field.value === 'number' ? NO_BYTES : field.value;

/** The fields of a message by number, each of the type due, and none but these. */
const messageOf = (
  bytes: Uint8Array,
  what: string,
  types: Readonly<Record<number, 'number' | 'object'>>,
): Result<readonly Field[]> => {
  const fields = readFields(bytes);
  if (!fields.ok) return fields;
  const isKnown = fields.value.every(({ number, value }) => types[number] === typeof value);
  return isKnown ? fields : malformed(what);
};

const LEAF_FIELDS = { 1: 'number', 2: 'number', 3: 'number', 4: 'number', 5: 'object' } as const;

const decodeLeaf = (bytes: Uint8Array): Result<LeafOp> => {
  const fields = messageOf(bytes, 'leaf', LEAF_FIELDS);
  if (!fields.ok) return fields;
  let leaf: LeafOp = { hash: 0, prehash_key: 0, prehash_value: 0, length: 0, prefix: NO_BYTES };
  for (const field of fields.value) {
    if (field.number === 1) leaf = { ...leaf, hash: numberOf(field) };
    if (field.number === 2) leaf = { ...leaf, prehash_key: numberOf(field) };
    if (field.number === 3) leaf = { ...leaf, prehash_value: numberOf(field) };
    if (field.number === 4) leaf = { ...leaf, length: numberOf(field) };
    if (field.number === 5) leaf = { ...leaf, prefix: bytesOf(field) };
  }
  return ok(leaf);
};

const decodeInner = (bytes: Uint8Array): Result<InnerOp> => {
  const fields = messageOf(bytes, 'path', { 1: 'number', 2: 'object', 3: 'object' });
  if (!fields.ok) return fields;
  let inner: InnerOp = { hash: 0, prefix: NO_BYTES, suffix: NO_BYTES };
  for (const field of fields.value) {
    if (field.number === 1) inner = { ...inner, hash: numberOf(field) };
    if (field.number === 2) inner = { ...inner, prefix: bytesOf(field) };
    if (field.number === 3) inner = { ...inner, suffix: bytesOf(field) };
  }
  return ok(inner);
};

const decodeExistence = (bytes: Uint8Array): Result<ExistenceProof> => {
  const types = { 1: 'object', 2: 'object', 3: 'object', 4: 'object' } as const;
  const fields = messageOf(bytes, 'existence', types);
  if (!fields.ok) return fields;
  if (fields.value.length > MAX_EXISTENCE_FIELDS) return malformed('steps');
  const path: InnerOp[] = [];
  let proof: ExistenceProof = { key: NO_BYTES, value: NO_BYTES, leaf: undefined, path };
  for (const field of fields.value) {
    if (field.number === 1) proof = { ...proof, key: bytesOf(field) };
    if (field.number === 2) proof = { ...proof, value: bytesOf(field) };
    if (field.number === 3) {
      const leaf = decodeLeaf(bytesOf(field));
      if (!leaf.ok) return leaf;
      proof = { ...proof, leaf: leaf.value };
    }
    if (field.number === 4) {
      const inner = decodeInner(bytesOf(field));
      if (!inner.ok) return inner;
      path.push(inner.value);
    }
  }
  return ok(proof);
};

const decodeNonExistence = (bytes: Uint8Array): Result<NonExistenceProof> => {
  const fields = messageOf(bytes, 'non-existence', { 1: 'object', 2: 'object', 3: 'object' });
  if (!fields.ok) return fields;
  let proof: NonExistenceProof = { key: NO_BYTES, left: undefined, right: undefined };
  for (const field of fields.value) {
    if (field.number === 1) {
      proof = { ...proof, key: bytesOf(field) };
      continue;
    }
    const neighbour = decodeExistence(bytesOf(field));
    if (!neighbour.ok) return neighbour;
    proof = { ...proof, [field.number === 2 ? 'left' : 'right']: neighbour.value };
  }
  return ok(proof);
};

/** Reads a proof from anybody; batches and compressed batches are not read. */
export const decodeProof = (bytes: Uint8Array): Result<CommitmentProof> => {
  if (bytes.length > MAX_PROOF_BYTES) return malformed('size');
  const fields = messageOf(bytes, 'proof', { 1: 'object', 2: 'object' });
  if (!fields.ok) return fields;
  const [field] = fields.value;
  if (field === undefined || fields.value.length > 1) return malformed('proof');
  if (field.number === 1) {
    const exist = decodeExistence(bytesOf(field));
    return exist.ok ? ok({ exist: exist.value }) : exist;
  }
  const nonexist = decodeNonExistence(bytesOf(field));
  return nonexist.ok ? ok({ nonexist: nonexist.value }) : nonexist;
};
