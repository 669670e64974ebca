import { describe, expect, it } from 'vitest';
import { readActor, readEntry, supplyOf } from '../../../src/actors/index.ts';
import { BURN, TREASURY } from '../../../src/machines/kit/index.ts';
import {
  act,
  ALICE,
  ANNA,
  BERT,
  BOB,
  CARL,
  RICH,
  run,
  runOne,
  prepared,
  startState,
  TEST_CHAIN,
} from './support/chain.ts';
import { compileProgram, puppetEntries, type PuppetContext } from './support/puppet.ts';

const puppetAt = (state: ReturnType<typeof startState>, id: typeof ANNA) =>
  readActor(TEST_CHAIN, state, id) as { balance: bigint; context: unknown } | undefined;

describe('delivery', () => {
  it('is first in, first out until the queue is empty', () => {
    const inner = (name: typeof ANNA) =>
      compileProgram([{ type: 'send', to: name, value: 0n, program: new Uint8Array(0) }]);
    const { outcome } = runOne(startState(), {
      to: ANNA,
      message: act([
        { type: 'send', to: BERT, value: 0n, program: inner(ANNA) },
        { type: 'send', to: CARL, value: 0n, program: inner(BERT) },
      ]),
    });
    const path = outcome.trace.map(({ from, to }) => `${from} > ${to}`);
    expect(path).toEqual([
      `${ALICE} > ${ANNA}`,
      `${ANNA} > ${BERT}`,
      `${ANNA} > ${CARL}`,
      `${BERT} > ${ANNA}`,
      `${CARL} > ${BERT}`,
    ]);
    expect(outcome.trace.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4]);
    expect(outcome.receipts[0]?.messages).toBe(5n);
  });

  it('moves value along and credits it before the receiver acts', () => {
    const onward = compileProgram([{ type: 'transfer', to: BOB, value: 30n }]);
    const { state, receipt } = runOne(startState(), {
      to: ANNA,
      value: 100n,
      message: act([{ type: 'send', to: BERT, value: 70n, program: onward }]),
    });
    expect(receipt.outcome).toEqual({ type: 'applied' });
    expect(puppetAt(state, ANNA)?.balance).toBe(30n);
    expect(puppetAt(state, BERT)?.balance).toBe(40n);
    expect(readActor(TEST_CHAIN, state, BOB)?.balance).toBe(RICH + 30n);
    expect(readActor(TEST_CHAIN, state, ALICE)?.balance).toBe(RICH - 100n - receipt.feeNlux);
    expect(supplyOf(TEST_CHAIN, state)).toBe(2n * RICH);
  });

  it('lets an account transfer to itself', () => {
    const { state, receipt } = runOne(startState(), {
      to: ALICE,
      value: 100n,
      message: { type: 'transfer' },
    });
    expect(readActor(TEST_CHAIN, state, ALICE)?.balance).toBe(RICH - receipt.feeNlux);
    expect(readActor(TEST_CHAIN, state, ALICE)?.context.nonce).toBe(1n);
  });

  it('pays fees to the Treasury and accepts deposits into pools', () => {
    const { state, receipt } = runOne(startState(), {
      to: BURN,
      value: 5n,
      message: { type: 'deposit' },
    });
    expect(readActor(TEST_CHAIN, state, TREASURY)?.balance).toBe(receipt.feeNlux);
    expect(readActor(TEST_CHAIN, state, BURN)?.balance).toBe(5n);
    const again = run(state, [
      prepared({ to: TREASURY, nonce: 1n, value: 3n, message: { type: 'deposit' } }),
    ]);
    const fees = receipt.feeNlux + (again.receipts[0]?.feeNlux ?? 0n);
    expect(readActor(TEST_CHAIN, again.state, TREASURY)?.balance).toBe(fees + 3n);
  });

  it('reports events in order, with the actor that emitted them', () => {
    const second = compileProgram([{ type: 'emit', times: 1 }]);
    const { receipt } = runOne(startState(), {
      to: ANNA,
      message: act([
        { type: 'send', to: BERT, value: 0n, program: second },
        { type: 'emit', times: 2 },
      ]),
    });
    expect(receipt.events).toEqual([
      { actor: ANNA, name: 'note', fields: [{ name: 'counter', value: '1' }] },
      { actor: ANNA, name: 'note', fields: [{ name: 'counter', value: '1' }] },
      { actor: BERT, name: 'note', fields: [{ name: 'counter', value: '1' }] },
    ]);
  });

  it('writes, overwrites and deletes entries of the receiver', () => {
    const entries = puppetEntries('provider');
    const at = (state: ReturnType<typeof startState>, key: string) =>
      readEntry(state, entries, ANNA, key);
    const first = runOne(startState(), {
      to: ANNA,
      message: act([
        { type: 'put', key: 1, value: 10 },
        { type: 'put', key: 2, value: 20 },
        { type: 'put', key: 1, value: 11 },
        { type: 'drop', key: 2 },
        { type: 'drop', key: 3 },
      ]),
    });
    expect(at(first.state, '01')).toEqual({ value: 11 });
    expect(at(first.state, '02')).toBeUndefined();
    const keys = [...first.outcome.changes.keys()].filter((key) => key.startsWith('01'));
    expect(keys).toHaveLength(1);
    const drop = act([{ type: 'drop', key: 1 }]);
    const second = runOne(first.state, { to: ANNA, nonce: 1n, message: drop });
    expect([...second.state.records.keys()].some((key) => key.startsWith('01'))).toBe(false);
  });

  it('keeps an actor that is as one that never was out of the state', () => {
    const free = { type: 'free' } as never;
    const { state, receipt, outcome } = runOne(startState(), { to: ANNA, message: free });
    expect(receipt.outcome).toEqual({ type: 'applied' });
    expect(readActor(TEST_CHAIN, state, ANNA)).toBeUndefined();
    expect(outcome.changes.size).toBe(2);
  });
});

describe('what a transition may read', () => {
  it('is the state before its message, of the actors that the rule names', () => {
    const peek = act(
      [
        { type: 'peek', actor: BERT },
        { type: 'peekEntry', actor: BERT, key: 1 },
      ],
      [BERT],
    );
    expect(runOne(startState(), { to: ANNA, message: peek }).receipt.outcome.type).toBe('applied');
  });

  it('stops the host for anything else', () => {
    const peek = act([{ type: 'peek', actor: BERT }], [CARL]);
    expect(() => runOne(startState(), { to: ANNA, message: peek })).toThrow(/does not name it/);
    const self = act([{ type: 'peek', actor: ANNA }]);
    expect(() => runOne(startState(), { to: ANNA, message: self })).toThrow(/does not name it/);
    const entry = act([{ type: 'peekEntry', actor: BERT, key: 1 }]);
    expect(() => runOne(startState(), { to: ANNA, message: entry })).toThrow(/does not name it/);
    const foreign = act([{ type: 'peekEntry', actor: BOB, key: 1 }], [BOB]);
    expect(() => runOne(startState(), { to: ANNA, message: foreign })).toThrow(/no collection/);
  });

  it('includes its own entries', () => {
    const own = act([{ type: 'peekEntry', actor: ANNA, key: 1 }]);
    expect(runOne(startState(), { to: ANNA, message: own }).receipt.outcome.type).toBe('applied');
  });

  it('is frozen all the way down', () => {
    const { state } = runOne(startState(), {
      to: ANNA,
      message: act([{ type: 'emit', times: 1 }]),
    });
    const record = readActor(TEST_CHAIN, state, ANNA);
    const context = record?.context as unknown as PuppetContext;
    expect(Object.isFrozen(record) && Object.isFrozen(context)).toBe(true);
  });
});

describe('errors of the program', () => {
  it('stops the host when an actor gives away what it does not hold', () => {
    const message = act([{ type: 'overspend' }]);
    expect(() => runOne(startState(), { to: ANNA, value: 3n, message })).toThrow(
      /more than it holds/,
    );
  });

  it('stops the host when an absent actor keeps something', () => {
    const request = `request:${'11'.repeat(32)}` as const;
    const born = runOne(startState(), { to: request, value: 3n, message: act([]) });
    const dirty = { type: 'leave', clean: false } as never;
    expect(() => runOne(born.state, { to: request, nonce: 1n, message: dirty })).toThrow(
      /is absent/,
    );
    const clean = { type: 'leave', clean: true } as never;
    const gone = runOne(born.state, { to: request, nonce: 1n, message: clean });
    expect(readActor(TEST_CHAIN, gone.state, request)).toBeUndefined();
    expect(gone.receipt.outcome.type).toBe('applied');
  });
});
