// A chain in this process with an HTTP API, for command lines that run in others.
import { NodeClient } from '../../../src/client/http/client.ts';
import { proveProviderKey } from '../../../src/client/provider.ts';
import { buildTransaction } from '../../../src/client/transaction.ts';
import type { Failure, Result } from '../../../src/codec/index.ts';
import { developmentAccounts, presetGenesis } from '../../../src/genesis/index.ts';
import { startNode, type RunningNode } from '../../../src/hosts/index.ts';
import type { ActorId, ActorKind } from '../../../src/machines/index.ts';
import type { Messages } from '../../../src/machines/messages.ts';

export const LUX = 10n ** 9n;

export const must = <T>(result: Result<T, Failure>): T => {
  if (result.ok) return result.value;
  throw new Error(`${result.failure.code} ${JSON.stringify(result.failure.details)}`);
};

/** So many have coins: those of the preset, and owners enough for a last panel of seven. */
export const FUNDED = 41;
const ACCOUNTS = developmentAccounts(80);
const BALANCE_NLUX = 100_000n * LUX;

/** The development account of a number. */
export const account = (index: number) => {
  const found = ACCOUNTS[index];
  if (found === undefined) throw new Error(`there is no dev${index}`);
  return found;
};

interface Send<K extends ActorKind> {
  readonly from: number;
  readonly receiver: ActorId<K>;
  readonly message: Messages[K];
  readonly valueNlux?: bigint;
}

const GAS_LIMIT = 1_000_000n;

/**
 * A node whose blocks come as soon as a transaction waits, or when they are asked for, each a
 * second after the one before: windows of many blocks pass in milliseconds.
 */
export class CliMarket {
  readonly running: RunningNode;
  readonly client: NodeClient;
  /** Transactions that a block waits for. */
  batch = 1;

  constructor(running: RunningNode) {
    this.running = running;
    this.client = new NodeClient({ url: running.url });
    const { node } = running;
    node.onWaiting(() => {
      setImmediate(() => {
        if (node.waiting.count >= this.batch) must(node.produce());
      });
    });
  }

  static async open(): Promise<CliMarket> {
    // Attestations carry the time of the machine that makes them, so the chain begins now.
    let now = BigInt(Math.floor(Date.now() / 1000));
    const allocations = ACCOUNTS.slice(0, FUNDED)
      .map(({ address }) => ({ address, amountNlux: BALANCE_NLUX }))
      .toSorted((a, b) => (a.address < b.address ? -1 : 1));
    const genesis = presetGenesis('local', { time: now, allocations });
    const running = must(
      await startNode({
        genesis,
        production: { type: 'manual' },
        // Every look at it moves it on.
        clock: () => {
          now += 1n;
          return now;
        },
        http: { port: 0 },
      }),
    );
    return new CliMarket(running);
  }

  get url(): string {
    return this.running.url;
  }

  get height(): bigint {
    return must(this.running.node.chain.tip()).height;
  }

  advance(blocks: bigint): void {
    for (let i = 0n; i < blocks; i += 1n) must(this.running.node.produce());
  }

  async send<K extends ActorKind>({ from, receiver, message, valueNlux = 0n }: Send<K>) {
    const info = must(await this.client.node());
    const { address, privateKey } = account(from);
    const { pendingNonce } = must(await this.client.account(address));
    const { networkId, chainId } = info;
    const { bytes } = must(
      buildTransaction({
        networkId,
        chainId,
        nonce: pendingNonce,
        expiry: this.height + 10n,
        gasLimit: GAS_LIMIT,
        gasPriceNlux: 1n,
        receiver,
        valueNlux,
        message,
        privateKey,
      }),
    );
    const { receipt } = must(await this.client.submitAndWait(bytes));
    if (receipt.outcome.type === 'refused') throw new Error(receipt.outcome.refusal.code);
  }

  /** A provider under the key of one account, owned by another, that serves the profile. */
  async provide(owner: number, key: number, profileHash: string, modelId: string): Promise<void> {
    const { networkId, chainId } = must(await this.client.node());
    const { address, privateKey: providerKey } = account(key);
    const proof = must(
      proveProviderKey({ networkId, chainId, owner: account(owner).address, providerKey }),
    );
    const receiver = `provider:${address}` as const;
    const register = { type: 'register', proof, endpoint: '' } as const;
    await this.send({ from: owner, receiver, message: register, valueNlux: 100n * LUX });
    await this.send({ from: owner, receiver, message: { type: 'serve', profileHash, modelId } });
  }
}
