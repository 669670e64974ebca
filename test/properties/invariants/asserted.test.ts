import { describe, expect, it } from 'vitest';
import { executeBlock, type PreparedTransaction } from '../../../src/actors/index.ts';
import { encode } from '../../../src/codec/index.ts';
import type { ActorDefinition } from '../../../src/machines/kit/index.ts';
import { REGISTRY } from '../../../src/machines/registry.ts';
import { Market } from '../../support/market.ts';
import { LUX } from '../../support/parameters.ts';
import { CHAIN } from '../../support/world.ts';

type Amounts = Readonly<Record<'freeNlux' | 'lockedNlux' | 'debtNlux', bigint>>;

/** The provider's machine, with a step that changes what it should not. */
const faulty = (change: (context: Amounts) => Partial<Amounts>): ActorDefinition => {
  const { provider } = REGISTRY;
  const transition: typeof provider.compiled.transition = (state, context, event) => {
    const result = provider.compiled.transition(state, context, event);
    if ('kind' in result) return result;
    return {
      ...result,
      context: { ...(result.context as Amounts), ...change(result.context as Amounts) },
    };
  };
  return { ...provider, compiled: { ...provider.compiled, transition } };
};

const market = new Market(1).open();

/** A block in which the owner of a provider stakes a coin more. */
const stakeWith = (definition: ActorDefinition) => {
  const message = { type: 'stake' } as const;
  const bytes = encode(REGISTRY.provider.messages, message);
  const sender = market.account(market.ownerName('p0'));
  const transaction: PreparedTransaction = {
    id: '11'.repeat(32),
    sender,
    message,
    sizeBytes: 300,
    body: {
      networkId: CHAIN.networkId,
      chainId: CHAIN.chainId,
      nonce: market.actor(sender)?.context.nonce ?? 0n,
      expiry: market.height + 10n,
      gasLimit: 1_000_000n,
      gasPriceNlux: 1n,
      receiver: market.provider('p0'),
      valueNlux: LUX,
      message: bytes,
    },
  };
  return () =>
    executeBlock({
      chain: { ...CHAIN, registry: { ...REGISTRY, provider: definition } },
      source: market.state,
      header: { height: market.height + 1n, time: market.time + 2n },
      parentActivity: market.activity,
      transactions: [transaction],
    });
};

describe('the kernel asserts after every message, in production too', () => {
  it('I1: that an actor holds exactly what its record accounts for', () => {
    const more = faulty(({ freeNlux }) => ({ freeNlux: freeNlux + 1n }));
    expect(stakeWith(more)).toThrow(/does not hold what its record accounts for/);
    const less = faulty(({ lockedNlux, freeNlux }) => ({ lockedNlux, freeNlux: freeNlux - 1n }));
    expect(stakeWith(less)).toThrow(/does not hold what its record accounts for/);
  });

  it('I2: that no part of it is negative', () => {
    const negative = faulty(({ freeNlux }) => ({
      freeNlux: freeNlux + 1n,
      lockedNlux: -1n,
      debtNlux: -1n,
    }));
    expect(stakeWith(negative)).toThrow(/-1 is not an amount/);
  });

  it('I3: that debts stay within locks, and so locks within the stake', () => {
    const owing = faulty(() => ({ debtNlux: 1n }));
    expect(stakeWith(owing)).toThrow(/what a provider owes is in its locks/);
  });

  it('and nothing where all is as it should be', () => {
    const outcome = stakeWith(REGISTRY.provider)();
    expect(outcome.ok && outcome.value.receipts.map((each) => each.outcome.type)).toEqual([
      'applied',
    ]);
  });
});
