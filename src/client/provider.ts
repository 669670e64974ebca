import {
  nobleSecp256k1,
  providerKeyProof,
  type Failure,
  type Result,
  type Secp256k1,
} from '../codec/index.ts';
import { attempt } from './attempt.ts';
import type { Chain } from './names.ts';

/**
 * The proof in the message `register` of a provider: the provider's key signs that this owner
 * speaks for it, so that nobody registers a key of someone else (PROTOCOL §3).
 */
export const proveProviderKey = (
  of: Chain & {
    /** Address of the account that will own the provider, 20 bytes, hex. */
    readonly owner: string;
    /** 32 bytes, hex. */
    readonly providerKey: string;
    readonly engine?: Secp256k1;
  },
): Result<string, Failure> =>
  attempt('client/bad-key', () =>
    (of.engine ?? nobleSecp256k1).sign(providerKeyProof(of), of.providerKey),
  );
