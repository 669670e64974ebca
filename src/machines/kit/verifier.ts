import type { Engine, VerifyCache } from '../../tee/index.ts';

/**
 * The expensive pure checks that a machine asks for. Injected, so that a host may run them ahead
 * on its other cores and remember verdicts by hash; every implementation gives the same answers.
 */
export interface Verifier {
  /** Address (hex) of the key that signed `digest` with the 65-byte `signature`, if canonical. */
  readonly recoverAddress: (digest: string, signature: string) => string | undefined;
  /** Is `signature` (48 bytes, G1) the round's of the drand chain with this public key (96, G2)? */
  readonly verifyDrand: (publicKey: string, round: bigint, signature: string) => boolean;
  readonly tee: TeeVerifier;
}

/** What TEE reports are verified with: both engines accept the same, the cache changes speed. */
export interface TeeVerifier {
  readonly engine: Engine;
  /** Signatures that were right before; never a verdict, so never a part of the state. */
  readonly cache: VerifyCache | undefined;
}
