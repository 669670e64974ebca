import { decode, encode, ok, txDigest, txId, type Result } from '../codec/index.ts';
import type { Failure } from '../codec/failure.ts';
import { codecFail } from '../codec/errors.ts';
import { signatureFault } from '../codec/keys/signature.ts';
import { actorId, kindOf, type ActorId, type AnyMessage } from '../machines/kit/index.ts';
import { actorFail } from './errors.ts';
import { freeze } from './record.ts';
import type { ChainContext } from './source.ts';
import { MAX_MESSAGE_BYTES, MAX_TRANSACTION_BYTES, signedTransaction } from './transaction.ts';
import { transactionBody } from './transaction.ts';
import type { PreparedTransaction, TransactionBody } from './transaction.ts';

/** Decodes a message by the schema of the receiver's kind. */
export const decodeMessage = (
  chain: Pick<ChainContext, 'registry'>,
  receiver: ActorId,
  bytes: Uint8Array,
): Result<AnyMessage, Failure> => {
  const kind = kindOf(receiver);
  const message = decode(chain.registry[kind].messages, bytes, MAX_MESSAGE_BYTES);
  if (message.ok) return message;
  const { code, details } = message.failure;
  return actorFail('actors/malformed-message', { ...details, receiver: kind, cause: code });
};

/** The body says for which chain it was signed; the signature covers it twice (PROTOCOL §2). */
const checkChain = (body: TransactionBody, chain: ChainContext): Result<void, Failure> => {
  if (body.networkId !== chain.networkId) {
    const found = String(body.networkId);
    return actorFail('actors/wrong-network', { expected: String(chain.networkId), found });
  }
  if (body.chainId !== chain.chainId) {
    return actorFail('actors/wrong-chain', { expected: chain.chainId, found: body.chainId });
  }
  return ok(undefined);
};

const recoverSender = (
  bodyBytes: Uint8Array,
  signature: string,
  { networkId, chainId, verifier }: ChainContext,
): Result<ActorId<'account'>, Failure> => {
  const fault = signatureFault(signature);
  if (fault !== undefined) return codecFail(fault);
  const digest = txDigest({ networkId, chainId, body: bodyBytes });
  const address = verifier.recoverAddress(digest, signature);
  if (address === undefined) return codecFail('codec/signature-not-recoverable');
  return ok(actorId('account', address));
};

/**
 * Everything about a transaction that depends on its bytes and the chain alone: canonical form,
 * chain, message, and the sender that its signature gives. The result may be kept. The signature,
 * which costs most, comes last.
 */
export const decodeTransaction = (
  bytes: Uint8Array,
  chain: ChainContext,
): Result<PreparedTransaction, Failure> => {
  const signed = decode(signedTransaction, bytes, MAX_TRANSACTION_BYTES);
  if (!signed.ok) return signed;
  const body = decode(transactionBody, signed.value.body, MAX_TRANSACTION_BYTES);
  if (!body.ok) return body;
  const forChain = checkChain(body.value, chain);
  if (!forChain.ok) return forChain;
  const message = decodeMessage(chain, body.value.receiver, body.value.message);
  if (!message.ok) return message;
  const sender = recoverSender(signed.value.body, signed.value.signature, chain);
  if (!sender.ok) return sender;
  return ok({
    id: txId(bytes),
    sender: sender.value,
    body: body.value,
    message: freeze(message.value),
    sizeBytes: bytes.length,
  });
};

const NO_SIGNATURE = '0'.repeat(130);

/** Bytes that a body will take on the wire once it is signed. */
export const signedSize = (body: TransactionBody): number =>
  encode(signedTransaction, {
    body: encode(transactionBody, body),
    signature: NO_SIGNATURE,
  }).length;
