import type {
  CommitmentProof,
  ExistenceProof,
  InnerOp,
  LeafOp,
} from '../../../src/runtime/tree/index.ts';

// Reads `cosmos.ics23.v1.CommitmentProof` from protobuf, as far as the vectors need it. A reader of
// the tests only: the package itself takes proofs as objects.

type Field = { readonly bytes: Uint8Array } | { readonly number: number };

const varint = (bytes: Uint8Array, start: number): { value: number; next: number } => {
  let value = 0;
  let next = start;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[next++];
    if (byte === undefined || shift > 28) throw new Error('varint');
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return { value, next };
  }
};

function fields(bytes: Uint8Array): Map<number, Field[]> {
  const found = new Map<number, Field[]>();
  for (let at = 0; at < bytes.length;) {
    const tag = varint(bytes, at);
    const head = varint(bytes, tag.next);
    const wire = tag.value & 7;
    if (wire !== 0 && wire !== 2) throw new Error(`wire type ${wire}`);
    at = wire === 0 ? head.next : head.next + head.value;
    const field = wire === 0 ? { number: head.value } : { bytes: bytes.subarray(head.next, at) };
    found.set(tag.value >> 3, [...(found.get(tag.value >> 3) ?? []), field]);
  }
  return found;
}

const NONE = new Uint8Array(0);
const bytesIn = (all: Map<number, Field[]>, id: number): Uint8Array => {
  const field = all.get(id)?.[0];
  return field !== undefined && 'bytes' in field ? field.bytes : NONE;
};
const numberIn = (all: Map<number, Field[]>, id: number): number => {
  const field = all.get(id)?.[0];
  return field !== undefined && 'number' in field ? field.number : 0;
};

function leafOp(bytes: Uint8Array): LeafOp {
  const all = fields(bytes);
  return {
    hash: numberIn(all, 1),
    prehash_key: numberIn(all, 2),
    prehash_value: numberIn(all, 3),
    length: numberIn(all, 4),
    prefix: bytesIn(all, 5),
  };
}

function innerOp(bytes: Uint8Array): InnerOp {
  const all = fields(bytes);
  return { hash: numberIn(all, 1), prefix: bytesIn(all, 2), suffix: bytesIn(all, 3) };
}

function existenceProof(bytes: Uint8Array): ExistenceProof {
  const all = fields(bytes);
  return {
    key: bytesIn(all, 1),
    value: bytesIn(all, 2),
    leaf: all.has(3) ? leafOp(bytesIn(all, 3)) : undefined,
    path: (all.get(4) ?? []).map((field) => innerOp('bytes' in field ? field.bytes : NONE)),
  };
}

export function readCommitmentProof(bytes: Uint8Array): CommitmentProof {
  const all = fields(bytes);
  if (all.has(1)) return { exist: existenceProof(bytesIn(all, 1)) };
  const nonexist = fields(bytesIn(all, 2));
  const side = (id: number): ExistenceProof | undefined =>
    nonexist.has(id) ? existenceProof(bytesIn(nonexist, id)) : undefined;
  return { nonexist: { key: bytesIn(nonexist, 1), left: side(2), right: side(3) } };
}
