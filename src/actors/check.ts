import { ok, type Result } from '../codec/index.ts';
import type { Failure } from '../codec/failure.ts';
import type { Parameters } from '../machines/parameters/record.ts';
import { PARAMETERS } from '../machines/kit/index.ts';
import { actorFail } from './errors.ts';
import { intrinsicGas } from './meter.ts';
import { storedRecord, type RecordOf } from './record.ts';
import type { BlockTime, ChainContext, StateSource } from './source.ts';
import type { PreparedTransaction } from './transaction.ts';

const VALID: Result<void, never> = ok(undefined);

const checkNonce = (account: RecordOf<'account'>, nonce: bigint): Result<void, Failure> => {
  const expected = account.context.nonce;
  if (nonce === expected) return VALID;
  const details = { expected: String(expected), found: String(nonce) };
  return actorFail(nonce < expected ? 'actors/nonce-too-low' : 'actors/nonce-skipped', details);
};

/** Enough for the transaction itself, and no more than a block has. */
export const checkGas = (
  { body, sizeBytes }: PreparedTransaction,
  { gas }: Parameters,
): Result<void, Failure> => {
  const found = String(body.gasLimit);
  const intrinsic = BigInt(intrinsicGas(sizeBytes));
  if (body.gasLimit < intrinsic) {
    return actorFail('actors/gas-limit-too-low', { intrinsic: String(intrinsic), found });
  }
  if (body.gasLimit > gas.blockGasLimit) {
    return actorFail('actors/gas-limit-too-high', { limit: String(gas.blockGasLimit), found });
  }
  return VALID;
};

const checkPrice = (price: bigint, { gas }: Parameters): Result<void, Failure> =>
  price >= gas.minimumPriceNlux
    ? VALID
    : actorFail('actors/gas-price-too-low', {
        minimum: String(gas.minimumPriceNlux),
        found: String(price),
      });

/** The value, and the fee as if all gas were used. */
export const checkFunds = (
  account: RecordOf<'account'>,
  { body }: PreparedTransaction,
): Result<void, Failure> => {
  const needed = body.valueNlux + body.gasLimit * body.gasPriceNlux;
  if (account.balance >= needed) return VALID;
  const details = { needed: String(needed), found: String(account.balance) };
  return actorFail('actors/insufficient-balance', details);
};

/** May a block of this height include the transaction? The first rule that fails is told. */
export const admit = (
  account: RecordOf<'account'>,
  parameters: Parameters,
  prepared: PreparedTransaction,
  { height }: BlockTime,
): Result<void, Failure> => {
  const { nonce, expiry, gasPriceNlux } = prepared.body;
  const checked = checkNonce(account, nonce);
  if (!checked.ok) return checked;
  if (height > expiry) {
    return actorFail('actors/expired', { expiry: String(expiry), height: String(height) });
  }
  const gas = checkGas(prepared, parameters);
  if (!gas.ok) return gas;
  const price = checkPrice(gasPriceNlux, parameters);
  return price.ok ? checkFunds(account, prepared) : price;
};

/**
 * Whether a block of this height on this state may include the transaction: nonce, expiry, gas
 * limit and price, funds (PROTOCOL §2, §3). What its message will do is not judged.
 */
export const checkTransaction = (
  chain: ChainContext,
  source: StateSource,
  prepared: PreparedTransaction,
  block: BlockTime,
): Result<void, Failure> => {
  const account = storedRecord(chain, source, prepared.sender);
  const { current } = storedRecord(chain, source, PARAMETERS).context;
  return admit(account, current, prepared, block);
};
