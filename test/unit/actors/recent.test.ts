import { describe, expect, it } from 'vitest';
import { executeBlock, GENESIS_ACTIVITY, readEntry } from '../../../src/actors/index.ts';
import { hash, u64be } from '../../../src/codec/index.ts';
import { TRUST_STORE, u64Key } from '../../../src/machines/kit/index.ts';
import { recentBlocks, RECENT_BLOCKS } from '../../../src/machines/trust-store/record.ts';
import { startState, TEST_CHAIN } from './support/chain.ts';
import type { MemoryState } from './support/memory-state.ts';

const idOf = (height: bigint): string => hash('aivm/test-block/1', u64be(height));

const block = (source: MemoryState, height: bigint): MemoryState => {
  const executed = executeBlock({
    chain: TEST_CHAIN,
    source,
    header: { height, time: 1_000n + height },
    parent: { id: idOf(height - 1n), time: 999n + height },
    parentActivity: GENESIS_ACTIVITY,
    transactions: [],
  });
  if (!executed.ok) throw new Error(executed.failure.code);
  expect(executed.value.changes.size).toBe(1);
  return source.apply(executed.value.changes);
};

const kept = (state: MemoryState, height: bigint) =>
  readEntry(state, recentBlocks, TRUST_STORE, u64Key(height % RECENT_BLOCKS));

describe('the block before a block', () => {
  it('is in the state after it, and only as long as the last 150 are', () => {
    let state = block(startState(), 1n);
    expect(kept(state, 0n)).toEqual({ height: 0n, blockId: idOf(0n), time: 1_000n });
    for (let height = 2n; height <= RECENT_BLOCKS; height++) state = block(state, height);
    expect(kept(state, 0n)?.height).toBe(0n);
    state = block(state, RECENT_BLOCKS + 1n);
    expect(kept(state, 0n)).toMatchObject({
      height: RECENT_BLOCKS,
      blockId: idOf(RECENT_BLOCKS),
    });
    expect(kept(state, 1n)?.height).toBe(1n);
  });
});
