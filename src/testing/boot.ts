import type { ChainContext } from '../actors/index.ts';
import { chainIdOf, type Genesis, genesisHash } from '../genesis/genesis.ts';
import { presetGenesis } from '../genesis/preset.ts';
import { checkGenesis } from '../genesis/check.ts';
import { loadSecp256k1 } from '../codec/node.ts';
import type { Parameters } from '../machines/parameters/record.ts';
import { REGISTRY } from '../machines/registry.ts';
import { makeSignatures } from '../runtime/services/signatures.ts';
import { unwrap } from '../runtime/unwrap.ts';
import { TestChain } from './chain.ts';
import type { Engine } from './engine/engine.ts';
import { kernelEngine } from './engine/kernel-engine.ts';
import { runtimeEngine } from './engine/runtime-engine.ts';
import { keyOfName } from './people.ts';

/**
 * `runtime`: signed transactions, blocks as bytes, a store with its history, and a root after each.
 * `kernel`: the same rules without those; see `kernelEngine`.
 */
export type EngineName = 'runtime' | 'kernel';

export interface BootOptions {
  /** As it is; without it one is made of what follows, on the `local` preset. */
  readonly genesis?: Genesis | undefined;
  readonly parameters?: Parameters | undefined;
  /** Names to fund with ACCOUNT_FUNDS_NLUX each, or with so many nLUX by name. */
  readonly accounts?: readonly string[] | Readonly<Record<string, bigint>> | undefined;
  /** Name of who may propose parameters. */
  readonly authority?: string | undefined;
  /** Unix seconds of the block at height 0. */
  readonly time?: bigint | undefined;
  /** `runtime` unless told. */
  readonly engine?: EngineName | undefined;
  /** Time from one block to the next; what the parameters say unless told. */
  readonly blockSeconds?: bigint | undefined;
}

/** What a named account begins with unless told: a million LUX. */
export const ACCOUNT_FUNDS_NLUX = 1_000_000_000_000_000n;
/** Starts that are kept: opening a genesis costs a tenth of a second, for its TEE documents. */
const MAX_KEPT_STARTS = 16;

const allocationsOf = (accounts: NonNullable<BootOptions['accounts']>): Genesis['allocations'] => {
  const funds: readonly (readonly [string, bigint])[] = Array.isArray(accounts)
    ? (accounts as readonly string[]).map((name) => [name, ACCOUNT_FUNDS_NLUX] as const)
    : Object.entries(accounts as Readonly<Record<string, bigint>>);
  return funds.map(([name, amountNlux]) => ({ address: keyOfName(name).address, amountNlux }));
};

const genesisOf = (options: BootOptions): Genesis => {
  const { genesis, parameters, accounts, authority, time } = options;
  if (genesis !== undefined) return genesis;
  return presetGenesis('local', {
    ...(parameters === undefined ? {} : { parameters }),
    ...(accounts === undefined ? {} : { allocations: allocationsOf(accounts) }),
    ...(authority === undefined ? {} : { authority: keyOfName(authority).address }),
    ...(time === undefined ? {} : { time }),
  });
};

const secp256k1 = loadSecp256k1();
const signatures = makeSignatures(secp256k1);
const starts = new Map<string, Engine>();

const engineOf = (name: EngineName, genesis: Genesis): Engine => {
  const key = `${name} ${genesis.networkId} ${genesisHash(genesis)}`;
  const known = starts.get(key);
  if (known !== undefined) return known;
  const [failure] = checkGenesis(genesis);
  if (failure !== undefined) unwrap({ ok: false, failure });
  const chain: ChainContext = {
    networkId: genesis.networkId,
    chainId: chainIdOf(genesis),
    registry: REGISTRY,
    verifier: signatures,
  };
  const made =
    name === 'kernel'
      ? kernelEngine(chain, genesis)
      : runtimeEngine({ chain, genesis, signatures, engine: secp256k1 });
  // An engine is only ever given moments that it made itself.
  const engine = made as unknown as Engine;
  for (const oldest of starts.keys()) {
    if (starts.size < MAX_KEPT_STARTS) break;
    starts.delete(oldest);
  }
  starts.set(key, engine);
  return engine;
};

/**
 * A chain in memory at height 0. The second of one genesis costs nothing: where a chain begins is
 * kept, and never changes. Throws an AivmError for a genesis that does not hold together.
 *
 * @example
 * const chain = bootChain({ accounts: ['alice', 'bob'] });
 * chain.send('alice', chain.account('bob'), { type: 'transfer' }, 5n);
 */
export const bootChain = (options: BootOptions = {}): TestChain => {
  const genesis = genesisOf(options);
  const engine = engineOf(options.engine ?? 'runtime', genesis);
  const { blockTimeSeconds } = genesis.parameters.dispute;
  return new TestChain({
    engine,
    secp256k1,
    blockSeconds: options.blockSeconds ?? blockTimeSeconds,
  });
};
