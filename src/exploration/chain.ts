import type { ChainContext } from '../actors/index.ts';
import type { Secp256k1 } from '../codec/index.ts';
import { installNodePrimitives, loadSecp256k1 } from '../codec/node.ts';
import { chainIdOf, type Genesis } from '../genesis/genesis.ts';
import { QUICKNET } from '../genesis/networks.ts';
import { DEFAULT_GENESIS_TIME, presetGenesis } from '../genesis/preset.ts';
import type { ActorDefinition, ActorKind } from '../machines/kit/index.ts';
import { REGISTRY } from '../machines/registry.ts';
import { makeSignatures } from '../runtime/services/signatures.ts';
import { keyOfName } from '../testing/people.ts';
import { Land } from './ground.ts';
import { ANYONE, CONSUMER, CREATOR, MODEL_OWNER, ownerOf, poolNames } from './names.ts';
import type { World } from './world.ts';

/** Nobody in a world is ever short of coins, so that balances decide nothing. */
const FUNDS_NLUX = 1_000_000_000_000_000n;

/** The machines that a world runs on; others than the chain's to see that a fault is found. */
export type Machines = Readonly<Record<ActorKind, ActorDefinition>>;

export interface LandOptions {
  /** Those of the chain unless told. */
  readonly machines?: Machines | undefined;
}

installNodePrimitives();
/** What people of a world sign with. */
export const secp256k1: Secp256k1 = loadSecp256k1();

const genesisOf = ({ parameters, defendants, pool, challengers }: World): Genesis => {
  const providers = [...defendants.map(({ name }) => name), ...poolNames({ pool })];
  const people = [ANYONE, CONSUMER, CREATOR, MODEL_OWNER, ...challengers];
  const names = [...people, ...providers, ...providers.map(ownerOf)];
  const time = DEFAULT_GENESIS_TIME;
  return presetGenesis('local', {
    parameters,
    time,
    beacon: { ...QUICKNET, genesisTime: time, periodSeconds: 1n },
    allocations: names.map((name) => ({
      address: keyOfName(name).address,
      amountNlux: FUNDS_NLUX,
    })),
  });
};

/**
 * The chain as its users have it but for the beacon: rounds are taken with any value, so that an
 * exploration may ask what follows from each (the signature of a round decides nothing else).
 */
const chainOf = (genesis: Genesis, registry: Machines): ChainContext => ({
  networkId: genesis.networkId,
  chainId: chainIdOf(genesis),
  registry,
  verifier: { ...makeSignatures(secp256k1), verifyDrand: () => true },
});

/** The chain of a world, at its genesis. */
export const landOf = (world: World, { machines = REGISTRY }: LandOptions): Land => {
  const genesis = genesisOf(world);
  return new Land(chainOf(genesis, machines), genesis);
};
