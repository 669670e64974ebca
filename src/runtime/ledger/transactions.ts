import { checkTransaction, decodeTransaction, simulate } from '../../actors/index.ts';
import type { PreparedTransaction, Receipt, TransactionBody } from '../../actors/index.ts';
import { MAX_MESSAGE_BYTES, storedRecord } from '../../actors/index.ts';
import { ok, type Result } from '../../codec/failure.ts';
import { MAX_AMOUNT } from '../../codec/index.ts';
import { type ActorId, kindOf, PARAMETERS } from '../../machines/kit/index.ts';
import { type Attest, identityOf } from '../../machines/attestation/identity.ts';
import { runtimeFail } from '../errors.ts';
import { MAX_CANDIDATES } from '../execution/limits.ts';
import { actorOf, badOption, isU64 } from './inputs.ts';
import type { Ledger } from './ledger.ts';

/** A transaction that is well formed, of this chain, and signed by its sender. */
export type DecodedTransaction = PreparedTransaction;

export interface DryRunRequest {
  /** Text form of the account that would sign. */
  readonly sender: string;
  /** Receiver and message; what is left out is free of choice (all gas of a block, no price). */
  readonly body: Pick<TransactionBody, 'receiver' | 'message'> &
    Partial<Pick<TransactionBody, 'valueNlux' | 'gasLimit' | 'gasPriceNlux'>>;
  /** Unix seconds of the block that is imagined; that of the tip unless told. */
  readonly time?: bigint | undefined;
}

export interface VerifiedAhead {
  /** Transactions that are well formed, of this chain, and signed. */
  readonly valid: number;
}

export interface DryRun {
  readonly receipt: Receipt;
  /** Gas limit to sign: what was used and an eighth more, at most that of a block. */
  readonly gasEstimate: bigint;
}

/** Part of the used gas that an estimate adds: other transactions may come first. */
const ESTIMATE_MARGIN = 8n;

/** See `AivmOperations.decodeTx`. */
export const decodeTx = (ledger: Ledger, bytes: Uint8Array): Result<DecodedTransaction> =>
  decodeTransaction(bytes, ledger.chain);

/** See `AivmOperations.checkTx`. */
export const checkTx = (ledger: Ledger, bytes: Uint8Array): Result<DecodedTransaction> => {
  const prepared = decodeTransaction(bytes, ledger.chain);
  if (!prepared.ok) return prepared;
  const { height, time } = ledger.tip;
  const next = { height: height + 1n, time };
  const checked = checkTransaction(ledger.chain, ledger.store, prepared.value, next);
  return checked.ok ? prepared : checked;
};

/** See `AivmOperations.verifyAhead`. */
export const verifyAhead = (
  ledger: Ledger,
  transactions: readonly Uint8Array[],
): Result<VerifiedAhead> => {
  if (transactions.length > MAX_CANDIDATES) {
    return runtimeFail('runtime/too-many-candidates', { limit: String(MAX_CANDIDATES) });
  }
  const { chain } = ledger;
  let valid = 0;
  for (const bytes of transactions) {
    const prepared = decodeTransaction(bytes, chain);
    if (!prepared.ok) continue;
    valid += 1;
    const { body, message } = prepared.value;
    if (kindOf(body.receiver) !== 'attestation' || message.type !== 'attest') continue;
    // The kind and the name of the message say its type: it was decoded by that kind's schema.
    const attest = message as Attest;
    chain.verifier.recoverAddress(identityOf(attest, chain).attestationId, attest.signature);
  }
  return ok({ valid });
};

const isAmount = (value: bigint): boolean => value >= 0n && value <= MAX_AMOUNT;

const checkBody = ({ body, time }: DryRunRequest): Result<void> => {
  const { message, valueNlux = 0n, gasLimit = 0n, gasPriceNlux = 0n } = body;
  if (!(message instanceof Uint8Array) || message.length > MAX_MESSAGE_BYTES) {
    return badOption('message', `at most ${MAX_MESSAGE_BYTES} bytes`);
  }
  if (!isAmount(valueNlux)) return badOption('valueNlux', 'an amount');
  if (!isAmount(gasPriceNlux)) return badOption('gasPriceNlux', 'an amount');
  if (!isU64(gasLimit)) return badOption('gasLimit', 'u64');
  if (time !== undefined && !isU64(time)) return badOption('time', 'u64');
  const receiver = actorOf(body.receiver);
  return receiver.ok ? ok(undefined) : receiver;
};

/** See `AivmOperations.dryRun`. */
export const dryRun = (ledger: Ledger, request: DryRunRequest): Result<DryRun> => {
  const sender = actorOf(request.sender);
  if (!sender.ok) return sender;
  if (kindOf(sender.value) !== 'account') {
    return runtimeFail('runtime/bad-actor', { found: request.sender, expected: 'account' });
  }
  const valid = checkBody(request);
  if (!valid.ok) return valid;
  const { chain, store, tip } = ledger;
  const { blockGasLimit } = storedRecord(chain, store, PARAMETERS).context.current.gas;
  const simulated = simulate({
    chain,
    source: store,
    height: tip.height + 1n,
    time: request.time ?? tip.time,
    parent: { id: tip.blockId, time: tip.time },
    sender: sender.value as ActorId<'account'>,
    body: {
      networkId: chain.networkId,
      chainId: chain.chainId,
      nonce: 0n,
      expiry: tip.height + 1n,
      gasLimit: blockGasLimit,
      gasPriceNlux: 0n,
      valueNlux: 0n,
      ...request.body,
    },
  });
  if (!simulated.ok) return simulated;
  const { gasUsed } = simulated.value;
  const withMargin = gasUsed + gasUsed / ESTIMATE_MARGIN + 1n;
  const gasEstimate = withMargin < blockGasLimit ? withMargin : blockGasLimit;
  return ok({ receipt: simulated.value, gasEstimate });
};
