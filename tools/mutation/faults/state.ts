// Faults in encodings, the state tree, its proofs and the store (PROTOCOL §2, §10).
import type { Fault } from './fault.ts';

const CODEC = 'src/codec';
const CODEC_UNIT = 'test/unit/codec';

const encodings: readonly Fault[] = [
  {
    name: 'bytes are accepted that encode otherwise again',
    file: `${CODEC}/schema/codec.ts`,
    from: "equalBytes(encode(schema, value), bytes) ? ok(value) : codecFail('codec/not-canonical')",
    to: "bytes.length > 0 ? ok(value) : codecFail('codec/not-canonical')",
    near: [CODEC_UNIT, 'test/properties/codec'],
  },
  {
    name: 'a signature with high s is accepted',
    file: `${CODEC}/keys/signature.ts`,
    from: 'return s > HALF_ORDER ?',
    to: 'return s > GROUP_ORDER ?',
    near: [`${CODEC_UNIT}/signatures.test.ts`],
  },
  {
    name: 'the largest low s is refused',
    file: `${CODEC}/keys/signature.ts`,
    from: 'return s > HALF_ORDER ?',
    to: 'return s >= HALF_ORDER ?',
    near: [`${CODEC_UNIT}/signatures.test.ts`],
  },
  {
    name: 'r may be the order of the group',
    file: `${CODEC}/keys/signature.ts`,
    from: 'r >= GROUP_ORDER',
    to: 'r > GROUP_ORDER',
    near: [`${CODEC_UNIT}/signatures.test.ts`],
  },
  {
    name: 'a list may have one item more than its limit',
    file: `${CODEC}/schema/composites.ts`,
    from: '      if (length > maxItems) {',
    to: '      if (length > maxItems + 1) {',
    near: [`${CODEC_UNIT}/schema.test.ts`],
  },
  {
    name: 'the proof of a chunk may have hashes that nothing uses',
    file: `${CODEC}/tree.ts`,
    from: 'return used === proof.length ? node : undefined;',
    to: 'return used <= proof.length ? node : undefined;',
    near: [`${CODEC_UNIT}/evidence.test.ts`, 'test/properties/codec/evidence.test.ts'],
  },
  {
    name: 'an output of one chunk may claim another length',
    file: `${CODEC}/evidence.ts`,
    from: '  if (count === 1 && length !== bytes) return false;\n',
    to: '',
    near: [`${CODEC_UNIT}/evidence.test.ts`],
  },
  {
    name: 'an output may claim more bytes than its chunks can hold',
    file: `${CODEC}/evidence.ts`,
    from:
      'HASH_TEXT.test(top)) return false;\n' +
      '  if (bytes < 0n || bytes > BigInt(count) * BigInt(MAX_CHUNK_BYTES)) return false;\n',
    to: 'HASH_TEXT.test(top)) return false;\n',
    near: [`${CODEC_UNIT}/evidence.test.ts`],
  },
  {
    name: 'evidence can be copied: its leaves do not name their author',
    file: `${CODEC}/evidence.ts`,
    from: "hashBytes('aivm/evidence-leaf/1', author, u32be(index)",
    to: "hashBytes('aivm/evidence-leaf/1', author.subarray(20), u32be(index)",
    near: [`${CODEC_UNIT}/evidence.test.ts`],
  },
  {
    name: 'a challenge of two attestations has two names',
    file: `${CODEC}/ids/challenges.ts`,
    from: 'second === ZERO_HASH || first < second',
    to: 'second === ZERO_HASH || first !== second',
    near: [`${CODEC_UNIT}/ids.test.ts`],
  },
  {
    name: 'a report does not change the id of an attestation',
    file: `${CODEC}/ids/claims.ts`,
    from: 'bytes32(of.bindingDigest), sha256(of.teeReport)',
    to: 'bytes32(of.bindingDigest), sha256(of.teeReport.subarray(0, 0))',
    near: [`${CODEC_UNIT}/ids.test.ts`],
  },
];

const TREE = 'src/runtime/tree';

const proofs: readonly Fault[] = [
  {
    name: 'absence is proven of a key that is there: a neighbour may be the key itself',
    file: `${TREE}/ics23/verify.ts`,
    from: 'compareBytes(own.value, other.value) <= 0',
    to: 'compareBytes(own.value, other.value) < 0',
    near: ['test/unit/tree', 'test/properties/tree'],
  },
  {
    name: 'absence before the first key needs not its being the first',
    file: `${TREE}/ics23/verify.ts`,
    from: 'right !== undefined && isLeftMost(inner, right.path)',
    to: 'right !== undefined',
    near: ['test/unit/tree', 'test/properties/tree'],
  },
  {
    name: 'absence between two keys that are not neighbours',
    file: `${TREE}/ics23/neighbours.ts`,
    from: 'isLeftMost(spec, right.slice(0, right.length - 1 - shared))',
    to: 'right.length > shared',
    near: ['test/unit/tree', 'test/properties/tree'],
  },
  {
    name: 'absence between the children of one node in the wrong order',
    file: `${TREE}/ics23/neighbours.ts`,
    from: 'rightBranch !== leftBranch + 1',
    to: 'rightBranch === leftBranch',
    near: ['test/unit/tree', 'test/properties/tree'],
  },
  {
    name: 'the proof of absence of one key shows that of another',
    file: 'src/runtime/proof/verify.ts',
    from: "!equalBytes(nonexist.key, keyBytes)) return proofFailure('proof/key-mismatch')",
    to: "nonexist.key.length !== keyBytes.length) return proofFailure('proof/key-mismatch')",
    near: ['test/unit/runtime/proof-codec.test.ts', 'test/unit/runtime/queries.test.ts'],
  },
  {
    name: 'a leaf can be passed off as an inner node',
    file: `${TREE}/ics23/conformance.ts`,
    from: 'if (startsWith(op.prefix, spec.leaf_spec.prefix))',
    to: 'if (startsWith(spec.leaf_spec.prefix, op.prefix))',
    near: ['test/unit/tree', 'test/properties/tree'],
  },
  {
    name: 'a node that changed is never given up',
    file: `${TREE}/update.ts`,
    from: '      this.#stale.push(key);\n      this.#settle(',
    to: '      this.#settle(',
    near: ['test/unit/tree', 'test/properties/tree'],
  },
  {
    name: 'a subtree of one leaf keeps its node: the root depends on what was deleted',
    file: `${TREE}/update.ts`,
    from: '} else if (kind === LEAF) {',
    to: '} else if (kind === LEAF && path.length > 2) {',
    near: ['test/unit/tree', 'test/properties/tree'],
  },
];

const STORE = 'src/runtime/store';
const STORE_UNIT = [
  'test/unit/store/edges.test.ts',
  'test/unit/store/stores.test.ts',
  'test/properties/store',
];

const storage: readonly Fault[] = [
  {
    name: 'commit order: a write that fails moves the tip',
    file: `${STORE}/chain-store.ts`,
    from: '    const pruned: string[] = [];\n',
    to: '    const pruned: string[] = [];\n    this.#tip = next;\n',
    near: STORE_UNIT,
  },
  {
    name: 'a block that stands on another one is committed',
    file: `${STORE}/chain-store.ts`,
    from: 'tip !== undefined && batch.parentId !== tip.blockId',
    to: 'tip !== undefined && batch.parentId === undefined',
    near: STORE_UNIT,
  },
  {
    name: 'a longer history brings back heights that are pruned',
    file: `${STORE}/chain-store.ts`,
    from: 'oldest: kept > before ? kept : before',
    to: 'oldest: kept > 0n ? kept : 0n',
    near: STORE_UNIT,
  },
  {
    name: 'after a rollback nodes of the block that is gone are served',
    file: `${STORE}/chain-store.ts`,
    from: '    this.#tip = target;\n    this.#nodes.clear();\n',
    to: '    this.#tip = target;\n',
    near: STORE_UNIT,
  },
  {
    name: 'pruning removes a height too many',
    file: `${STORE}/history.ts`,
    from: 'const end = heightKey(oldest + 1n);',
    to: 'const end = heightKey(oldest + 2n);',
    near: STORE_UNIT,
  },
  {
    name: 'pruning leaves what undoes blocks',
    file: `${STORE}/history.ts`,
    from: "take(writer.range('undo', FIRST, end), left)",
    to: "take(writer.range('undo', FIRST, end), 0 * left)",
    near: STORE_UNIT,
  },
  {
    name: 'a transaction that is undone takes the place of an earlier one with its id along',
    file: `${STORE}/history.ts`,
    from: 'first !== undefined && equalBytes(first, place)',
    to: 'first !== undefined && first.length === place.length',
    near: STORE_UNIT,
  },
  {
    name: 'the state at a height is that after the next block',
    file: `${STORE}/history.ts`,
    from: 'let later = height + 1n; later <= tip',
    to: 'let later = height + 2n; later <= tip',
    near: STORE_UNIT,
  },
  {
    name: 'of a damaged record only the first byte is noticed',
    file: `${STORE}/records.ts`,
    from: 'for (let i = 0; i < TAG_BYTES; i++) {',
    to: 'for (let i = 0; i < 1; i++) {',
    near: ['test/unit/store/damage.test.ts', ...STORE_UNIT],
  },
];

export const STATE_FAULTS: readonly Fault[] = [...encodings, ...proofs, ...storage];
