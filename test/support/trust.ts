import { TRUST_STORE } from '../../src/machines/kit/index.ts';
import { checkTrust, presetTee } from '../../src/genesis/trust.ts';

/** The trust store of the `local` preset at a time, as records of genesis. */
export const localTrustStore = (time: bigint) => {
  const trust = checkTrust({ tee: presetTee('local'), time });
  if (!trust.ok) throw new Error(trust.failure.cause);
  const { anchor, entries } = trust.value;
  return {
    actor: { id: TRUST_STORE, state: 'open', balance: 0n, context: { anchor } } as const,
    entries: entries.map((entry) => ({ ...entry, owner: TRUST_STORE })),
  };
};
