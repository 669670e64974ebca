import { describe, expect, it } from 'vitest';
import { simulate, type TransactionBody } from '../../../src/actors/index.ts';
import { encode } from '../../../src/codec/index.ts';
import type { ActorId, AnyMessage } from '../../../src/machines/kit/index.ts';
import { act, ALICE, ANNA, BOB, prepared, RICH, runOne, startState } from './support/chain.ts';
import { stateOf, TEST_CHAIN, TEST_PARAMETERS, TEST_REGISTRY } from './support/chain.ts';

const bodyOf = (to: ActorId, message: AnyMessage, changes: Partial<TransactionBody> = {}) => ({
  ...prepared({ to, message }).body,
  ...changes,
});

const dryRun = (body: TransactionBody, source = startState()) =>
  simulate({ chain: TEST_CHAIN, source, height: 1n, time: 1_002n, sender: ALICE, body });

describe('simulate', () => {
  it('gives the receipt that a block would, and changes nothing', () => {
    const state = startState();
    const before = state.dump();
    const message = act([
      { type: 'put', key: 1, value: 1 },
      { type: 'emit', times: 1 },
    ]);
    const dry = dryRun(bodyOf(ANNA, message, { valueNlux: 5n }), state);
    expect(state.dump()).toEqual(before);
    const { receipt } = runOne(state, { to: ANNA, value: 5n, message });
    const { activity: _, ...real } = receipt;
    expect(dry.ok && dry.value).toMatchObject(real);
  });

  it('shows a refusal', () => {
    const dry = dryRun(bodyOf(ANNA, act([{ type: 'refuse' }])));
    expect(dry.ok && dry.value.outcome.type).toBe('refused');
  });

  it('does not look at nonce, expiry, price and chain', () => {
    const changes = { nonce: 77n, expiry: 0n, gasPriceNlux: 0n, networkId: 1, valueNlux: RICH };
    const dry = dryRun(bodyOf(BOB, { type: 'transfer' }, changes));
    expect(dry.ok && dry.value.outcome.type).toBe('applied');
  });

  it('fails where the value cannot be paid or the message is none', () => {
    const poor = dryRun(bodyOf(BOB, { type: 'transfer' }, { valueNlux: RICH }), stateOf({}));
    expect(poor.ok ? '' : poor.failure.code).toBe('actors/insufficient-balance');
    const other = encode(TEST_REGISTRY.provider.messages, act([]));
    const none = dryRun(bodyOf(BOB, { type: 'transfer' }, { message: other }));
    expect(none.ok ? '' : none.failure.code).toBe('actors/malformed-message');
    const { blockGasLimit } = TEST_PARAMETERS.gas;
    const wide = dryRun(bodyOf(BOB, { type: 'transfer' }, { gasLimit: blockGasLimit + 1n }));
    expect(wide.ok ? '' : wide.failure.code).toBe('actors/gas-limit-too-high');
  });
});
