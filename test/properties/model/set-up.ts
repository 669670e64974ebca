// The first blocks of a run: model, profiles, and providers that serve them.
import type { Offer } from './cast.ts';
import type { ChainRun } from './chain-run.ts';
import { LUX } from './config.ts';
import { Chance } from './random.ts';

/** The next block, a second later, with these. */
export const quietly = (chain: ChainRun, offers: readonly Offer[]): void =>
  chain.block(chain.model.state.time + 1n, offers);

/** Model, profiles and providers, and who serves what; then an epoch begins. */
export const setUp = (chain: ChainRun): void => {
  const { cast, config, parameters } = chain;
  const chance = new Chance(config.swarm + 1);
  const [weightHash] = cast.weightHashes;
  const metadata = { name: 'm', version: 1n, architecture: 'a', paramCount: 1n, license: 'l' };
  const model: Offer = {
    from: 'model owner',
    to: `model:${cast.modelIdOf(0)}`,
    message: { type: 'register', weightHash, teeRequired: false, ...metadata },
    value: LUX,
  };
  const profiles = cast.specifications.map((specification, at): Offer => ({
    from: 'creator',
    to: `profile:${cast.profileHashOf(at)}`,
    message: { type: 'register', specification },
    value: LUX,
  }));
  const isSkewed = chance.percent(50);
  const pool = BigInt(chance.pick([0, 1, 3, 30]) ?? 3);
  const providers = cast.people.providers.flatMap((name): readonly Offer[] => {
    const from = name.replace(/ key .*$/, '');
    const to = `provider:${cast.address(name)}`;
    const stake = 100n + BigInt(isSkewed ? chance.below(9) ** 3 : chance.below(60));
    const register = {
      type: 'register',
      proof: cast.keyProof(name, from),
      endpoint: 'https://p.example',
    };
    const serves = cast.profileHashes.filter((_, at) => at === 0 || chance.percent(70));
    return [
      { from, to, message: register, value: stake * LUX + BigInt(chance.below(5)) },
      ...serves.map((profileHash): Offer => ({
        from,
        to,
        message: { type: 'serve', profileHash, modelId: cast.modelIdOf(0) },
      })),
    ];
  });
  quietly(chain, [model, ...profiles]);
  quietly(chain, [
    ...providers,
    { from: 'anyone', to: 'auditPool:', message: { type: 'deposit' }, value: pool * LUX },
  ]);
  const { epochBlocks } = parameters;
  while (chain.model.state.height % epochBlocks !== 0n) quietly(chain, []);
};
