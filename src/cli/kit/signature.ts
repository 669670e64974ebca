import { signedTransaction, transactionBody } from '../../actors/transaction.ts';
import { MAX_TRANSACTION_BYTES } from '../../actors/transaction.ts';
import { nobleSecp256k1, recoverAddress } from '../../codec/secp256k1.ts';
import { decode } from '../../codec/schema.ts';
import { identityOf, type Attest } from '../../machines/attestation/identity.ts';
import { attestationMessage } from '../../machines/attestation/messages.ts';
import type { AttestationContext } from '../../machines/attestation/record.ts';
import { actorId } from '../../machines/kit/address.ts';
import { decodeBlock } from '../../runtime/execution/block.ts';
import type { Node } from './node.ts';
import { orStop } from './stop.ts';

/** The message that made an attestation, out of the transactions of its block. */
const findMessage = (bytes: Uint8Array, slot: string): Attest | undefined => {
  const block = decodeBlock(bytes);
  if (!block.ok) return undefined;
  const receiver = actorId('attestation', slot);
  for (const transaction of block.value.transactions) {
    const signed = decode(signedTransaction, transaction, MAX_TRANSACTION_BYTES);
    if (!signed.ok) continue;
    const body = decode(transactionBody, signed.value.body, MAX_TRANSACTION_BYTES);
    if (!body.ok || body.value.receiver !== receiver) continue;
    const message = decode(attestationMessage, body.value.message, MAX_TRANSACTION_BYTES);
    if (message.ok && message.value.type === 'attest') return message.value;
  }
  return undefined;
};

interface Found {
  readonly isGood: boolean;
  readonly says: string;
}

/**
 * The provider's signature over the attestation's id. The state keeps the id, the block the
 * signature: whoever gives that block cannot make up one that verifies. Which keys spoke for the
 * provider at that height is asked for with a proof.
 */
export const findSignature = async (
  node: Node,
  slot: string,
  context: AttestationContext,
): Promise<Found> => {
  const { height, provider, attestationId } = context;
  const bytes = await node.ask('asking for its block', node.client.blockBytes(height));
  const message = findMessage(bytes, slot);
  if (message === undefined) {
    return { isGood: false, says: `block ${height} does not hold the attestation` };
  }
  if (identityOf(message, node.chain).attestationId !== attestationId) {
    return { isGood: false, says: 'what was signed is another attestation' };
  }
  const signer = recoverAddress(nobleSecp256k1, attestationId, message.signature);
  if (!signer.ok) return { isGood: false, says: signer.failure.message };
  const answer = await node.client.actor(actorId('provider', provider), { prove: true });
  const keys = orStop(answer).record?.context.keys ?? [];
  const isKey = keys.some(
    ({ address, from, until }) => address === signer.value && from <= height && height < until,
  );
  const name = node.texts.address(signer.value);
  return isKey
    ? { isGood: true, says: `by ${name}, a key of the provider at height ${height}` }
    : { isGood: false, says: `by ${name}, which is no key of the provider at height ${height}` };
};
