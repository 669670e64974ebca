import { afterAll, describe, expect, it } from 'vitest';
import { TRUST_STORE, u64Key } from '../../../src/machines/kit/index.ts';
import { recentBlocks, RECENT_BLOCKS } from '../../../src/machines/trust-store/record.ts';
import { advance, extend, GENESIS, open, tipOf, value } from './chain.ts';

describe('ids of blocks in the state', () => {
  const aivm = open();
  afterAll(() => aivm.close());

  const kept = (height: bigint) => {
    const key = u64Key(height % RECENT_BLOCKS);
    const entry = { collection: recentBlocks.name, owner: TRUST_STORE, key };
    return value(aivm.query({ entry })).decoded;
  };

  it('are those of the parents, that of genesis first', () => {
    const genesis = tipOf(aivm).blockId;
    const first = advance(aivm).blockId;
    expect(kept(0n)).toEqual({ height: 0n, blockId: genesis, time: GENESIS.time });
    expect(kept(1n)).toBeUndefined();
    advance(aivm);
    expect(kept(1n)).toEqual({ height: 1n, blockId: first, time: GENESIS.time });
  });

  it('differ on two branches: a quote for one does not do on the other', () => {
    const { blockId } = tipOf(aivm);
    const left = extend(aivm, [], blockId, GENESIS.time + 1n);
    const right = extend(aivm, [], blockId, GENESIS.time + 2n);
    const onLeft = extend(aivm, [], left.blockId, GENESIS.time + 3n);
    const onRight = extend(aivm, [], right.blockId, GENESIS.time + 3n);
    expect(onLeft.root).not.toBe(onRight.root);
    value(aivm.commit(right.blockId));
    value(aivm.commit(onRight.blockId));
    expect(kept(3n)).toEqual({ height: 3n, blockId: right.blockId, time: GENESIS.time + 2n });
  });

  it('are traced and replayed as they were', () => {
    const { height } = tipOf(aivm);
    expect(value(aivm.traceBlock(height)).isSame).toBe(true);
  });
});
