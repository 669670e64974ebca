import { describe, expect, it } from 'vitest';
import { KERNEL_REFUSALS, readActor, type KernelRefusal } from '../../../src/actors/index.ts';
import {
  MAX_EVENTS_PER_TRANSACTION,
  MAX_MESSAGES_PER_TRANSACTION,
} from '../../../src/actors/index.ts';
import { MAX_NAME_BYTES } from '../../../src/actors/index.ts';
import { REFUSAL_REASONS } from '../../../src/machines/reasons.ts';
import { TREASURY } from '../../../src/machines/kit/index.ts';
import { act, ALICE, ANNA, BERT, BOB, runOne, startState, TEST_CHAIN } from './support/chain.ts';
import type { Sending } from './support/chain.ts';
import { compileProgram, PUPPET_CONTEXT_BYTES } from './support/puppet.ts';

const SHUT = { type: 'shut' } as const;

/** Anna is shut after this. */
const withShutAnna = () => {
  const { state } = runOne(startState(), { from: BOB, to: ANNA, message: SHUT });
  return state;
};

const toBertBy = (ops: Parameters<typeof compileProgram>[0]) =>
  act([
    { type: 'put', key: 7, value: 7 },
    { type: 'wake', height: 50n },
    { type: 'emit', times: 1 },
    { type: 'send', to: BERT, value: 4n, program: compileProgram(ops) },
  ]);

/** One less than this takes; both limits are written in as many bytes. */
const oneGasLess = (sending: Sending): Sending => {
  const { gasUsed } = runOne(startState(), { ...sending, gasLimit: 60_000n }).receipt;
  return { ...sending, gasLimit: gasUsed - 1n };
};

interface Case {
  readonly state?: () => ReturnType<typeof startState>;
  readonly sending: Sending;
  readonly refusal: { readonly actor: string; readonly state: string; readonly message: string };
}

/** One message that each refusal of the kernel meets; in the middle of a cascade where it can. */
const CASES: Readonly<Record<KernelRefusal, Case>> = {
  'not-accepted': {
    state: withShutAnna,
    sending: { to: BERT, value: 9n, message: act([{ type: 'free', to: ANNA, value: 0n }]) },
    refusal: { actor: ANNA, state: 'shut', message: 'free' },
  },
  'sender-not-entitled': {
    sending: { to: ANNA, value: 9n, message: toBertBy([{ type: 'restricted', to: ANNA }]) },
    refusal: { actor: ANNA, state: 'open', message: 'restricted' },
  },
  'value-not-payable': {
    sending: { to: ANNA, value: 9n, message: toBertBy([{ type: 'free', to: ANNA, value: 1n }]) },
    refusal: { actor: ANNA, state: 'open', message: 'free' },
  },
  'out-of-gas': {
    sending: oneGasLess({ to: ANNA, value: 9n, message: toBertBy([]) }),
    refusal: { actor: BERT, state: 'open', message: 'act' },
  },
  'context-too-large': {
    sending: {
      to: ANNA,
      value: 9n,
      message: toBertBy([{ type: 'store', bytes: PUPPET_CONTEXT_BYTES }]),
    },
    refusal: { actor: BERT, state: 'open', message: 'act' },
  },
  'queue-too-long': {
    sending: {
      to: ANNA,
      value: 9n,
      message: toBertBy([{ type: 'flood', times: MAX_MESSAGES_PER_TRANSACTION - 1 }]),
    },
    refusal: { actor: BERT, state: 'open', message: 'act' },
  },
  'too-many-events': {
    sending: {
      to: ANNA,
      value: 9n,
      message: toBertBy([{ type: 'emit', times: MAX_EVENTS_PER_TRANSACTION }]),
    },
    refusal: { actor: BERT, state: 'open', message: 'act' },
  },
};

describe('refusals', () => {
  it.each(Object.keys(CASES) as KernelRefusal[])('%s undoes all but fee and nonce', (code) => {
    const { state: begin = startState, sending, refusal } = CASES[code];
    const before = begin();
    const { receipt, state, outcome } = runOne(before, sending);
    expect(receipt.outcome).toEqual({
      type: 'refused',
      refusal: { code, ...refusal, guard: '', details: [] },
    });
    expect(receipt.events).toEqual([]);
    expect(outcome.trace.at(-1)?.refused).toBe(code);
    expect(KERNEL_REFUSALS[code].length).toBeGreaterThan(20);
    const changed = [...outcome.changes.keys()].sort((a, b) => (a < b ? -1 : 1));
    expect(changed).toHaveLength(2);
    const alice = readActor(TEST_CHAIN, before, ALICE);
    const now = readActor(TEST_CHAIN, state, ALICE);
    expect(now?.context.nonce).toBe(1n);
    expect((alice?.balance ?? 0n) - (now?.balance ?? 0n)).toBe(receipt.feeNlux);
    const fees = readActor(TEST_CHAIN, before, TREASURY)?.balance ?? 0n;
    expect(readActor(TEST_CHAIN, state, TREASURY)?.balance).toBe(fees + receipt.feeNlux);
  });

  it('names the guard that failed, and what it says', () => {
    const message = toBertBy([{ type: 'refuse' }]);
    const { receipt, outcome } = runOne(startState(), { to: ANNA, value: 9n, message });
    expect(receipt.outcome).toEqual({
      type: 'refused',
      refusal: {
        code: 'value-missing',
        actor: BERT,
        state: 'open',
        message: 'act',
        guard: 'mayAct',
        details: [{ name: 'by', value: 'script' }],
      },
    });
    expect(outcome.changes.size).toBe(2);
    expect(receipt.gasUsed).toBeLessThan(1_000_000n);
  });

  it('allows exactly the limit of messages and of events', () => {
    const flood = act([{ type: 'flood', times: MAX_MESSAGES_PER_TRANSACTION - 1 }]);
    const messages = runOne(startState(), { to: ANNA, message: flood }).receipt;
    expect(messages.outcome.type).toBe('applied');
    expect(messages.messages).toBe(BigInt(MAX_MESSAGES_PER_TRANSACTION));
    const emit = act([{ type: 'emit', times: MAX_EVENTS_PER_TRANSACTION - 1 }]);
    const events = runOne(startState(), { to: ANNA, message: emit }).receipt;
    expect(events.events).toHaveLength(MAX_EVENTS_PER_TRANSACTION - 1);
  });

  it('have codes that no guard uses, short enough for a receipt', () => {
    const ofGuards = Object.keys(REFUSAL_REASONS);
    const ofKernel = Object.keys(KERNEL_REFUSALS);
    expect(ofKernel.filter((code) => ofGuards.includes(code))).toEqual([]);
    const long = [...ofGuards, ...ofKernel].filter((code) => code.length > MAX_NAME_BYTES);
    expect(long).toEqual([]);
  });

  it('refuses a message that only the kernel sends', () => {
    const { receipt } = runOne(startState(), { to: ANNA, message: { type: 'wake' } as never });
    const refusal = receipt.outcome.type === 'refused' ? receipt.outcome.refusal : undefined;
    expect(refusal?.code).toBe('sender-not-entitled');
  });
});
