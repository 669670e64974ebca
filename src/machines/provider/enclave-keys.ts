import { hex, record, u64, type Infer } from '../../codec/index.ts';
import { collection } from '../kit/collection.ts';
import { storedFacts } from '../tee/facts.ts';

/** Enclave keys of one provider at a time, those included that are evidence only. */
export const MAX_ENCLAVE_KEYS = 16;

/** A key that lives in an enclave, with what its quote said when it was enrolled (PROTOCOL §8). */
const enclaveKey = record({
  /** The profile whose measurements and policy it was judged by, and the only one it signs for. */
  profileHash: hex(32),
  publicKey: hex(33),
  enrolledAt: u64,
  /** Unix seconds; the last second at which it counts. */
  expiresAt: u64,
  /** PCK CA and certificate of the platform: what a later revocation list names. */
  caKey: hex(65),
  pckSerial: hex(20),
  facts: storedFacts,
});
export type EnclaveKey = Infer<typeof enclaveKey>;

/** By the address of the key. */
export const enclaveKeys = collection({
  kind: 'provider',
  name: 'enclaveKeys',
  code: 1,
  keyBytes: 20,
  value: enclaveKey,
});
