import { describe, expect, it } from 'vitest';
import { txId } from '../../../src/codec/index.ts';
import { accountId, advance, code, GENESIS, open, tipOf, transfer, value } from './chain.ts';

const pay = (nonce: bigint, to: number) => transfer({ from: 0, nonce, to });

const chainOf = (heights: number) => {
  const aivm = open();
  for (let i = 0; i < heights; i++) {
    const nonce = BigInt(2 * i);
    advance(aivm, [pay(nonce, 1), pay(nonce + 1n, 2)]);
  }
  return aivm;
};

describe('receipts', () => {
  const aivm = chainOf(3);

  it('are found by transaction, by height and by block', () => {
    const bytes = pay(2n, 1);
    const found = value(aivm.receipt(txId(bytes)));
    expect(found).toMatchObject({ height: 2n, index: 0, bytes });
    const byHeight = value(aivm.receipts(2n));
    expect(byHeight?.receipts[0]).toEqual({ txId: txId(bytes), receipt: found?.receipt });
    expect(value(aivm.receipts(found?.blockId ?? ''))).toEqual(byHeight);
  });

  it('are absent where nothing is', () => {
    expect(value(aivm.receipt('ab'.repeat(32)))).toBeUndefined();
    expect(value(aivm.receipts(9n))).toBeUndefined();
    expect(value(aivm.block('ab'.repeat(32)))).toBeUndefined();
    expect(value(aivm.blockBytes(9n))).toBeUndefined();
  });

  it('are asked for by what can be an id or a height', () => {
    expect(code(aivm.receipt('x'))).toBe('runtime/bad-key');
    expect(code(aivm.receipts('x'))).toBe('runtime/bad-option');
    expect(code(aivm.block(-1n))).toBe('runtime/bad-option');
  });
});

describe('blocks', () => {
  it('read from one node bring another to the same roots', () => {
    const [source, target] = [chainOf(4), open()];
    for (let height = 1n; height <= 4n; height += 1n) {
      const bytes = value(source.blockBytes(height)) ?? new Uint8Array(0);
      const { blockId, root } = value(target.execute(tipOf(target).blockId, bytes));
      value(target.commit(blockId));
      expect(root).toBe(value(source.block(height))?.root);
      expect(value(target.block(blockId))).toEqual(value(source.block(height)));
    }
    expect(tipOf(target)).toEqual(tipOf(source));
  });
});

describe('events', () => {
  const aivm = chainOf(5);
  const heightsOf = (items: readonly { readonly height: bigint }[]) =>
    items.map(({ height }) => height);

  it('come oldest first, each with its place', () => {
    const { items, next } = value(aivm.events({ from: 2n, to: 4n }));
    expect(next).toBeUndefined();
    expect(heightsOf(items)).toEqual([2n, 2n, 3n, 3n]);
    expect(items[0]).toMatchObject({ txId: txId(pay(2n, 1)), index: 0 });
    expect(items[0]?.event).toMatchObject({ actor: accountId(1), name: 'transferred' });
  });

  it('are read on from where a page ends', () => {
    const first = value(aivm.events({ from: 0n, limit: 3 }));
    expect(heightsOf(first.items)).toEqual([1n, 1n, 2n, 2n]);
    expect(first.next).toBe(3n);
    const rest = value(aivm.events({ from: first.next ?? 0n }));
    expect(heightsOf(rest.items)).toEqual([3n, 3n, 4n, 4n, 5n, 5n]);
    expect(rest.next).toBeUndefined();
  });

  it('are chosen by actor and by name', () => {
    const of = (actor: string, name: string) => value(aivm.events({ from: 0n, actor, name })).items;
    expect(of(accountId(2), 'transferred')).toHaveLength(5);
    expect(of(accountId(2), 'burned')).toHaveLength(0);
    expect(of(accountId(3), 'transferred')).toHaveLength(0);
  });

  it('beyond the tip are none yet', () => {
    expect(value(aivm.events({ from: 6n }))).toEqual({ items: [], next: undefined });
    expect(value(aivm.events({ from: 100n, to: 101n })).items).toEqual([]);
  });

  it.each([
    [{ from: 3n, to: 2n }, 'runtime/bad-range'],
    [{ from: 0n, to: 2_000n }, 'runtime/bad-range'],
    [{ from: -1n }, 'runtime/bad-range'],
    [{ from: 0n, limit: 0 }, 'runtime/bad-option'],
    [{ from: 0n, limit: 10_001 }, 'runtime/bad-option'],
  ])('are refused for %o', (request, expected) => {
    expect(code(aivm.events(request))).toBe(expected);
  });
});

describe('a trace', () => {
  const aivm = chainOf(3);

  it.each([1n, 2n, 3n])(
    'of height %s gives every message, and the committed activity and root',
    (height) => {
      const trace = value(aivm.traceBlock(height));
      expect(trace.isSame).toBe(true);
      expect(trace.messages.map(({ to }) => to)).toEqual([accountId(1), accountId(2)]);
      expect(trace.messages.at(-1)?.hash).toBe(value(aivm.block(height))?.activity);
    },
  );

  it('is there for the kept history only', () => {
    expect(code(aivm.traceBlock(4n))).toBe('runtime/height-ahead');
    expect(code(aivm.traceBlock(0n))).toBe('runtime/height-pruned');
    expect(code(aivm.traceBlock(-1n))).toBe('runtime/height-ahead');
  });
});

describe('the parameters', () => {
  it('are those of genesis', () => {
    expect(value(open().parameters()).current).toEqual(GENESIS.parameters);
  });
});
