import {
  MAX_TRANSACTION_BYTES,
  signedTransaction,
  transactionBody,
} from '../../actors/transaction.ts';
import { MESSAGES } from '../../client/messages.ts';
import { writeJson } from '../../client/wire/json.ts';
import { txDigest, txId } from '../../codec/ids/chain.ts';
import { decode, type Schema } from '../../codec/schema.ts';
import { nobleSecp256k1, recoverAddress } from '../../codec/secp256k1.ts';
import { hrpOf } from '../../codec/text/address.ts';
import { kindOf } from '../../machines/kit/address.ts';
import { LUX_DECIMALS } from './amount.ts';
import { rowsOf } from './describe.ts';
import type { Node } from './node.ts';
import type { Printable } from './output.ts';
import { orStop } from './stop.ts';
import type { Row } from './table.ts';
import { textsOf } from './texts.ts';

/** A transaction in words; without a node, in the forms of the network that it names. */
export const decodeTransactionBytes = (
  bytes: Uint8Array,
  node: Node | undefined,
): { readonly json: Printable; readonly rows: readonly Row[] } => {
  const signed = orStop(decode(signedTransaction, bytes, MAX_TRANSACTION_BYTES));
  const body = orStop(decode(transactionBody, signed.body, MAX_TRANSACTION_BYTES));
  const { networkId, chainId, receiver } = body;
  const schema = MESSAGES[kindOf(receiver)] as Schema<unknown>;
  const message = writeJson(schema, orStop(decode(schema, body.message, MAX_TRANSACTION_BYTES)));
  const digest = txDigest({ networkId, chainId, body: signed.body });
  const sender = orStop(recoverAddress(nobleSecp256k1, digest, signed.signature));
  const forms = { hrp: hrpOf(networkId), luxDecimals: node?.info.luxDecimals ?? LUX_DECIMALS };
  const texts = node?.texts ?? textsOf(forms);
  const { message: _, ...head } = writeJson(transactionBody, body) as Record<string, Printable>;
  const id = txId(bytes);
  const rows: Row[] = [
    ['id', id],
    ['sender', texts.actor(`account:${sender}`)],
    ['receiver', texts.actor(receiver)],
    ['value', texts.amount(body.valueNlux)],
    ['nonce', String(body.nonce)],
    ['gas', `at most ${body.gasLimit} at ${body.gasPriceNlux} nLUX`],
    ['expires after', `height ${body.expiry}`],
    ['chain', `${chainId} (network ${networkId})`],
    ['message', String((message as { readonly type?: string }).type)],
    ...rowsOf(schema.shape, message, texts),
  ];
  const json = { id, sender: `account:${sender}`, ...head, message: message as Printable };
  return { json: { ...json, sizeBytes: bytes.length }, rows };
};
