import { ok, type Failure, type Json, type Result } from '../../codec/index.ts';
import { kindOf, parseActorId, type ActorKind } from '../../machines/kit/address.ts';
import { clientFail } from '../errors.ts';
import {
  readAnswer,
  receiptAnswer,
  submissionAnswer,
  transactionAnswer,
  type ReceiptAnswer,
  type TransactionAnswer,
} from '../wire/index.ts';
import type { Transport } from './transport.ts';

export interface WaitOptions {
  /** How long to wait for the block. */
  readonly timeoutMilliseconds?: number;
  readonly signal?: AbortSignal;
}

const DEFAULT_WAIT_MILLISECONDS = 60_000;
/** Between two looks: short at first, since a block may come at once. */
const FIRST_PAUSE_MILLISECONDS = 50;
const LONGEST_PAUSE_MILLISECONDS = 1_000;

const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

/** An answer, or nothing where the node says that it knows none. */
const orNothing = <T>(answer: Result<T, Failure>, code: string): Result<T | undefined, Failure> =>
  !answer.ok && answer.failure.code === code ? ok(undefined) : answer;

export const askReceipt = async (
  transport: Transport,
  id: string,
): Promise<Result<ReceiptAnswer | undefined, Failure>> =>
  orNothing(
    await transport.answer(`/v1/receipts/${id}`, receiptAnswer),
    'hosts/unknown-transaction',
  );

/** Kind of the receiver of a transaction that is not read yet: it says how to read the rest. */
const receiverKind = (json: Json): ActorKind => {
  const { transaction } = json as { readonly transaction?: { readonly receiver?: unknown } };
  const parsed = parseActorId(String(transaction?.receiver ?? ''));
  return parsed.ok ? kindOf(parsed.value) : 'account';
};

export const askTransaction = async (
  transport: Transport,
  id: string,
): Promise<Result<TransactionAnswer | undefined, Failure>> => {
  const json = orNothing(
    await transport.json(`/v1/transactions/${id}`),
    'hosts/unknown-transaction',
  );
  if (!json.ok || json.value === undefined) return json as Result<undefined, Failure>;
  return readAnswer(transactionAnswer(receiverKind(json.value)), json.value);
};

/** Looks for the receipt until it is there, the node has dropped the transaction, or time is up. */
const waitFor = async (
  transport: Transport,
  id: string,
  { timeoutMilliseconds = DEFAULT_WAIT_MILLISECONDS, signal }: WaitOptions,
): Promise<Result<ReceiptAnswer, Failure>> => {
  const end = performance.now() + timeoutMilliseconds;
  const isOver = (): boolean => performance.now() >= end || signal?.aborted === true;
  let wait = FIRST_PAUSE_MILLISECONDS;
  while (!isOver()) {
    await sleep(wait);
    wait = Math.min(2 * wait, LONGEST_PAUSE_MILLISECONDS);
    const receipt = await askReceipt(transport, id);
    if (!receipt.ok) return receipt;
    if (receipt.value !== undefined) return ok(receipt.value);
    const transaction = await askTransaction(transport, id);
    if (transaction.ok && transaction.value?.status === 'dropped') {
      const { code = 'client/not-included', message = '' } = transaction.value.dropped ?? {};
      return { ok: false, failure: { code, message, details: { id } } };
    }
  }
  return clientFail('client/not-included', { id, limit: `${timeoutMilliseconds} ms` });
};

export const submitAndWait = async (
  transport: Transport,
  bytes: Uint8Array,
  options: WaitOptions,
): Promise<Result<ReceiptAnswer, Failure>> => {
  const request = { method: 'POST', body: bytes, contentType: 'application/cbor' } as const;
  const submitted = await transport.answer('/v1/transactions', submissionAnswer, request);
  return submitted.ok ? waitFor(transport, submitted.value.id, options) : submitted;
};

/** A receipt as a success or as the refusal that it tells of. */
export const applied = (answer: ReceiptAnswer): Result<ReceiptAnswer, Failure> => {
  const { outcome } = answer.receipt;
  if (outcome.type === 'applied') return ok(answer);
  const { code, guard, actor, state, message, details } = outcome.refusal;
  const named = Object.fromEntries(details.map(({ name, value }) => [name, value]));
  return clientFail('client/refused', { ...named, code, guard, actor, state, message });
};
