// Someone embeds the chain, writes an extension of their own, and property-tests it in a page: here
// a bot that keeps the free stake of a provider above a floor, whatever its owner does by hand.
// From a checkout: node tools/run.mjs examples/testing.ts
import fc from 'fast-check';
import { actorId, unwrap } from 'aivm';
import { proveProviderKey } from 'aivm/client';
import { arbitraryOrder, bootChain, keepSound, type Reads } from 'aivm/testing';

const LUX = 1_000_000_000n;
const FLOOR = 150n * LUX;
const RUNS = 40;

// A chain in memory, with a provider on it. Every run begins on a fork of it, which costs nothing.
const start = bootChain({ accounts: ['owner', 'mallory'] });
const { networkId, chainId } = start;
const owner = start.address('owner');
const { privateKey: providerKey, address } = start.key('worker');
const provider = actorId('provider', address);
const proof = unwrap(proveProviderKey({ networkId, chainId, owner, providerKey }));
start.send('owner', provider, { type: 'register', proof, endpoint: '' }, 200n * LUX);

// What may happen: the owner takes stake out, and strangers send any message to any actor.
const byHand = fc
  .bigInt(0n, 250n * LUX)
  .map((amountNlux) => start.order('owner', provider, { type: 'unstake', amountNlux }));
const strangers = arbitraryOrder(start.view, { people: ['mallory'] });

let toppedUp = 0;
fc.assert(
  fc.property(fc.array(fc.oneof(byHand, strangers), { maxLength: 20 }), (orders) => {
    const chain = start.fork();
    keepSound(chain); // every invariant of the protocol that a state shows, after every block
    for (const order of orders) {
      chain.offer(order);
      const value = missingStake(chain.aivm);
      if (value > 0n) chain.send('owner', provider, { type: 'stake' }, value);
      if (value > 0n) toppedUp += 1;
      if (missingStake(chain.aivm) > 0n) throw new Error(`below the floor at ${chain.height}`);
    }
  }),
  { numRuns: RUNS, seed: 8 },
);
console.log(`${RUNS} runs: topped up ${toppedUp} times, never below the floor, always sound`);

/** The extension: it reads the chain as any program of a host does, and says how much to add. */
function missingStake(chain: Reads): bigint {
  const { decoded } = unwrap(chain.query({ actor: provider }));
  const { freeNlux } = (decoded as { readonly context: { readonly freeNlux: bigint } }).context;
  return freeNlux < FLOOR ? FLOOR - freeNlux : 0n;
}
