import { describe, expect, it } from 'vitest';
import { concatBytes, utf8 } from '../../../src/codec/index.ts';
import { checkInner } from '../../../src/runtime/tree/ics23/conformance.ts';
import { isLeftNeighbour } from '../../../src/runtime/tree/ics23/neighbours.ts';
import { JMT_LEAF, JMT_SPEC } from '../../../src/runtime/tree/ics23/specs.ts';
import { calculateRoot } from '../../../src/runtime/tree/ics23/ops.ts';
import { HashOp, type InnerOp } from '../../../src/runtime/tree/ics23/types.ts';
import { WorkNode } from '../../../src/runtime/tree/node.ts';
import { decodeNode } from '../../../src/runtime/tree/record.ts';
import { updateTree } from '../../../src/runtime/tree/update.ts';

const { child_size: size, min_prefix_length: tagBytes } = JMT_SPEC.inner_spec;
const sibling = new Uint8Array(size).fill(7);
const tag = new Uint8Array(tagBytes).fill(1);
const NONE = new Uint8Array(0);

/** The step from a left child, and that from a right one. */
const left: InnerOp = { hash: HashOp.SHA256, prefix: tag, suffix: sibling };
const right: InnerOp = { hash: HashOp.SHA256, prefix: concatBytes(tag, sibling), suffix: NONE };

describe('a forged proof', () => {
  it('does not show two children of a node as neighbours the wrong way round', () => {
    expect(isLeftNeighbour(JMT_SPEC.inner_spec, [left], [right])).toBe(true);
    expect(isLeftNeighbour(JMT_SPEC.inner_spec, [right], [left])).toBe(false);
    expect(isLeftNeighbour(JMT_SPEC.inner_spec, [left], [left])).toBe(false);
  });

  it('does not pass a leaf off as a node: its step may not begin as leaves do', () => {
    const { prefix } = JMT_SPEC.leaf_spec;
    // The rest of a leaf's preimage is the hash of its key, of any bytes.
    const forged = concatBytes(prefix, utf8('x'.repeat(tagBytes - prefix.length)));
    const step = { ...left, prefix: forged };
    expect(checkInner(left, JMT_SPEC, 1).ok).toBe(true);
    expect(checkInner(step, JMT_SPEC, 1)).toMatchObject({
      ok: false,
      failure: { code: 'proof/inner-mismatch', details: { what: 'prefix of a leaf' } },
    });
  });

  it('does not go on from a result that is too long to be a child', () => {
    const proof = (hash: number) => ({
      key: utf8('key'),
      value: utf8('value'),
      leaf: JMT_LEAF,
      path: [{ ...left, hash }],
    });
    expect(calculateRoot(proof(HashOp.SHA256), JMT_SPEC).ok).toBe(true);
    expect(calculateRoot(proof(HashOp.SHA512), JMT_SPEC)).toMatchObject({
      ok: false,
      failure: { code: 'proof/operation-invalid' },
    });
  });
});

describe('the record of a node', () => {
  const changes = new Map([
    ['aa', utf8('one')],
    ['bb', utf8('two')],
  ]);
  const { put } = updateTree({
    reader: { getNode: () => undefined },
    parent: undefined,
    version: 0n,
    changes,
  });
  const [record = NONE] = put.values();

  it('is read to its end, and has nothing behind it', () => {
    expect(() => decodeNode(new WorkNode(), record)).not.toThrow();
    const longer = concatBytes(record, Uint8Array.of(0));
    expect(() => decodeNode(new WorkNode(), longer)).toThrow(/behind its end/);
    for (let length = 0; length < record.length; length += 1) {
      expect(() => decodeNode(new WorkNode(), record.subarray(0, length))).toThrow(/tree node/);
    }
  });
});
