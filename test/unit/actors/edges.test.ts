import { describe, expect, it } from 'vitest';
import { concatBytes, fromHex, hash, u64be, u8be, varying } from '../../../src/codec/index.ts';
import { amountBe } from '../../../src/codec/index.ts';
import { GENESIS_ACTIVITY, type GenesisActor } from '../../../src/actors/index.ts';
import { TransitionReader } from '../../../src/actors/reader.ts';
import { WorkingState } from '../../../src/actors/working.ts';
import { actorId, addressBytes, addressHex, GAS } from '../../../src/machines/kit/index.ts';
import { act, ALICE, ANNA, BERT, BOB, CARL, prepared, RICH, run, runOne } from './support/chain.ts';
import { startState, stateOf, TEST_PARAMETERS, TEST_REGISTRY } from './support/chain.ts';
import { initialPuppet } from './support/puppet.ts';

/** Where rules of the kernel begin and end, to the unit. */

const recordOf = (state: ReturnType<typeof startState>, id: Parameters<typeof addressBytes>[0]) =>
  state.get(concatBytes(Uint8Array.of(0), addressBytes(id))) ?? new Uint8Array(0);

describe('the price of bytes (PROTOCOL §3)', () => {
  it('by which a record grows is that of these bytes alone', () => {
    const store = (bytes: number) => act([{ type: 'store', bytes }]);
    const after = (bytes: number) =>
      runOne(runOne(startState(), { to: ANNA, message: store(bytes) }).state, {
        to: ANNA,
        nonce: 1n,
        message: store(220),
      }).receipt.gasUsed;
    expect(after(200) - after(220)).toBe(BigInt(20 * GAS.grownByte));
    expect(after(300)).toBe(after(220));
  });
});

describe('the activity hash (PROTOCOL §10)', () => {
  it('takes the whole value of a message, above 64 bits too', () => {
    const value = 2n ** 64n + 5n;
    const transaction = prepared({ to: BOB, value, message: { type: 'transfer' } });
    const { activity, state, receipts } = run(stateOf({ [ALICE]: 2n * value }), [transaction]);
    const parts = [
      fromHex(GENESIS_ACTIVITY),
      addressBytes(ALICE),
      addressBytes(BOB),
      amountBe(value),
      u8be(0),
      fromHex(transaction.id),
      u8be(0),
      u64be(receipts[0]?.gasUsed ?? 0n),
      varying(recordOf(state, BOB)),
    ];
    expect(activity).toBe(hash('aivm/activity/1', ...parts));
  });

  it('takes an entry that is deleted as one with no bytes', () => {
    const message = act([
      { type: 'put', key: 2, value: 9 },
      { type: 'drop', key: 2 },
    ]);
    const transaction = prepared({ to: ANNA, message });
    const { activity, state, receipts } = run(startState(), [transaction]);
    const key = varying(concatBytes(Uint8Array.of(1), addressBytes(ANNA), Uint8Array.of(1, 2)));
    const parts = [
      fromHex(GENESIS_ACTIVITY),
      addressBytes(ALICE),
      addressBytes(ANNA),
      amountBe(0n),
      u8be(0),
      fromHex(transaction.id),
      u8be(1),
      key,
      varying(Uint8Array.of(0x81, 9)),
      u8be(1),
      key,
      varying(new Uint8Array(0)),
      u8be(0),
      u64be(receipts[0]?.gasUsed ?? 0n),
      varying(recordOf(state, ANNA)),
    ];
    expect(activity).toBe(hash('aivm/activity/1', ...parts));
  });
});

describe('the gas of timers in a block', () => {
  const sleepers = [ANNA, BERT, CARL]
    .toSorted((a, b) => (addressHex(a) < addressHex(b) ? -1 : 1))
    .map((id): GenesisActor => ({
      id,
      state: 'open',
      balance: 0n,
      context: { ...initialPuppet, counter: 1 } as never,
      wakeAt: 5n,
    }));

  const wokenWithin = (timerGasLimit: bigint) => {
    const gas = { ...TEST_PARAMETERS.gas, timerGasLimit };
    const state = stateOf({ [ALICE]: RICH }, sleepers, { ...TEST_PARAMETERS, gas });
    const { begin } = run(state, [], 5n);
    return { woken: begin.timers.length, carriedOver: begin.carriedOver };
  };

  /** Of one timer: the message, the receiver read, and its record written, as long as before. */
  const one = BigInt(
    GAS.message +
      GAS.actorRead +
      GAS.write +
      recordOf(stateOf({}, sleepers), ANNA).length * GAS.writtenByte,
  );

  it('is added up: none comes once the sum has reached the limit', () => {
    expect(wokenWithin(one)).toEqual({ woken: 1, carriedOver: true });
    expect(wokenWithin(one + 1n)).toEqual({ woken: 2, carriedOver: true });
    expect(wokenWithin(2n * one)).toEqual({ woken: 2, carriedOver: true });
    expect(wokenWithin(2n * one + 1n)).toEqual({ woken: 3, carriedOver: false });
  });
});

describe('what a guard sees of an actor that never was', () => {
  const state = new WorkingState(TEST_REGISTRY, startState());
  const reader = new TransitionReader(state);
  const nobody = actorId('account', '99'.repeat(20));
  const unborn = actorId('request', '99'.repeat(32));

  it.each([
    ['an account without a record', nobody],
    ['a request that nobody has opened', unborn],
  ])('is nothing: %s', (_, id) => {
    reader.open(ANNA, [id, ALICE]);
    expect(reader.actor(id)).toBeUndefined();
    expect(reader.actor(ALICE)?.balance).toBe(RICH);
    reader.close();
  });
});

describe('what a block changes in the state', () => {
  it('is what differs after it: an entry written as it was is no change', () => {
    const put = act([{ type: 'put', key: 1, value: 5 }]);
    const first = runOne(startState(), { to: ANNA, message: put });
    const entries = (outcome: typeof first.outcome): readonly string[] =>
      [...outcome.changes.keys()].filter((key) => key.startsWith('01'));
    expect(entries(first.outcome)).toHaveLength(1);
    const again = runOne(first.state, { to: ANNA, nonce: 1n, message: put }, 2n);
    expect(again.receipt.outcome.type).toBe('applied');
    expect(entries(again.outcome)).toEqual([]);
    const away = act([
      { type: 'drop', key: 1 },
      { type: 'put', key: 1, value: 5 },
    ]);
    const back = runOne(first.state, { to: ANNA, nonce: 1n, message: away }, 2n);
    expect(entries(back.outcome)).toEqual([]);
  });
});
