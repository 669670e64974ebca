import type { ChainContext } from '../../actors/index.ts';
import { decodeTransaction } from '../../actors/prepare.ts';
import { buildTransaction } from '../../client/transaction.ts';
import { assert, type Secp256k1 } from '../../codec/index.ts';
import { installNodePrimitives, loadSecp256k1 } from '../../codec/node.ts';
import { chainIdOf, type Genesis } from '../../genesis/genesis.ts';
import type { Messages } from '../../machines/messages.ts';
import { REGISTRY } from '../../machines/registry.ts';
import { makeSignatures } from '../../runtime/services/signatures.ts';
import { unwrap } from '../../runtime/unwrap.ts';
import type { Unsigned } from '../../testing/engine/engine.ts';
import { kernelEngine } from '../../testing/engine/kernel-engine.ts';
import { opensslEngine } from '../../tee/p256/openssl.ts';
import { keyOfName } from '../../testing/people.ts';

installNodePrimitives();

/** How the people of a simulated chain sign, and the engine of that chain, which believes them. */
export interface Signing {
  /** Whether signatures are real. */
  readonly signed: boolean;
  readonly engine: ReturnType<typeof kernelEngine>;
  /** What attestations and key proofs are signed with. */
  readonly secp256k1: Secp256k1;
  /** Signs a transaction and recovers its sender, where signatures are real. */
  readonly seal: (unsigned: Unsigned) => void;
}

const ADDRESS_DIGITS = 40;
const SIGNATURE_DIGITS = 130;

/** A signature that says whose it is and what it is of, and proves neither. */
const namingSignature = (digest: string, address: string): string =>
  `${address}${digest}`.padEnd(SIGNATURE_DIGITS, '0');

const contextOf = (genesis: Genesis, verifier: ChainContext['verifier']): ChainContext => ({
  networkId: genesis.networkId,
  chainId: chainIdOf(genesis),
  registry: REGISTRY,
  verifier,
});

/** Real signatures, on transactions as on what they carry. */
const realSigning = (genesis: Genesis): Signing => {
  const secp256k1 = loadSecp256k1();
  const chain = contextOf(genesis, makeSignatures(secp256k1));
  const { networkId, chainId } = chain;
  return {
    signed: true,
    engine: kernelEngine(chain, genesis),
    secp256k1,
    seal: (unsigned) => {
      const message = unsigned.message as Messages[keyof Messages];
      const request = { ...unsigned, message, networkId, chainId, engine: secp256k1 };
      const { bytes } = unwrap(buildTransaction(request));
      const { sender } = unwrap(decodeTransaction(bytes, chain));
      assert(sender === unsigned.sender, 'a transaction is of who signed it');
    },
  };
};

/**
 * Signatures that name their signer instead of proving it, for the people who are named here. The
 * verifier that believes them never leaves this function: it is only to be had as part of the
 * engine of a chain in memory that begins with this genesis and has a beacon of the `dev` kind.
 */
const namingSigning = (genesis: Genesis, names: readonly string[]): Signing => {
  assert(genesis.beacon.type === 'dev', 'signatures may be left out on chains of one machine only');
  const addresses = new Map(names.map(keyOfName).map((key) => [key.privateKey, key.address]));
  const verifier: ChainContext['verifier'] = {
    recoverAddress: (digest, signature) => {
      const address = signature.slice(0, ADDRESS_DIGITS);
      return signature === namingSignature(digest, address) ? address : undefined;
    },
    verifyDrand: () => false,
    tee: { engine: opensslEngine, cache: undefined },
  };
  return {
    signed: false,
    engine: kernelEngine(contextOf(genesis, verifier), genesis),
    secp256k1: {
      // Which library made a signature is told to nobody here.
      name: 'noble',
      recover: () => undefined,
      sign: (digest, privateKey) => namingSignature(digest, addresses.get(privateKey) ?? ''),
    },
    seal: () => undefined,
  };
};

/** The chain of a simulation at its genesis, with real signatures or without. */
export const signingOf = (genesis: Genesis, names: readonly string[], signed: boolean): Signing =>
  signed ? realSigning(genesis) : namingSigning(genesis, names);
