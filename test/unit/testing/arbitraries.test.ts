import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { actorId, type ActorKind } from '../../../src/machines/kit/index.ts';
import { REGISTRY } from '../../../src/machines/registry.ts';
import { encodeMessage, proveProviderKey } from '../../../src/client/index.ts';
import { unwrap } from '../../../src/runtime/index.ts';
import {
  arbitraryCommands,
  arbitraryMessage,
  bootChain,
  dictionaryOf,
  keepSound,
  messageNames,
  type Move,
  runCommands,
  type TestChain,
} from '../../../src/testing/index.ts';

const SEED = 20_261_123;
const LUX = 1_000_000_000n;
const KINDS = Object.keys(REGISTRY) as ActorKind[];
const PEOPLE = ['alice', 'bob'];

/** A chain with a provider, so that some messages make sense. */
const boot = (): TestChain => {
  const chain = bootChain({ accounts: [...PEOPLE, 'anyone'], engine: 'kernel' });
  const { networkId, chainId } = chain;
  const owner = chain.address('alice');
  const { privateKey, address } = chain.key('worker');
  const proof = unwrap(proveProviderKey({ networkId, chainId, owner, providerKey: privateKey }));
  const provider = actorId('provider', address);
  chain.send('alice', provider, { type: 'register', proof, endpoint: '' }, 300n * LUX);
  return chain;
};

describe('an arbitrary message', () => {
  it.each(KINDS)('of %s: every one that it takes, each of them well formed', (kind) => {
    for (const name of messageNames(kind)) {
      for (const message of fc.sample(arbitraryMessage(kind, { name }), {
        numRuns: 20,
        seed: SEED,
      })) {
        expect([message.type, encodeMessage(kind, message).ok]).toEqual([name, true]);
      }
    }
  });

  it('speaks of what a chain knows more often than not', () => {
    const chain = boot();
    const dictionary = dictionaryOf(chain.view);
    expect(dictionary[20]).toContain(chain.address('alice'));
    const messages = fc.sample(arbitraryMessage('model', { dictionary, name: 'transfer' }), {
      numRuns: 100,
      seed: SEED,
    });
    const known = messages.filter(
      (message) => message.type === 'transfer' && dictionary[20]?.includes(message.owner),
    );
    expect(known.length).toBeGreaterThan(50);
  });
});

describe('arbitrary commands', () => {
  let start: TestChain;
  beforeAll(() => {
    start = boot();
  });

  it('leave a chain sound, and do all that they can', () => {
    const provider = actorId('provider', start.address('worker'));
    const unstake: fc.Arbitrary<Move> = fc
      .bigInt(1n, 120n * LUX)
      .map((amountNlux) => (chain) => [
        chain.order('alice', provider, { type: 'unstake', amountNlux }),
      ]);
    const counts = { applied: 0, refused: 0, leftOut: 0, blocks: 0 };
    fc.assert(
      fc.property(
        arbitraryCommands({ chain: start, people: PEOPLE, moves: [unstake] }),
        (commands) => {
          const { model } = runCommands(start, commands, keepSound);
          for (const name of Object.keys(counts) as (keyof typeof counts)[]) {
            counts[name] += model[name];
          }
        },
      ),
      { numRuns: 80, seed: SEED },
    );
    expect(counts.applied).toBeGreaterThan(100);
    expect(counts.refused).toBeGreaterThan(100);
    expect(counts.blocks).toBeGreaterThan(1_000);
    expect(start.height).toBe(1n);
  });
});
