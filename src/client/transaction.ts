import {
  MAX_TRANSACTION_BYTES,
  signedTransaction,
  transactionBody,
} from '../actors/transaction.ts';
import {
  encode,
  nobleSecp256k1,
  ok,
  txDigest,
  txId,
  type Failure,
  type Result,
  type Schema,
  type Secp256k1,
} from '../codec/index.ts';
import { kindOf, type ActorId, type ActorKind } from '../machines/kit/address.ts';
import type { Messages } from '../machines/messages.ts';
import { attempt } from './attempt.ts';
import { clientFail } from './errors.ts';
import { MESSAGES } from './messages.ts';

/** What a transaction says (PROTOCOL §2), and the key that signs it. */
export interface TransactionRequest<K extends ActorKind = ActorKind> {
  readonly networkId: number;
  /** 32 bytes, hex. */
  readonly chainId: string;
  /** The next of the sender's account. */
  readonly nonce: bigint;
  /** Last height of a block that may carry it. */
  readonly expiry: bigint;
  readonly gasLimit: bigint;
  readonly gasPriceNlux: bigint;
  readonly receiver: ActorId<K>;
  readonly valueNlux: bigint;
  /** A message of the receiver's kind. */
  readonly message: Messages[K];
  /** Of the sender, 32 bytes, hex. */
  readonly privateKey: string;
  /** Makes the same signatures faster, such as `loadSecp256k1()` of Node; noble if absent. */
  readonly engine?: Secp256k1;
}

/** A signed transaction, ready to be submitted. */
export interface BuiltTransaction {
  /** Canonical bytes, at most MAX_TRANSACTION_BYTES. */
  readonly bytes: Uint8Array;
  /** `H("aivm/tx-id/1", bytes)`, hex. */
  readonly id: string;
}

/** Canonical bytes of a message to an actor of the kind; refused if a field is out of range. */
export const encodeMessage = <K extends ActorKind>(
  kind: K,
  message: Messages[K],
): Result<Uint8Array, Failure> =>
  attempt('client/not-encodable', () => encode(MESSAGES[kind] as Schema<Messages[K]>, message));

/**
 * Encodes and signs a transaction. Nothing is asked of a node: the same request gives the same
 * bytes. A field out of its range, or a key that is none, is a failure that names it.
 */
export const buildTransaction = <K extends ActorKind>(
  request: TransactionRequest<K>,
): Result<BuiltTransaction, Failure> => {
  const { networkId, chainId, receiver, privateKey, engine = nobleSecp256k1 } = request;
  const message = encodeMessage(kindOf(receiver) as K, request.message);
  if (!message.ok) return message;
  const body = attempt('client/not-encodable', () =>
    encode(transactionBody, { ...request, message: message.value }),
  );
  if (!body.ok) return body;
  const digest = txDigest({ networkId, chainId, body: body.value });
  const signature = attempt('client/bad-key', () => engine.sign(digest, privateKey));
  // What is wrong with a key says nothing of the key.
  if (!signature.ok) return clientFail('client/bad-key');
  const bytes = encode(signedTransaction, { body: body.value, signature: signature.value });
  if (bytes.length > MAX_TRANSACTION_BYTES) {
    const cause = `${bytes.length} bytes where ${MAX_TRANSACTION_BYTES} are the limit`;
    return clientFail('client/not-encodable', { cause });
  }
  return ok({ bytes, id: txId(bytes) });
};
