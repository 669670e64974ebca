import { amount, blob, hex, record, u32, u64, type Infer } from '../codec/index.ts';
import { anyActor, type ActorId, type AnyMessage } from '../machines/kit/index.ts';

/** Largest message of any kind: a payload with its frame. */
export const MAX_MESSAGE_BYTES = 270_000;
/** Largest transaction on the wire. */
export const MAX_TRANSACTION_BYTES = MAX_MESSAGE_BYTES + 512;

/** What is signed (PROTOCOL §2). The sender is recovered from the signature, never sent. */
export const transactionBody = record({
  networkId: u32,
  chainId: hex(32),
  nonce: u64,
  /** Last height of a block that may carry it. */
  expiry: u64,
  gasLimit: u64,
  gasPriceNlux: amount,
  receiver: anyActor,
  valueNlux: amount,
  /** Canonical bytes of a message of the receiver's kind. */
  message: blob(MAX_MESSAGE_BYTES),
});
export type TransactionBody = Infer<typeof transactionBody>;

/** On the wire: the canonical bytes of the body, and the signature over their digest. */
export const signedTransaction = record({
  body: blob(MAX_TRANSACTION_BYTES),
  signature: hex(65),
});

/** A transaction of which all is known that its bytes alone tell; it may be kept and reused. */
export interface PreparedTransaction {
  /** `H("aivm/tx-id/1", bytes)`, 32 bytes in hex. */
  readonly id: string;
  readonly sender: ActorId<'account'>;
  readonly body: TransactionBody;
  readonly message: AnyMessage;
  /** Of the signed transaction on the wire. */
  readonly sizeBytes: number;
}
