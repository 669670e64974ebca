import { describe, expect, it } from 'vitest';
import type { Result } from '../../../src/codec/index.ts';
import { checkAgainstSpec, checkLeaf } from '../../../src/runtime/tree/ics23/conformance.ts';
import {
  leftBranchesAreEmpty,
  rightBranchesAreEmpty,
} from '../../../src/runtime/tree/ics23/neighbours.ts';
import {
  applyHash,
  applyInner,
  applyLeaf,
  calculateRoot,
} from '../../../src/runtime/tree/ics23/ops.ts';
import { SMT_SPEC, verifyExistence, verifyNonExistence } from '../../../src/runtime/tree/index.ts';
import type {
  ExistenceProof,
  InnerOp,
  LeafOp,
  ProofSpec,
} from '../../../src/runtime/tree/index.ts';
import { readCommitmentProof } from './proof-wire.ts';
import { base64, bytesOf, hasVectors, hex, vectors } from './support.ts';

// The files of the ICS-23 reference implementation, by their names there.

interface OpJson {
  readonly hash?: number;
  readonly prehash_key?: number;
  readonly prehash_value?: number;
  readonly length?: number;
  readonly prefix?: string;
  readonly suffix?: string;
}
interface ProofJson {
  readonly key?: string;
  readonly value?: string;
  readonly leaf?: OpJson;
  readonly path?: readonly OpJson[];
}
interface SpecJson {
  readonly leaf_spec?: OpJson;
  readonly inner_spec?: {
    readonly child_order?: readonly number[];
    readonly child_size?: number;
    readonly min_prefix_length?: number;
    readonly max_prefix_length?: number;
    readonly empty_child?: string;
    readonly hash?: number;
  };
  readonly max_depth?: number;
  readonly min_depth?: number;
}

const leafOf = (json: OpJson): LeafOp => ({
  hash: json.hash ?? 0,
  prehash_key: json.prehash_key ?? 0,
  prehash_value: json.prehash_value ?? 0,
  length: json.length ?? 0,
  prefix: base64(json.prefix),
});
const innerOf = (json: OpJson): InnerOp => ({
  hash: json.hash ?? 0,
  prefix: base64(json.prefix),
  suffix: base64(json.suffix),
});
const proofOf = (json: ProofJson): ExistenceProof => ({
  key: base64(json.key),
  value: base64(json.value),
  leaf: json.leaf === undefined ? undefined : leafOf(json.leaf),
  path: (json.path ?? []).map(innerOf),
});
const specOf = (json: SpecJson): ProofSpec => ({
  leaf_spec: leafOf(json.leaf_spec ?? {}),
  inner_spec: {
    child_order: json.inner_spec?.child_order ?? [],
    child_size: json.inner_spec?.child_size ?? 0,
    min_prefix_length: json.inner_spec?.min_prefix_length ?? 0,
    max_prefix_length: json.inner_spec?.max_prefix_length ?? 0,
    empty_child: base64(json.inner_spec?.empty_child),
    hash: json.inner_spec?.hash ?? 0,
  },
  max_depth: json.max_depth ?? 0,
  min_depth: json.min_depth ?? 0,
  prehash_key_before_comparison: false,
});

const cases = <T>(name: string): [string, T][] =>
  hasVectors ? Object.entries(vectors(`ics23/${name}.json`) as Record<string, T>) : [];
const text = (utf8: string): Uint8Array => new Uint8Array(Buffer.from(utf8));
const expectDigest = (result: Result<Uint8Array>, isError: boolean, expected: string | null) => {
  const digest = result.ok ? hex(result.value) : undefined;
  expect(digest).toBe(isError ? undefined : hex(base64(expected ?? '')));
};

describe.skipIf(!hasVectors)('ICS-23 reference vectors (need ../shared/vectors)', () => {
  interface SpecCase {
    readonly Proof: ProofJson;
    readonly Spec: SpecJson;
    readonly Err: string;
  }
  const CODES: readonly [RegExp, string][] = [
    [/^existence Proof needs defined LeafOp/, 'proof/leaf-missing'],
    [/depth too short/, 'proof/too-shallow'],
    [/depth too long/, 'proof/too-deep'],
    [/^inner,/, 'proof/inner-mismatch'],
    [/^leaf,/, 'proof/leaf-mismatch'],
  ];
  it.each(cases<SpecCase>('TestCheckAgainstSpecData'))('CheckAgainstSpec: %s', (_, test) => {
    const result = checkAgainstSpec(proofOf(test.Proof), specOf(test.Spec));
    const code = CODES.find(([pattern]) => pattern.test(test.Err))?.[1];
    expect(result.ok ? undefined : result.failure.code).toBe(code);
    expect(code === undefined).toBe(test.Err === '');
  });

  interface LeafCase {
    readonly Leaf: OpJson;
    readonly Spec: OpJson;
    readonly IsErr: boolean;
  }
  it.each(cases<LeafCase>('TestCheckLeafData'))('CheckLeaf: %s', (_, test) => {
    const result = checkLeaf(leafOf(test.Leaf), specOf({ leaf_spec: test.Spec }));
    expect(result.ok).toBe(!test.IsErr);
  });

  interface HashCase {
    readonly HashOp: number;
    readonly Preimage?: string;
    readonly PreImage?: string;
    readonly ExpectedHash: string;
  }
  it.each(cases<HashCase>('TestDoHashData'))('DoHash: %s', (_, test) => {
    const result = applyHash(test.HashOp, text(test.Preimage ?? test.PreImage ?? ''));
    expect(result.ok && hex(result.value)).toBe(test.ExpectedHash);
  });

  interface EmptyCase {
    readonly Op: OpJson;
    readonly Spec: SpecJson;
    readonly IsLeft: boolean;
    readonly IsRight: boolean;
  }
  it.each(cases<EmptyCase>('TestEmptyBranchData'))('EmptyBranch: %s', (_, test) => {
    const spec = specOf(test.Spec).inner_spec;
    expect(leftBranchesAreEmpty(spec, innerOf(test.Op))).toBe(test.IsLeft);
    expect(rightBranchesAreEmpty(spec, innerOf(test.Op))).toBe(test.IsRight);
  });

  interface ProofCase {
    readonly Proof: ProofJson;
    readonly IsErr: boolean;
    readonly Expected: string | null;
  }
  it.each(cases<ProofCase>('TestExistenceProofData'))('ExistenceProof: %s', (_, test) => {
    expectDigest(calculateRoot(proofOf(test.Proof)), test.IsErr, test.Expected);
  });

  interface InnerCase {
    readonly Op: OpJson;
    readonly Child: string | null;
    readonly IsErr: boolean;
    readonly Expected: string | null;
  }
  it.each(cases<InnerCase>('TestInnerOpData'))('InnerOp: %s', (_, test) => {
    const child = base64(test.Child ?? '');
    expectDigest(applyInner(innerOf(test.Op), child), test.IsErr, test.Expected);
  });

  interface LeafOpCase {
    readonly Op: OpJson;
    readonly Key: string | null;
    readonly Value: string | null;
    readonly IsErr: boolean;
    readonly Expected: string | null;
  }
  it.each(cases<LeafOpCase>('TestLeafOpData'))('LeafOp: %s', (_, test) => {
    const result = applyLeaf(leafOf(test.Op), base64(test.Key ?? ''), base64(test.Value ?? ''));
    expectDigest(result, test.IsErr, test.Expected);
  });

  interface SmtFile {
    readonly key: string;
    readonly proof: string;
    readonly root: string;
    readonly value: string;
  }
  const smt = (name: string): SmtFile => vectors(`ics23/${name}.json`) as SmtFile;

  it.each(['smt_exist_left', 'smt_exist_middle', 'smt_exist_right'])('%s', (name) => {
    const file = smt(name);
    const proof = readCommitmentProof(bytesOf(file.proof));
    if (!('exist' in proof)) throw new Error('not an existence proof');
    const [key, value] = [bytesOf(file.key), bytesOf(file.value)];
    expect(verifyExistence(SMT_SPEC, file.root, proof.exist, key, value).ok).toBe(true);
    const other = verifyExistence(SMT_SPEC, `00${file.root.slice(2)}`, proof.exist, key, value);
    expect(other.ok ? undefined : other.failure.code).toBe('proof/root-mismatch');
  });

  it.each(['smt_nonexist_left', 'smt_nonexist_middle', 'smt_nonexist_right'])('%s', (name) => {
    const file = smt(name);
    const proof = readCommitmentProof(bytesOf(file.proof));
    if (!('nonexist' in proof)) throw new Error('not a non-existence proof');
    const key = bytesOf(file.key);
    expect(verifyNonExistence(SMT_SPEC, file.root, proof.nonexist, key).ok).toBe(true);
    // A neighbour itself is no absent key.
    const present = proof.nonexist.left?.key ?? proof.nonexist.right?.key ?? key;
    const denied = verifyNonExistence(SMT_SPEC, file.root, proof.nonexist, present);
    expect(denied.ok ? undefined : denied.failure.code).toBe('proof/key-order');
  });
});
