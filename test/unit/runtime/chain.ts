import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildTransaction } from '../../../src/client/transaction.ts';
import type { Result } from '../../../src/codec/index.ts';
import { loadSecp256k1 } from '../../../src/codec/node.ts';
import { chainIdOf, developmentAccounts, presetGenesis } from '../../../src/genesis/index.ts';
import type { DevelopmentAccount } from '../../../src/genesis/index.ts';
import { actorId } from '../../../src/machines/kit/index.ts';
import { openAivm } from '../../../src/runtime/index.ts';
import type { AivmOptions, EmbeddedAivm } from '../../../src/runtime/index.ts';

export const GENESIS = presetGenesis('local');
export const CHAIN = { networkId: GENESIS.networkId, chainId: chainIdOf(GENESIS) };
export const ACCOUNTS = developmentAccounts(8);
export const PROPOSER = '00'.repeat(20);
export const TRANSFER_GAS = 2_000n;
const FAR = 1_000_000n;
const engine = loadSecp256k1();

/** The value of a result that has to be one. */
export const value = <T>(result: Result<T>): T => {
  if (result.ok) return result.value;
  throw new Error(`${result.failure.code}: ${JSON.stringify(result.failure.details)}`);
};

/** The code of a failure that has to be one. */
export const code = (result: Result<unknown>): string | undefined =>
  result.ok ? undefined : result.failure.code;

export const account = (index: number): DevelopmentAccount => {
  const found = ACCOUNTS[index];
  if (found === undefined) throw new Error(`there is no account ${index}`);
  return found;
};

export const accountId = (index: number) => actorId('account', account(index).address);

export interface Transfer {
  readonly from: number;
  readonly nonce: bigint;
  readonly to: number | string;
  readonly amount?: bigint;
  readonly networkId?: number;
  readonly chainId?: string;
  readonly gasLimit?: bigint;
  readonly expiry?: bigint;
}

/** A signed transfer between two of the accounts. */
export const transfer = ({ from, nonce, to, amount = 1n, ...rest }: Transfer): Uint8Array =>
  value(
    buildTransaction({
      ...CHAIN,
      nonce,
      expiry: FAR,
      gasLimit: TRANSFER_GAS,
      gasPriceNlux: GENESIS.parameters.gas.minimumPriceNlux,
      receiver: actorId('account', typeof to === 'string' ? to : account(to).address),
      valueNlux: amount,
      message: { type: 'transfer' },
      privateKey: account(from).privateKey,
      engine,
      ...rest,
    }),
  ).bytes;

export const open = (options: Partial<AivmOptions> = {}): EmbeddedAivm =>
  value(openAivm({ genesis: GENESIS, ...options }));

export const tipOf = (aivm: EmbeddedAivm) => value(aivm.tip());

/** Builds and executes a block of these transactions. */
export const extend = (
  aivm: EmbeddedAivm,
  transactions: readonly Uint8Array[],
  parent: string = tipOf(aivm).blockId,
  time: bigint = GENESIS.time,
) => {
  const built = value(aivm.buildBlock({ parent, time, proposer: PROPOSER, transactions }));
  const executed = value(aivm.execute(parent, built.bytes));
  return { ...executed, bytes: built.bytes, leftOut: built.leftOut };
};

/** Builds, executes and commits one. */
export const advance = (aivm: EmbeddedAivm, transactions: readonly Uint8Array[] = []) => {
  const block = extend(aivm, transactions);
  value(aivm.commit(block.blockId));
  return block;
};

export const balance = (aivm: EmbeddedAivm, index: number): bigint => {
  const { decoded } = value(aivm.query({ actor: accountId(index) }));
  return (decoded as { readonly balance: bigint } | undefined)?.balance ?? 0n;
};

/** Runs a test with a folder of its own, which is gone afterwards. */
export const withFolder = <T>(body: (folder: string) => T): T => {
  const folder = mkdtempSync(join(tmpdir(), 'aivm-'));
  try {
    return body(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
