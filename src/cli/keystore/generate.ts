import { randomBytes } from 'node:crypto';
import { toHex } from '../../codec/bytes.ts';
import { ok, type Result } from '../../codec/failure.ts';
import { keypairOf, type Keypair } from '../../codec/keys/keypair.ts';
import { GROUP_ORDER } from '../../codec/keys/signature.ts';
import { developmentAccounts } from '../../genesis/development.ts';
import { keystoreFail } from './errors.ts';

const PRIVATE_KEY_BYTES = 32;
const HEX_KEY = /^[0-9a-f]{64}$/;
const ZERO = '0'.repeat(64);

/** A private key is in 1..n−1 (SEC 1 v2 §3.2.1); hex of one length orders as its integers do. */
const isPrivateKey = (text: string): boolean =>
  HEX_KEY.test(text) && text !== ZERO && text < GROUP_ORDER;

/** A key from the operating system's randomness; the few bytes that are no key are drawn again. */
export const newKeypair = (): Keypair => {
  for (;;) {
    const privateKey = toHex(randomBytes(PRIVATE_KEY_BYTES));
    if (isPrivateKey(privateKey)) return keypairOf(privateKey);
  }
};

/** The key that a person brings, as hex. */
export const importedKeypair = (text: string): Result<Keypair> =>
  isPrivateKey(text) ? ok(keypairOf(text)) : keystoreFail('keystore/bad-private-key');

/** The development keys of the `local` preset, with the seeds that their names give. */
export const developmentKeys = (count: number) =>
  developmentAccounts(count).map(({ name, address }) => ({
    name,
    address,
    seed: `aivm/local/${name}`,
  }));
