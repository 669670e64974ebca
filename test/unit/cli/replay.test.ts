import { describe, expect, it } from 'vitest';
import { Replay } from '../../../src/cli/kit/replaying.ts';
import { buildTransaction } from '../../../src/client/transaction.ts';
import { chainIdOf, developmentAccounts, presetGenesis } from '../../../src/genesis/index.ts';
import { openAivm, type EmbeddedAivm } from '../../../src/runtime/index.ts';
import { must } from './market.ts';

const genesis = presetGenesis('local');
const [payer, payee] = developmentAccounts(2);

/** A chain with so many blocks of two transfers each. */
const chainOf = (blocks: bigint): EmbeddedAivm => {
  const chain = must(openAivm({ genesis }));
  for (let height = 1n; height <= blocks; height += 1n) {
    const transactions = [0n, 1n].map((at) => {
      const { bytes } = must(
        buildTransaction({
          networkId: genesis.networkId,
          chainId: chainIdOf(genesis),
          nonce: 2n * (height - 1n) + at,
          expiry: 100n,
          gasLimit: 10_000n,
          gasPriceNlux: 1n,
          receiver: `account:${payee?.address ?? ''}`,
          valueNlux: height,
          message: { type: 'transfer' },
          privateKey: payer?.privateKey ?? '',
        }),
      );
      return bytes;
    });
    const time = genesis.time + height;
    const proposer = '0'.repeat(40);
    const built = must(chain.buildBlock({ time, proposer, transactions }));
    must(chain.execute(must(chain.tip()).blockId, built.bytes));
    must(chain.commit(built.blockId));
  }
  return chain;
};

const chain = chainOf(3n);

/** Replays all blocks; gives the first divergence. */
const replay = (stored: EmbeddedAivm) => {
  const run = new Replay({ chain: stored, genesis });
  try {
    for (let height = 1n; height <= run.tip; height += 1n) {
      const { divergence } = run.next();
      if (divergence !== undefined) return divergence;
    }
    return undefined;
  } finally {
    run.close();
  }
};

describe('replay', () => {
  it('of what this program stored gives the same, with every message on demand', () => {
    expect(replay(chain)).toBeUndefined();
    const run = new Replay({ chain, genesis });
    const traced = run.traced(run.next());
    expect(traced.messages.map(({ message, refused }) => [message, refused])).toEqual([
      ['transfer', undefined],
      ['transfer', undefined],
    ]);
    expect(traced.messages.at(-1)?.hash).toBe(traced.activity);
    run.close();
  });

  it('finds a height with another root', () => {
    const root = 'ab'.repeat(32);
    const block: EmbeddedAivm['block'] = (reference) => {
      const found = chain.block(reference);
      if (!found.ok || found.value?.header.height !== 2n) return found;
      return { ok: true, value: { ...found.value, root } };
    };
    const divergence = replay({ ...chain, block });
    expect(divergence).toMatchObject({ height: 2n, what: 'the state root', stored: root });
  });

  it('finds the transaction and the message that came out otherwise', () => {
    const activity = 'cd'.repeat(32);
    const block: EmbeddedAivm['block'] = (reference) => {
      const found = chain.block(reference);
      if (!found.ok || found.value?.header.height !== 2n) return found;
      return { ok: true, value: { ...found.value, activity } };
    };
    const receipts: EmbeddedAivm['receipts'] = (reference) => {
      const found = must(chain.receipts(reference));
      if (found === undefined) return { ok: true, value: undefined };
      const changed = found.receipts.map((each, at) =>
        at === 1 ? { ...each, receipt: { ...each.receipt, activity } } : each,
      );
      return { ok: true, value: { ...found, receipts: changed } };
    };
    const traceBlock: EmbeddedAivm['traceBlock'] = (height) => {
      const traced = must(chain.traceBlock(height));
      const messages = traced.messages.map((each, at) =>
        at === 1 ? { ...each, hash: activity } : each,
      );
      return { ok: true, value: { ...traced, messages } };
    };
    const divergence = replay({ ...chain, block, receipts, traceBlock });
    const { transactionIds } = must(chain.block(2n)) ?? { transactionIds: [] };
    expect(divergence).toMatchObject({
      height: 2n,
      what: `transaction ${transactionIds[1]}`,
      stored: activity,
      message: { index: 1, message: 'transfer', to: `account:${payee?.address}` },
    });
  });

  it('finds a block that is not valid any more', () => {
    const blockBytes: EmbeddedAivm['blockBytes'] = (reference) =>
      chain.blockBytes(reference === 2n ? 3n : reference);
    expect(replay({ ...chain, blockBytes })).toMatchObject({ height: 2n, what: 'the block' });
  });
});
