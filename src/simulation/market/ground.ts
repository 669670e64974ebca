import { modelActor, profileActor, profileHashOf } from '../../client/names.ts';
import { proveProviderKey } from '../../client/provider.ts';
import { sha256Hex, utf8 } from '../../codec/index.ts';
import { supplyOf } from '../../genesis/genesis.ts';
import { presetGenesis } from '../../genesis/preset.ts';
import { actorId, AUDIT_POOL, keyOf, type ActorId } from '../../machines/kit/index.ts';
import type { ProfileSpecification } from '../../machines/profile/record.ts';
import { unwrap } from '../../runtime/unwrap.ts';
import type { KernelMoment } from '../../testing/engine/kernel-engine.ts';
import type { Order } from '../../testing/orders.ts';
import { keyOfName } from '../../testing/people.ts';
import { simulationFail } from '../errors.ts';
import { MarketChain, orderOf } from './chain.ts';
import { type Agent, CREATOR, everyAgent, everyName, MODEL_OWNER, PATRON } from './people.ts';
import type { Market } from './settings.ts';
import { signingOf, type Signing } from './signing.ts';

const LUX = 1_000_000_000n;
/** What everybody has besides its stake: nobody is ever short of coins for a bond. */
const FUNDS_NLUX = 1_000_000n * LUX;
/** Registrations that one block of the beginning holds. */
const PER_BLOCK = 500;

const WEIGHT_HASH = sha256Hex(utf8('the weights of a simulated market'));
export const MODEL = { weightHash: WEIGHT_HASH, teeRequired: false } as const;
const METADATA = {
  name: 'a model',
  version: 1n,
  architecture: 'transformer',
  paramCount: 1n,
  license: 'Apache-2.0',
} as const;

/** A market at its beginning: everybody is there and serves, and nothing was asked for yet. */
export interface Ground {
  readonly market: Market;
  readonly signing: Signing;
  readonly agents: readonly Agent[];
  readonly modelId: string;
  readonly profileHash: string;
  readonly start: KernelMoment;
  readonly supplyNlux: bigint;
}

const specificationOf = ({ comparator, rerunFeeNlux }: Market): ProfileSpecification => ({
  modelId: keyOf(modelActor(MODEL)),
  comparator,
  precision: { engine: 'simulation', dtype: 'any', settings: '', decoding: 'greedy' },
  tee: { type: 'none' },
  rerunFeeNlux,
});

const genesisOf = ({ parameters }: Market, agents: readonly Agent[]) =>
  presetGenesis('local', {
    parameters,
    allocations: everyName(agents).map((name) => {
      const staked = agents
        .filter(({ owner }) => owner === name)
        .reduce((sum, { group }) => sum + group.stakeNlux, 0n);
      return { address: keyOfName(name).address, amountNlux: FUNDS_NLUX + staked };
    }),
  });

/** One block of orders that all have to be applied. */
const runAll = (chain: MarketChain, orders: readonly Order[]): void => {
  chain.block(orders).offered.forEach((each, at) => {
    const step = orders[at]?.message.type ?? '';
    const outcome = each.included ? each.receipt.outcome : undefined;
    if (outcome?.type === 'applied') return;
    const reason = outcome?.refusal.code ?? (each.included ? '' : each.failure.code);
    unwrap(simulationFail('simulation/cannot-begin', { step, reason }));
  });
};

const joining = (chain: MarketChain, { name, owner, group }: Agent, of: ProfileSpecification) => {
  const to = actorId('provider', keyOfName(name).address);
  const { secp256k1 } = chain.signing;
  const { privateKey: providerKey } = keyOfName(name);
  const proves = { owner: keyOfName(owner).address, providerKey, engine: secp256k1 };
  const proof = unwrap(proveProviderKey({ ...chain.ids, ...proves }));
  const serve = { profileHash: profileHashOf(of), modelId: of.modelId };
  return [
    orderOf(owner, to, { type: 'register', proof, endpoint: '' }, group.stakeNlux),
    orderOf(owner, to, { type: 'serve', ...serve }),
  ];
};

const begin = (chain: MarketChain, market: Market, agents: readonly Agent[]): void => {
  const { parameters, auditPoolNlux } = market;
  const specification = specificationOf(market);
  const register = { type: 'register', ...MODEL, ...METADATA } as const;
  const { modelDepositNlux, profileDepositNlux, epochBlocks } = parameters;
  const profile = profileActor(specification);
  runAll(chain, [orderOf(MODEL_OWNER, modelActor(MODEL), register, modelDepositNlux)]);
  runAll(chain, [
    orderOf(CREATOR, profile, { type: 'register', specification }, profileDepositNlux),
  ]);
  if (auditPoolNlux > 0n) {
    const pool = AUDIT_POOL as ActorId<'auditPool'>;
    runAll(chain, [orderOf(PATRON, pool, { type: 'deposit' }, auditPoolNlux)]);
  }
  const providers = agents.filter((each) => each.isProvider);
  for (let from = 0; from < providers.length; from += PER_BLOCK) {
    const some = providers.slice(from, from + PER_BLOCK);
    runAll(
      chain,
      some.flatMap((each) => joining(chain, each, specification)),
    );
  }
  // From the next epoch on those who serve may be drawn (PROTOCOL §6.1).
  const epoch = (chain.height / epochBlocks + 1n) * epochBlocks;
  while (chain.height < epoch) chain.block([]);
};

/** The chain of a market when it begins. Throws an AivmError where the chain refuses it. */
export const groundOf = (market: Market): Ground => {
  const agents = everyAgent(market);
  const genesis = genesisOf(market, agents);
  const signing = signingOf(genesis, everyName(agents), market.signatures);
  const supplyNlux = supplyOf(genesis);
  const blockSeconds = market.parameters.dispute.blockTimeSeconds;
  const chain = new MarketChain({ signing, blockSeconds, supplyNlux });
  begin(chain, market, agents);
  const { modelId } = specificationOf(market);
  const profileHash = profileHashOf(specificationOf(market));
  return { market, signing, agents, modelId, profileHash, start: chain.moment, supplyNlux };
};

/** Another chain that goes on from the beginning. */
export const chainOn = ({ market, signing, start, supplyNlux }: Ground): MarketChain => {
  const blockSeconds = market.parameters.dispute.blockTimeSeconds;
  return new MarketChain({ signing, blockSeconds, supplyNlux }, start);
};

/** Grounds that are kept: a shard plays many runs of one market. */
const MAX_KEPT = 4;
const kept = new Map<string, Ground>();

/** The same, made once a process for each market. */
export const keptGround = (market: Market): Ground => {
  const known = kept.get(market.id);
  if (known !== undefined) return known;
  for (const oldest of kept.keys()) {
    if (kept.size < MAX_KEPT) break;
    kept.delete(oldest);
  }
  const made = groundOf(market);
  kept.set(market.id, made);
  return made;
};
