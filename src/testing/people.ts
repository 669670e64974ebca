import { type Keypair, keypairFromSeed, type Secp256k1 } from '../codec/index.ts';
import { actorId, type ActorId } from '../machines/kit/index.ts';

/** Keys cost a millisecond each, and tests ask for the same ones in every run. */
const KEYS = new Map<string, Keypair>();

/** The key of a name: the same name has the same key in every test, on every machine. */
export const keyOfName = (name: string): Keypair => {
  const known = KEYS.get(name) ?? keypairFromSeed(name);
  KEYS.set(name, known);
  return known;
};

/** The account of a name. */
export const accountOf = (name: string): ActorId<'account'> =>
  actorId('account', keyOfName(name).address);

/** Signs a digest (32 bytes, hex) with the key of a name; 65 bytes, hex. */
export const signAs = (engine: Secp256k1, name: string, digest: string): string =>
  engine.sign(digest, keyOfName(name).privateKey);
