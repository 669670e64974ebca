import type { Keypair } from '../../codec/keys/keypair.ts';
import { passphraseFor } from './passphrase.ts';
import type { Session } from './session.ts';
import { orStop } from './stop.ts';

/** The key pair of a name, its passphrase from a file, the environment or the person. */
export const unlockKey = async (session: Session, name: string): Promise<Keypair> => {
  const { passphraseFile: file, passphrase: environment } = session.globals;
  const keystore = await session.keystore();
  const passphrase = (): Promise<string> => passphraseFor(name, { file, environment });
  return orStop(await keystore.unlock(name, passphrase));
};
