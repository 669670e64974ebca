// A node embeds the chain: it builds blocks, executes them on any parent, and commits one of them.
// From a checkout: node tools/run.mjs examples/embed.ts
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { actorId, buildTransaction, chainIdOf, keypairFromSeed, presetGenesis } from 'aivm';
import { openAivm, unwrap, verifyQuery } from 'aivm';

const path = mkdtempSync(join(tmpdir(), 'aivm-embed-'));
const alice = keypairFromSeed('alice');
const bob = keypairFromSeed('bob');
const allocations = [{ address: alice.address, amountNlux: 1_000_000n }];

// The chain, in fifteen lines: open it, and drive it block by block.
const genesis = presetGenesis('local', { allocations });
const aivm = unwrap(openAivm({ genesis, path }));
const parent = unwrap(aivm.tip());
const block = unwrap(
  aivm.buildBlock({
    time: parent.time + 1n,
    proposer: '00'.repeat(20), // whoever your consensus lets propose
    transactions: [pay(0n, 100n)], // from your mempool; what cannot be included is left out
  }),
);
const executed = unwrap(aivm.execute(parent.blockId, block.bytes)); // on every node alike
console.log(`height ${executed.height}: root ${executed.root}, gas ${executed.gasUsed}`);
unwrap(aivm.commit(executed.blockId)); // once your consensus accepts it; durable when it returns

// A fork: two blocks on one parent, one of them with a child. Neither sees the other.
const left = extend(executed.blockId, [pay(1n, 200n)]);
const right = extend(executed.blockId, [pay(1n, 300n)]);
const onRight = extend(right.blockId, [pay(2n, 400n)]);
// The left one is rejected: dropping it leaves no trace. The right one is accepted.
unwrap(aivm.drop(left.blockId));
unwrap(aivm.commit(right.blockId));
unwrap(aivm.commit(onRight.blockId));

// What a node answers can be checked against the root alone, by anybody.
const account = actorId('account', bob.address);
const {
  key,
  value,
  root,
  proof = new Uint8Array(),
} = unwrap(aivm.query({ actor: account, prove: true }));
unwrap(verifyQuery({ key, value, root, proof }));
aivm.close();

// A restart: the database goes on where it stopped.
const reopened = unwrap(openAivm({ genesis, path }));
const tip = unwrap(reopened.tip());
const { decoded } = unwrap(reopened.query({ actor: account }));
const balance = (decoded as { readonly balance: bigint }).balance;
console.log(`height ${tip.height}: root ${tip.root}, bob has ${balance} nLUX`);
console.log(tip.root === root && balance === 800n ? 'the same after the restart' : 'NOT THE SAME');
reopened.close();
rmSync(path, { recursive: true });

/** Builds a block on a parent, which may be one that is not committed, and executes it. */
function extend(on: string, transactions: readonly Uint8Array[]) {
  const request = { parent: on, time: parent.time + 2n, proposer: '00'.repeat(20), transactions };
  return unwrap(aivm.execute(on, unwrap(aivm.buildBlock(request)).bytes));
}

/** A signed payment of some nLUX from Alice to Bob. */
function pay(nonce: bigint, valueNlux: bigint): Uint8Array {
  const { networkId, parameters } = genesis;
  const transaction = buildTransaction({
    networkId,
    chainId: chainIdOf(genesis),
    nonce,
    expiry: 100n, // the last height that may include it
    gasLimit: 2_000n,
    gasPriceNlux: parameters.gas.minimumPriceNlux,
    receiver: actorId('account', bob.address),
    valueNlux,
    message: { type: 'transfer' },
    privateKey: alice.privateKey,
  });
  return unwrap(transaction).bytes;
}
