import { TRUST_STORE, type Call, type Collection } from '../../../../src/machines/kit/index.ts';
import { initialProfile, type ProfileContext } from '../../../../src/machines/profile/record.ts';
import { LOCAL_TEE } from '../../../../src/genesis/presets/tee.ts';
import { ingestCollateral, ingestTrustAnchor, nobleEngine } from '../../../../src/tee/index.ts';
import { verifyQuote, type QuoteFacts } from '../../../../src/tee/index.ts';
import { makeWorldQuote, type TestWorld } from '../../../../src/tee/generator/index.ts';
import type { WorldQuoteOptions } from '../../../../src/tee/generator/index.ts';
import { SHORT } from '../../../support/parameters.ts';
import { LOCAL, measured } from '../../../support/tee-market.ts';
import { localTrustStore } from '../../../support/trust.ts';
import { CHAIN } from '../../../support/world.ts';
import { must } from '../../tee/vectors.ts';

/** Reports and the store they are judged by, without a chain around them. */

export const NOW = 1_767_225_600;
export const ANCHOR = must(ingestTrustAnchor(LOCAL.rootDer, nobleEngine));

let stored: ReturnType<typeof localTrustStore> | undefined;
/** Made by the first test that asks for it. */
const storeOf = () => (stored ??= localTrustStore(BigInt(NOW)));

/** A delivery to the trust store, which holds all that stands there but for `without`. */
export const callOf = (without: readonly string[] = [], change: Partial<Call> = {}): Call => {
  const store = storeOf();
  const entry = <V>(collection: Collection<V>, _: unknown, key: string): V | undefined =>
    store.entries.find((each) => each.collection.name === collection.name && each.key === key)
      ?.value as V | undefined;
  return {
    self: TRUST_STORE,
    from: TRUST_STORE,
    value: 0n,
    balance: 0n,
    height: 9n,
    time: BigInt(NOW),
    networkId: CHAIN.networkId,
    chainId: CHAIN.chainId,
    parameters: SHORT,
    verifier: CHAIN.verifier,
    read: {
      actor: () => (without.includes('actor') ? undefined : (store.actor as never)),
      entry: (collection, owner, key) =>
        without.includes(`${collection.name}/${key}`) ? undefined : entry(collection, owner, key),
    },
    ...change,
  };
};

export const factsOf = (world: TestWorld, options: WorldQuoteOptions = {}): QuoteFacts => {
  const collateral = must(ingestCollateral(world.collateral, ANCHOR, NOW));
  return must(verifyQuote(makeWorldQuote(world, options), collateral, NOW));
};

type Required = Extract<ProfileContext['specification']['tee'], { type: 'required' }>;

/** A profile that accepts the quotes of the `local` world. */
export const profileOf = (
  change: Partial<Required> = {},
  measurements: ProfileContext['measurements'] = [measured(makeWorldQuote(LOCAL))],
): ProfileContext => {
  const { enclaveKeySeconds } = LOCAL_TEE;
  const tee = { type: 'required', measurements, policy: undefined, enclaveKeySeconds } as const;
  const specification = { ...initialProfile.specification, tee: { ...tee, ...change } };
  return { ...initialProfile, specification, measurements };
};
