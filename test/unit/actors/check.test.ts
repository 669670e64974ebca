import { describe, expect, it } from 'vitest';
import { checkTransaction, intrinsicGas } from '../../../src/actors/index.ts';
import type { ActorFailureCode } from '../../../src/actors/index.ts';
import { ALICE, BOB, prepared, RICH, runOne, startState, stateOf } from './support/chain.ts';
import { TEST_CHAIN, TEST_PARAMETERS, type Sending } from './support/chain.ts';

const TRANSFER = { to: BOB, message: { type: 'transfer' }, value: 5n };

const check = (sending: Partial<Sending>, state = startState(), height = 7n) =>
  checkTransaction(TEST_CHAIN, state, prepared({ ...TRANSFER, ...sending }), { height, time: 1n });

const codeOf = (result: ReturnType<typeof check>) => (result.ok ? 'ok' : result.failure.code);

describe('checkTransaction', () => {
  it('accepts what a block may include', () => {
    expect(check({}).ok).toBe(true);
  });

  it.each<[ActorFailureCode, Partial<Sending>]>([
    ['actors/nonce-skipped', { nonce: 1n }],
    ['actors/nonce-skipped', { nonce: 2n ** 64n - 1n }],
    ['actors/expired', { expiry: 6n }],
    ['actors/gas-limit-too-low', { gasLimit: 0n }],
    ['actors/gas-limit-too-high', { gasLimit: TEST_PARAMETERS.gas.blockGasLimit + 1n }],
    ['actors/gas-limit-too-high', { gasLimit: 2n ** 64n - 1n }],
    ['actors/gas-price-too-low', { gasPrice: 1n }],
    ['actors/insufficient-balance', { gasPrice: 2n ** 128n - 1n }],
    ['actors/insufficient-balance', { value: RICH }],
    ['actors/insufficient-balance', { value: 2n ** 128n - 1n }],
  ])('refuses with %s', (code, sending) => {
    expect(codeOf(check(sending))).toBe(code);
  });

  it('tells a used nonce from a skipped one', () => {
    const { state } = runOne(startState(), TRANSFER);
    const used = check({ nonce: 0n }, state);
    expect(codeOf(used)).toBe('actors/nonce-too-low');
    expect(used.ok ? {} : used.failure.details).toEqual({ expected: '1', found: '0' });
    expect(check({ nonce: 1n }, state).ok).toBe(true);
  });

  it('holds at each edge', () => {
    const { gasUsed } = runOne(startState(), TRANSFER).receipt;
    expect(gasUsed).toBeGreaterThan(0n);
    const limit = BigInt(intrinsicGas(prepared({ ...TRANSFER, gasLimit: 300n }).sizeBytes));
    expect(check({ gasLimit: limit }).ok).toBe(true);
    expect(codeOf(check({ gasLimit: limit - 1n }))).toBe('actors/gas-limit-too-low');
    expect(check({ gasLimit: TEST_PARAMETERS.gas.blockGasLimit }).ok).toBe(true);
    expect(check({ expiry: 7n }).ok).toBe(true);
    const cost = 1_000_000n * 2n;
    expect(check({ value: RICH - cost }).ok).toBe(true);
    expect(codeOf(check({ value: RICH - cost + 1n }))).toBe('actors/insufficient-balance');
  });

  it('knows no account as one that holds nothing', () => {
    const empty = stateOf({ [ALICE]: RICH });
    const result = check({ from: BOB, to: ALICE }, empty);
    expect(codeOf(result)).toBe('actors/insufficient-balance');
    expect(result.ok ? {} : result.failure.details).toEqual({ needed: '2000005', found: '0' });
  });

  it('lets nothing in before genesis has written the parameters', () => {
    const nowhere = stateOf({});
    nowhere.records.clear();
    expect(codeOf(check({ gasPrice: 0n }, nowhere))).toBe('actors/gas-limit-too-high');
  });
});
