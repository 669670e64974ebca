import { describe, expect, it } from 'vitest';
import { BlockBuilder, executeBlock, GENESIS_ACTIVITY } from '../../../src/actors/index.ts';
import {
  beginReceipt,
  receipt,
  supplyOf,
  type PreparedTransaction,
} from '../../../src/actors/index.ts';
import { decode, encode } from '../../../src/codec/index.ts';
import { act, ALICE, ANNA, BOB, prepared, RICH, run, startState } from './support/chain.ts';
import { stateOf, TEST_CHAIN, TEST_PARAMETERS } from './support/chain.ts';
import type { MemoryState } from './support/memory-state.ts';

const HEADER = { height: 1n, time: 1_002n };

const inputOf = (source: MemoryState) => ({
  chain: TEST_CHAIN,
  source,
  header: HEADER,
  parentActivity: GENESIS_ACTIVITY,
});

const transfer = (nonce: bigint, value = 1n): PreparedTransaction =>
  prepared({ to: BOB, nonce, value, message: { type: 'transfer' } });

const dumpOf = (state: MemoryState, changes: ReadonlyMap<string, Uint8Array | undefined>) =>
  state.apply(changes).dump();

describe('BlockBuilder', () => {
  it('builds the block that executeBlock then gives', () => {
    const state = startState();
    const transactions = [transfer(0n), transfer(1n, RICH * 9n), transfer(1n)];
    const builder = new BlockBuilder(inputOf(state));
    const included = transactions.filter((each) => builder.add(each).ok);
    expect(included).toEqual([transactions[0], transactions[2]]);
    const built = builder.finish();
    const executed = executeBlock({ ...inputOf(state), transactions: included });
    expect(executed.ok && executed.value).toEqual(built);
  });

  it('goes on after a transaction that cannot be included, as if it had never been', () => {
    const state = startState();
    const builder = new BlockBuilder(inputOf(state));
    for (const wrong of [
      transfer(5n),
      transfer(0n, RICH),
      prepared({ to: BOB, from: ANNA as never, message: { type: 'transfer' } }),
    ]) {
      expect(builder.add(wrong).ok).toBe(false);
    }
    builder.add(transfer(0n));
    const plain = run(state, [transfer(0n)]);
    expect(dumpOf(state, builder.finish().changes)).toEqual(plain.state.dump());
  });

  it('includes while gas lasts, by the limits that transactions ask for', () => {
    const gas = { ...TEST_PARAMETERS.gas, blockGasLimit: 2_500_000n, minimumPriceNlux: 0n };
    const state = stateOf({ [ALICE]: RICH }, [], { ...TEST_PARAMETERS, gas });
    const builder = new BlockBuilder(inputOf(state));
    const wide = (nonce: bigint) =>
      prepared({ to: BOB, nonce, value: 1n, gasLimit: 2_499_999n, message: { type: 'transfer' } });
    expect(builder.gasLeft).toBe(2_500_000n);
    const first = builder.add(wide(0n));
    expect(builder.gasLeft).toBe(2_500_000n - (first.ok ? first.value.gasUsed : 0n));
    const second = builder.add(wide(1n));
    expect(second.ok ? '' : second.failure.code).toBe('actors/block-full');
    expect(builder.add(transfer(1n)).ok).toBe(true);
    expect(builder.finish().gasUsed).toBe(2_500_000n - builder.gasLeft);
  });

  it('cannot be used once it is finished', () => {
    const builder = new BlockBuilder(inputOf(startState()));
    builder.finish();
    expect(() => builder.finish()).toThrow(/finished/);
    expect(() => builder.add(transfer(0n))).toThrow(/finished/);
  });
});

describe('executeBlock', () => {
  it('refuses a block with a transaction that may not be included, naming it', () => {
    const state = startState();
    const before = state.dump();
    const wrong = transfer(3n);
    const result = executeBlock({ ...inputOf(state), transactions: [transfer(0n), wrong] });
    expect(result.ok ? {} : result.failure).toMatchObject({
      code: 'actors/invalid-transaction',
      details: {
        index: '1',
        transaction: wrong.id,
        cause: 'actors/nonce-skipped',
        expected: '1',
        found: '3',
      },
    });
    expect(state.dump()).toEqual(before);
  });

  it('changes nothing in an empty block', () => {
    const { changes, activity, gasUsed } = run(startState(), []);
    expect(changes.size).toBe(0);
    expect(activity).toBe(GENESIS_ACTIVITY);
    expect(gasUsed).toBe(0n);
  });

  it('never touches the state it is executed on, and keeps the supply', () => {
    const state = startState();
    const before = state.dump();
    const after = run(state, [
      transfer(0n),
      prepared({ to: ANNA, nonce: 1n, value: 7n, message: act([]) }),
    ]);
    expect(state.dump()).toEqual(before);
    expect(supplyOf(TEST_CHAIN, after.state)).toBe(2n * RICH);
  });

  it('gives receipts that can be stored', () => {
    const refused = prepared({ to: ANNA, nonce: 1n, message: act([{ type: 'refuse' }]) });
    const { receipts, begin } = run(startState(), [transfer(0n), refused]);
    for (const each of receipts) {
      expect(decode(receipt, encode(receipt, each), 100_000)).toEqual({ ok: true, value: each });
    }
    const bytes = encode(beginReceipt, begin);
    expect(decode(beginReceipt, bytes, 100_000)).toEqual({ ok: true, value: begin });
  });
});
