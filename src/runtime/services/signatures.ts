import * as Context from 'effect/Context';
import * as Effect from 'effect/Effect';
import * as Layer from 'effect/Layer';
import { type Secp256k1, type Secp256k1Name, recoverAddress } from '../../codec/index.ts';
import { loadSecp256k1 } from '../../codec/node.ts';
import type { Verifier } from '../../machines/kit/verifier.ts';
import { verifyDrand } from '../../machines/beacon/drand.ts';
import { createVerifyCache } from '../../tee/index.ts';
import { opensslEngine } from '../../tee/p256/openssl.ts';
import { MAX_VERDICTS, VerdictCache } from './verdicts.ts';

/** The expensive checks of the chain, on the fastest engine that this machine has. */
export interface SignatureService extends Verifier {
  readonly engine: Secp256k1Name;
  /** What the cache did so far, for metrics. */
  readonly stats: () => SignatureStats;
}

export interface SignatureStats {
  /** Recoveries asked for. */
  readonly asked: number;
  /** Of these, those that were remembered. */
  readonly remembered: number;
  /** Verdicts held. */
  readonly held: number;
}

/** Beacon rounds whose check is remembered: one comes every few seconds. */
const MAX_ROUNDS = 64;

/**
 * A verifier over one implementation of secp256k1, with a bounded memory. Every engine gives the
 * same verdicts (codec, `canonical`), so which one runs is not state of the chain.
 */
export const makeSignatures = (engine: Secp256k1): SignatureService => {
  const senders = new VerdictCache<string | undefined>(MAX_VERDICTS);
  const rounds = new VerdictCache<boolean>(MAX_ROUNDS);
  let asked = 0;
  let remembered = 0;
  return {
    engine: engine.name,
    recoverAddress: (digest, signature) => {
      asked += 1;
      const known = senders.get(digest, signature);
      if (known !== undefined) {
        remembered += 1;
        return known.verdict;
      }
      const recovered = recoverAddress(engine, digest, signature);
      const address = recovered.ok ? recovered.value : undefined;
      senders.set(digest, signature, address);
      return address;
    },
    verifyDrand: (publicKey, round, signature) => {
      const about = `${publicKey}/${round}`;
      const known = rounds.get(about, signature);
      if (known !== undefined) return known.verdict;
      const isValid = verifyDrand(publicKey, round, signature);
      rounds.set(about, signature, isValid);
      return isValid;
    },
    tee: { engine: opensslEngine, cache: createVerifyCache() },
    stats: () => ({ asked, remembered, held: senders.size }),
  };
};

/** Signature checks as a service: libsecp256k1 natively, else in WebAssembly, else noble. */
export class Signatures extends Context.Service<Signatures, SignatureService>()(
  'aivm/runtime/Signatures',
) {
  static readonly layer = Layer.effect(
    Signatures,
    Effect.sync(() => makeSignatures(loadSecp256k1())),
  );

  /** With an engine of the host's choice. */
  static readonly layerOf = (engine: Secp256k1) =>
    Layer.sync(Signatures, () => makeSignatures(engine));
}
