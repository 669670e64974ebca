import { signedTransaction, transactionBody } from '../../actors/transaction.ts';
import { MAX_TRANSACTION_BYTES } from '../../actors/transaction.ts';
import { COLLECTION } from '../../client/collections.ts';
import { nobleSecp256k1, recoverAddress } from '../../codec/secp256k1.ts';
import { decode } from '../../codec/schema.ts';
import { identityOf, type Attest } from '../../machines/attestation/identity.ts';
import { attestationMessage } from '../../machines/attestation/messages.ts';
import type { AttestationContext } from '../../machines/attestation/record.ts';
import { actorId } from '../../machines/kit/address.ts';
import { isKeyAt } from '../../machines/provider/keys.ts';
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

/** The same, from the block of this height, which is the one of its inclusion. */
export const attestMessageOf = async (
  node: Node,
  slot: string,
  height: bigint,
): Promise<Attest | undefined> =>
  findMessage(await node.ask('asking for its block', node.client.blockBytes(height)), slot);

/**
 * Did this key sign for the provider at the attestation's height? Keys that have been rotated away
 * are kept until what they signed is no evidence any more; after that the state of the height
 * itself is asked for, as long as the node keeps it. Answers come with proofs.
 */
const isKeyOfProvider = async (
  node: Node,
  { provider, height }: AttestationContext,
  signer: string,
): Promise<boolean> => {
  const id = actorId('provider', provider);
  const now = orStop(await node.client.actor(id, { prove: true })).record?.context;
  if (now !== undefined && isKeyAt(now, signer, height)) return true;
  const then = await node.client.actor(id, { prove: true, height });
  return (
    then.ok && then.value.record !== undefined && isKeyAt(then.value.record.context, signer, height)
  );
};

/** Was it an enclave key enrolled for the provider? The chain checked that it was valid then. */
const isEnclaveKey = async (node: Node, provider: string, signer: string): Promise<boolean> => {
  const page = await node.ask(
    'asking for its enclave keys',
    node.client.entries(actorId('provider', provider), COLLECTION.enclaveKeys, {
      from: signer,
      limit: 1,
    }),
  );
  return page.items[0]?.key === signer;
};

interface Found {
  readonly isGood: boolean;
  readonly says: string;
}

/**
 * The provider's signature over the attestation's id. The state keeps the id, the block the
 * signature: whoever gives that block cannot make up one that verifies.
 */
export const findSignature = async (
  node: Node,
  slot: string,
  context: AttestationContext,
): Promise<Found> => {
  const { height, attestationId, tee, provider } = context;
  const message = await attestMessageOf(node, slot, height);
  if (message === undefined) {
    return { isGood: false, says: `block ${height} does not hold the attestation` };
  }
  if (identityOf(message, node.chain).attestationId !== attestationId) {
    return { isGood: false, says: 'what was signed is another attestation' };
  }
  const signer = recoverAddress(nobleSecp256k1, attestationId, message.signature);
  if (!signer.ok) return { isGood: false, says: signer.failure.message };
  const name = node.texts.address(signer.value);
  if (tee === 'enclaveKey') {
    return (await isEnclaveKey(node, provider, signer.value))
      ? { isGood: true, says: `by ${name}, an enclave key enrolled for the provider` }
      : { isGood: false, says: `by ${name}, which is no enclave key that the provider still has` };
  }
  return (await isKeyOfProvider(node, context, signer.value))
    ? { isGood: true, says: `by ${name}, a key of the provider at height ${height}` }
    : { isGood: false, says: `by ${name}, which is no key of the provider at height ${height}` };
};
