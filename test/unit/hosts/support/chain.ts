import { buildTransaction } from '../../../../src/client/index.ts';
import { toHex, type Secp256k1 } from '../../../../src/codec/index.ts';
import { loadSecp256k1 } from '../../../../src/codec/node.ts';
import { chainIdOf, developmentAccounts, presetGenesis } from '../../../../src/genesis/index.ts';
import type { DevelopmentAccount, Genesis } from '../../../../src/genesis/index.ts';
import {
  startNode,
  type EmbeddedNode,
  type RunningNode,
  type StartOptions,
} from '../../../../src/hosts/index.ts';
import { actorId, type ActorId, type ActorKind } from '../../../../src/machines/index.ts';
import type { Messages } from '../../../../src/machines/messages.ts';

export const GENESIS_TIME = 1_800_000_000n;
export const GENESIS: Genesis = presetGenesis('local', { time: GENESIS_TIME });
export const CHAIN = { networkId: GENESIS.networkId, chainId: chainIdOf(GENESIS) };
export const ENGINE: Secp256k1 = loadSecp256k1();
export const ACCOUNTS: readonly DevelopmentAccount[] = developmentAccounts(20);

export const account = (index: number): DevelopmentAccount => {
  const found = ACCOUNTS[index];
  if (found === undefined) throw new Error(`no development account ${index}`);
  return found;
};

export const accountId = (index: number): ActorId<'account'> =>
  actorId('account', account(index).address);

/** A clock that only moves when it is told. */
export const manualClock = (start = GENESIS_TIME) => {
  let now = start;
  return {
    read: (): bigint => now,
    advance: (seconds: bigint): void => {
      now += seconds;
    },
  };
};
export type ManualClock = ReturnType<typeof manualClock>;

/** A node in memory on a free port whose blocks are made by hand. */
export const startTestNode = async (
  options: Partial<StartOptions> = {},
): Promise<RunningNode & { readonly clock: ManualClock }> => {
  const clock = manualClock();
  const started = await startNode({
    genesis: GENESIS,
    production: { type: 'manual' },
    clock: clock.read,
    engine: ENGINE,
    ...options,
    http: { port: 0, version: '0.0.0-test', ...options.http },
  });
  if (!started.ok) throw new Error(`${started.failure.code} ${JSON.stringify(started.failure)}`);
  return { ...started.value, clock };
};

export interface Order<K extends ActorKind> {
  readonly from: number;
  readonly receiver: ActorId<K>;
  readonly message: Messages[K];
  readonly nonce: bigint;
  readonly valueNlux?: bigint;
  readonly gasLimit?: bigint;
  readonly gasPriceNlux?: bigint;
  readonly expiry?: bigint;
}

/** A signed transaction of a development account. */
export const signed = <K extends ActorKind>(order: Order<K>) => {
  const { from, ...rest } = order;
  const built = buildTransaction({
    ...CHAIN,
    expiry: 1_000_000n,
    gasLimit: 1_000_000n,
    gasPriceNlux: 1n,
    valueNlux: 0n,
    ...rest,
    privateKey: account(from).privateKey,
    engine: ENGINE,
  });
  if (!built.ok) throw new Error(built.failure.code);
  return { ...built.value, hex: toHex(built.value.bytes), sender: account(from).address };
};

/** A transfer of one account to another. */
export const transfer = (
  from: number,
  nonce: bigint,
  options: Partial<Order<'account'>> & { readonly to?: number } = {},
) => {
  const { to = 1, ...rest } = options;
  const message = { type: 'transfer' } as const;
  return signed({ from, receiver: accountId(to), message, nonce, valueNlux: 1n, ...rest });
};

/** Makes blocks a second apart. */
export const produce = (node: EmbeddedNode, clock: ManualClock, count = 1): void => {
  for (let i = 0; i < count; i++) {
    clock.advance(1n);
    const made = node.produce();
    if (!made.ok) throw new Error(made.failure.code);
  }
};
