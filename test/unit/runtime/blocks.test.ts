import { describe, expect, it } from 'vitest';
import { buildTransaction } from '../../../src/client/transaction.ts';
import { MAX_TRANSACTION_BYTES } from '../../../src/actors/index.ts';
import { MAX_PAYLOAD_BYTES, transactionsRoot, txId } from '../../../src/codec/index.ts';
import { loadSecp256k1 } from '../../../src/codec/node.ts';
import { actorId } from '../../../src/machines/kit/index.ts';
import { decodeBlock, encodeBlock, MAX_BLOCK_BYTES } from '../../../src/runtime/index.ts';
import type { Block, EmbeddedAivm } from '../../../src/runtime/index.ts';
import {
  account,
  advance,
  balance,
  CHAIN,
  code,
  extend,
  GENESIS,
  open,
  PROPOSER,
  tipOf,
  transfer,
  value,
} from './chain.ts';

const OTHER = 'cd'.repeat(32);
const FUNDS = balance(open(), 0);

/** What can be seen of a chain from outside. */
const sight = (aivm: EmbeddedAivm) => {
  const { tip, store, pending } = value(aivm.status());
  return { tip, store, pending, hashes: value(aivm.stateHashByActor()).items };
};

describe('height 0', () => {
  it('is the genesis: its time, no parent, no transaction, the whole supply', () => {
    const aivm = open();
    const { header, transactionIds } = value(aivm.block(0n)) ?? {};
    expect(header?.height).toBe(0n);
    expect(header?.time).toBe(GENESIS.time);
    expect(header?.parentId).toBe('00'.repeat(32));
    expect(transactionIds).toEqual([]);
    const total = GENESIS.allocations.reduce((sum, { amountNlux }) => sum + amountNlux, 0n);
    expect(value(aivm.supply())).toEqual({ totalNlux: total, burnedNlux: 0n });
    expect(value(aivm.check()).supplyNlux).toBe(total);
  });
});

describe('one block', () => {
  it('gives every node the same root, receipts and activity, built or received', () => {
    const [proposer, other] = [open(), open()];
    const transactions = [0n, 1n, 2n].map((nonce) => transfer({ from: 0, nonce, to: 1 }));
    const block = extend(proposer, transactions);
    const received = value(other.execute(tipOf(other).blockId, block.bytes));
    expect(received).toEqual(value(proposer.execute(tipOf(proposer).blockId, block.bytes)));
    expect(received.receipts.map(({ receipt }) => receipt.outcome.type)).toEqual(
      Array.from({ length: 3 }, () => 'applied'),
    );
    expect(value(other.commit(block.blockId)).root).toBe(block.root);
    expect(balance(other, 1)).toBe(FUNDS + 3n);
  });

  it('is the same when it is executed twice', () => {
    const aivm = open();
    const block = extend(aivm, [transfer({ from: 0, nonce: 0n, to: 1 })]);
    const parent = tipOf(aivm).blockId;
    expect(value(aivm.execute(parent, block.bytes)).root).toBe(block.root);
    expect(value(aivm.status()).pending).toEqual([block.blockId]);
    value(aivm.drop(block.blockId));
    expect(value(aivm.execute(parent, block.bytes)).root).toBe(block.root);
  });

  it('leaves out what cannot be included, with the reason', () => {
    const aivm = open();
    const good = transfer({ from: 0, nonce: 0n, to: 1 });
    const skipped = transfer({ from: 1, nonce: 5n, to: 0 });
    const foreign = transfer({ from: 2, nonce: 0n, to: 0, networkId: 1 });
    const { leftOut, receipts } = extend(aivm, [skipped, good, good, foreign, Uint8Array.of(1)]);
    expect(receipts).toHaveLength(1);
    expect(leftOut.map(({ failure }) => failure.code)).toEqual([
      'actors/nonce-skipped',
      'actors/nonce-too-low',
      'actors/wrong-network',
      'codec/wrong-type',
    ]);
  });

  it('keeps within the gas that the host allows', () => {
    const aivm = open();
    const transactions = [0n, 1n, 2n].map((nonce) => transfer({ from: 0, nonce, to: 1 }));
    const request = { time: GENESIS.time, proposer: PROPOSER, transactions };
    const all = value(aivm.buildBlock(request));
    const some = value(aivm.buildBlock({ ...request, gasLimit: all.gasUsed }));
    expect(some.included.length).toBeLessThan(3);
    expect(some.gasUsed).toBeLessThanOrEqual(all.gasUsed);
    expect(some.leftOut[0]?.failure.code).toBe('runtime/block-full');
    const none = value(aivm.buildBlock({ ...request, gasLimit: 0n }));
    expect(none.included).toEqual([]);
  });
});

describe('siblings', () => {
  it('never see each other, however deep they go', () => {
    const aivm = open();
    const parent = tipOf(aivm).blockId;
    const left = extend(aivm, [transfer({ from: 0, nonce: 0n, to: 1, amount: 10n })], parent);
    const right = extend(aivm, [transfer({ from: 0, nonce: 0n, to: 2, amount: 20n })], parent);
    // The next nonce follows on both sides, and the one before is used on both.
    const second = transfer({ from: 0, nonce: 1n, to: 3, amount: 30n });
    const deepLeft = extend(aivm, [second], left.blockId);
    const deepRight = extend(aivm, [second], right.blockId);
    expect(new Set([left, right, deepLeft, deepRight].map(({ root }) => root)).size).toBe(4);
    expect(balance(aivm, 0)).toBe(FUNDS);
    value(aivm.commit(right.blockId));
    value(aivm.commit(deepRight.blockId));
    expect([1, 2, 3].map((index) => balance(aivm, index) - FUNDS)).toEqual([0n, 20n, 30n]);
  });

  it('are dropped with all that stands on them when one of them is committed', () => {
    const aivm = open();
    const parent = tipOf(aivm).blockId;
    const kept = extend(aivm, [transfer({ from: 0, nonce: 0n, to: 1 })], parent);
    const onKept = extend(aivm, [transfer({ from: 0, nonce: 1n, to: 1 })], kept.blockId);
    const lost = extend(aivm, [transfer({ from: 1, nonce: 0n, to: 2 })], parent);
    const onLost = extend(aivm, [transfer({ from: 1, nonce: 1n, to: 2 })], lost.blockId);
    const { dropped } = value(aivm.commit(kept.blockId));
    expect([...dropped].sort()).toEqual([lost.blockId, onLost.blockId].sort());
    expect(value(aivm.status()).pending).toEqual([onKept.blockId]);
    expect(code(aivm.commit(onLost.blockId))).toBe('runtime/unknown-block');
    expect(code(aivm.execute(lost.blockId, onLost.bytes))).toBe('runtime/unknown-parent');
    expect(code(aivm.execute(parent, lost.bytes))).toBe('runtime/already-committed');
  });
});

describe('dropping', () => {
  it('leaves no trace of a block and its descendants', () => {
    const aivm = open();
    advance(aivm, [transfer({ from: 0, nonce: 0n, to: 1 })]);
    const before = sight(aivm);
    const first = extend(aivm, [transfer({ from: 0, nonce: 1n, to: 1 })]);
    const second = extend(aivm, [transfer({ from: 0, nonce: 2n, to: 1 })], first.blockId);
    const third = extend(aivm, [transfer({ from: 0, nonce: 3n, to: 1 })], second.blockId);
    expect(value(aivm.drop(first.blockId))).toEqual([first.blockId, second.blockId, third.blockId]);
    expect(sight(aivm)).toEqual(before);
    expect(code(aivm.drop(first.blockId))).toBe('runtime/unknown-block');
    expect(advance(aivm, [transfer({ from: 0, nonce: 1n, to: 1 })]).root).toBe(first.root);
  });

  it('leaves ancestors and siblings', () => {
    const aivm = open();
    const base = extend(aivm, [transfer({ from: 0, nonce: 0n, to: 1 })]);
    const left = extend(aivm, [transfer({ from: 0, nonce: 1n, to: 1 })], base.blockId);
    const right = extend(aivm, [transfer({ from: 0, nonce: 1n, to: 2 })], base.blockId);
    value(aivm.drop(left.blockId));
    expect(value(aivm.status()).pending).toEqual([base.blockId, right.blockId]);
  });
});

describe('committing', () => {
  it('goes from parent to child only', () => {
    const aivm = open();
    const first = extend(aivm, [transfer({ from: 0, nonce: 0n, to: 1 })]);
    const second = extend(aivm, [transfer({ from: 0, nonce: 1n, to: 1 })], first.blockId);
    expect(code(aivm.commit(second.blockId))).toBe('runtime/not-next');
    value(aivm.commit(first.blockId));
    expect(code(aivm.commit(first.blockId))).toBe('runtime/already-committed');
    expect(code(aivm.drop(first.blockId))).toBe('runtime/already-committed');
    expect(value(aivm.commit(second.blockId)).root).toBe(second.root);
    expect(tipOf(aivm)).toMatchObject({ height: 2n, root: second.root });
    expect(value(aivm.check()).root).toBe(second.root);
  });

  it('takes no block that was not executed', () => {
    const aivm = open();
    expect(code(aivm.commit('ab'.repeat(32)))).toBe('runtime/unknown-block');
    expect(code(aivm.commit('no id'))).toBe('runtime/bad-key');
  });
});

describe('a block that is not valid', () => {
  const aivm = open();
  const parent = tipOf(aivm).blockId;
  const valid = extend(open(), [
    transfer({ from: 0, nonce: 0n, to: 1 }),
    transfer({ from: 0, nonce: 1n, to: 1 }),
  ]);
  const block = value(decodeBlock(valid.bytes));
  const change = (header: Partial<Block['header']>): Uint8Array =>
    encodeBlock({ ...block, header: { ...block.header, ...header } });
  const before = sight(aivm);

  it.each([
    ['of another network', change({ networkId: 7 }), 'runtime/wrong-network'],
    ['of another chain', change({ chainId: OTHER }), 'runtime/wrong-chain'],
    ['on another parent', change({ parentId: OTHER }), 'runtime/wrong-parent'],
    ['of a height that skips', change({ height: 2n }), 'runtime/wrong-height'],
    ['of the height of its parent', change({ height: 0n }), 'runtime/wrong-height'],
    ['before its parent', change({ time: GENESIS.time - 1n }), 'runtime/wrong-time'],
    [
      'with another root of transactions',
      change({ transactionsRoot: OTHER }),
      'runtime/wrong-transactions-root',
    ],
    [
      'with its transactions in another order',
      encodeBlock({ ...block, transactions: block.transactions.toReversed() }),
      'runtime/wrong-transactions-root',
    ],
    ['cut off', valid.bytes.subarray(0, -1), 'runtime/block-malformed'],
    ['with a byte behind it', Uint8Array.of(...valid.bytes, 0), 'runtime/block-malformed'],
    ['of no bytes', new Uint8Array(0), 'runtime/block-malformed'],
    ['too large', new Uint8Array(MAX_BLOCK_BYTES + 1), 'runtime/block-too-large'],
  ])('%s is refused, and nothing has happened', (_, bytes, expected) => {
    expect(code(aivm.execute(parent, bytes))).toBe(expected);
    expect(sight(aivm)).toEqual(before);
  });

  it.each([
    ['nonce', [transfer({ from: 0, nonce: 1n, to: 1 })], 'actors/nonce-skipped'],
    ['chain', [transfer({ from: 0, nonce: 0n, to: 1, chainId: OTHER })], 'actors/wrong-chain'],
    ['form', [Uint8Array.of(0x80)], 'codec/wrong-field-count'],
  ])('with a transaction of a wrong %s is invalid as a whole', (_, transactions, cause) => {
    const header = { ...block.header, transactionsRoot: transactionsRoot(transactions.map(txId)) };
    const refused = aivm.execute(parent, encodeBlock({ header, transactions }));
    expect(refused.ok ? undefined : refused.failure).toMatchObject({
      code: 'actors/invalid-transaction',
      details: { index: '0', cause },
    });
    expect(sight(aivm)).toEqual(before);
  });

  it('is refused on a parent that nobody knows, by any form of id', () => {
    const orphan = change({ parentId: OTHER, height: 9n });
    expect(code(aivm.execute(OTHER, orphan))).toBe('runtime/unknown-parent');
    expect(code(aivm.execute('nobody', orphan))).toBe('runtime/bad-key');
  });
});

describe('limits', () => {
  it('holds at most so many pending blocks, and goes on when some are dropped', () => {
    const aivm = open();
    const parent = tipOf(aivm).blockId;
    const blocks = Array.from({ length: 64 }, (_, i) =>
      extend(aivm, [], parent, GENESIS.time + BigInt(i)),
    );
    const request = { time: GENESIS.time + 99n, proposer: PROPOSER, transactions: [] };
    const more = value(aivm.buildBlock(request));
    expect(code(aivm.execute(parent, more.bytes))).toBe('runtime/too-many-pending');
    value(aivm.drop(blocks[5]?.blockId ?? ''));
    expect(value(aivm.execute(parent, more.bytes)).blockId).toBe(more.blockId);
  });

  it.each([
    ['a time of the past', { time: GENESIS.time - 1n }, 'runtime/wrong-time'],
    ['a time beyond u64', { time: 1n << 64n }, 'runtime/bad-option'],
    ['a proposer that is none', { proposer: 'me' }, 'runtime/bad-option'],
    ['a negative gas limit', { gasLimit: -1n }, 'runtime/bad-option'],
    ['an unknown parent', { parent: 'ab'.repeat(32) }, 'runtime/unknown-parent'],
    ['a parent that is no id', { parent: 'x' }, 'runtime/unknown-parent'],
    [
      'too many transactions',
      { transactions: Array.from({ length: 65_537 }, () => new Uint8Array(0)) },
      'runtime/too-many-candidates',
    ],
  ])('builds nothing of %s', (_, wrong, expected) => {
    const request = { time: GENESIS.time, proposer: PROPOSER, transactions: [], ...wrong };
    expect(code(open().buildBlock(request))).toBe(expected);
  });

  it('fills a block up to its size and leaves the rest for the next', () => {
    // A payload to a challenge that does not exist: refused, and charged, but part of the block.
    const large = Array.from({ length: 40 }, (_, nonce) => ({ nonce: BigInt(nonce) })).map(
      ({ nonce }) =>
        value(
          buildTransaction({
            ...CHAIN,
            nonce,
            expiry: 100n,
            gasLimit: 300_000n,
            gasPriceNlux: 1n,
            receiver: actorId('challenge', 'ab'.repeat(32)),
            valueNlux: 0n,
            message: { type: 'publish', payload: new Uint8Array(MAX_PAYLOAD_BYTES) },
            privateKey: account(0).privateKey,
            engine: loadSecp256k1(),
          }),
        ).bytes,
    );
    const aivm = open();
    const { bytes, receipts, leftOut } = extend(aivm, large);
    expect(bytes.length).toBeLessThanOrEqual(MAX_BLOCK_BYTES);
    expect(bytes.length).toBeGreaterThan(MAX_BLOCK_BYTES - MAX_TRANSACTION_BYTES);
    expect(receipts.length + leftOut.length).toBe(40);
    expect(leftOut[0]?.failure.code).toBe('runtime/block-full');
    expect(value(aivm.execute(tipOf(aivm).blockId, bytes)).receipts).toHaveLength(receipts.length);
  });
});
