import { describe, expect, it } from 'vitest';
import {
  concatBytes,
  fromHex,
  hash,
  u64be,
  u8be,
  utf8,
  varying,
} from '../../../src/codec/index.ts';
import { amountBe, encode } from '../../../src/codec/index.ts';
import { GENESIS_ACTIVITY } from '../../../src/actors/index.ts';
import { addressBytes, GAS } from '../../../src/machines/kit/index.ts';
import { act, ALICE, ANNA, BERT, BOB, prepared, run, startState } from './support/chain.ts';
import { TEST_REGISTRY } from './support/chain.ts';
import { compileProgram } from './support/puppet.ts';

const recordOf = (state: ReturnType<typeof startState>, id: typeof ANNA | typeof BOB) =>
  state.get(concatBytes(Uint8Array.of(0), addressBytes(id))) ?? new Uint8Array(0);

describe('the activity hash', () => {
  it('of a transfer is that of its parts', () => {
    const transaction = prepared({ to: BOB, value: 5n, message: { type: 'transfer' } });
    const { activity, state, receipts } = run(startState(), [transaction]);
    const expected = hash(
      'aivm/activity/1',
      fromHex(GENESIS_ACTIVITY),
      addressBytes(ALICE),
      addressBytes(BOB),
      amountBe(5n),
      u8be(0),
      fromHex(transaction.id),
      u8be(0),
      u64be(receipts[0]?.gasUsed ?? 0n),
      varying(recordOf(state, BOB)),
    );
    expect(activity).toBe(expected);
    expect(receipts[0]?.activity).toBe(expected);
  });

  it('of a message between actors is over its canonical bytes, entries and refusal', () => {
    const inner = compileProgram([{ type: 'put', key: 2, value: 9 }]);
    const send = { type: 'send', to: BERT, value: 0n, program: inner } as const;
    const message = act([send, { type: 'restricted', to: BERT }]);
    const { trace, receipts } = run(startState(), [prepared({ to: ANNA, message })]);
    const sent = { type: 'act', program: inner, reads: [] } as never;
    const entryKey = concatBytes(Uint8Array.of(1), addressBytes(BERT), Uint8Array.of(1, 2));
    const { state, receipts: alone } = run(startState(), [
      prepared({ to: ANNA, message: act([send]) }),
    ]);
    expect(alone[0]?.outcome.type).toBe('applied');
    const parts = (gas: bigint) => [
      fromHex(trace[0]?.hash ?? ''),
      addressBytes(ANNA),
      addressBytes(BERT),
      amountBe(0n),
      u8be(1),
      varying(encode(TEST_REGISTRY.provider.messages, sent)),
      u8be(1),
      varying(entryKey),
      varying(Uint8Array.of(0x81, 9)),
      u8be(0),
      u64be(gas),
      varying(recordOf(state, BERT)),
    ];
    const gasUsed = receipts[0]?.gasUsed ?? 0n;
    const atTheDoor = BigInt(GAS.message + GAS.actorRead);
    expect(trace[1]?.hash).toBe(hash('aivm/activity/1', ...parts(gasUsed - atTheDoor)));
    const refused = hash(
      'aivm/activity/1',
      fromHex(trace[1]?.hash ?? ''),
      addressBytes(ANNA),
      addressBytes(BERT),
      amountBe(0n),
      u8be(1),
      varying(encode(TEST_REGISTRY.provider.messages, { type: 'restricted' } as never)),
      u8be(2),
      u64be(gasUsed),
      varying(utf8('sender-not-entitled')),
    );
    expect(trace[2]).toMatchObject({ hash: refused, refused: 'sender-not-entitled' });
  });

  it('is chained over blocks and over refused transactions', () => {
    const refused = prepared({ to: ANNA, message: act([{ type: 'refuse' }]) });
    const first = run(startState(), [refused]);
    const next = prepared({ to: BOB, value: 1n, nonce: 1n, message: { type: 'transfer' } });
    const chained = run(first.state, [next], 2n, first.activity);
    const unchained = run(first.state, [next], 2n);
    expect(first.activity).not.toBe(GENESIS_ACTIVITY);
    expect(chained.activity).not.toBe(unchained.activity);
    expect(run(first.state, [], 2n, first.activity).activity).toBe(first.activity);
  });

  it('locates the first message in which two nodes differ', () => {
    const block = [
      prepared({ to: ANNA, value: 1n, message: act([]) }),
      prepared({
        to: BERT,
        nonce: 1n,
        value: 1n,
        message: act([{ type: 'put', key: 1, value: 1 }]),
      }),
      prepared({ to: BOB, nonce: 2n, value: 1n, message: { type: 'transfer' } }),
    ];
    const whole = startState();
    // The other node's record of Bert differs in a way that no message names.
    const entry = concatBytes(Uint8Array.of(1), addressBytes(BERT), Uint8Array.of(1, 1));
    const damaged = startState();
    damaged.records.set(
      [...entry].map((b) => b.toString(16).padStart(2, '0')).join(''),
      Uint8Array.of(0x81, 7),
    );
    const [a, b] = [run(whole, block).trace, run(damaged, block).trace];
    expect(a.findIndex(({ hash: each }, i) => each !== b[i]?.hash)).toBe(1);
  });
});
