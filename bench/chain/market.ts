import { providerKeyProof } from '../../src/codec/index.ts';
import { actorId } from '../../src/machines/kit/index.ts';
import type { Cast } from './people.ts';
import type { Host } from './host.ts';
import { METADATA, MODEL_ID, PROFILE_HASH, SPECIFICATION, WEIGHT_HASH } from './model.ts';
import { engine, type Workload } from './workload.ts';

/** One model with one profile, served by so many providers with the minimum stake. */
export const openMarket = (host: Host, workload: Workload, cast: Cast, providers: number) => {
  const { owner, chain, genesis, people } = cast;
  const { modelDepositNlux, profileDepositNlux, minimumStakeNlux } = genesis.parameters;
  const commit = (transactions: readonly Uint8Array[]): void => {
    host.run(workload.block(host.tip(), transactions));
  };
  const register = { type: 'register', weightHash: WEIGHT_HASH, teeRequired: false } as const;
  commit([
    workload.sign<'model'>({
      from: owner,
      to: actorId('model', MODEL_ID),
      message: { ...register, ...METADATA },
      valueNlux: modelDepositNlux,
    }),
    workload.sign<'profile'>({
      from: owner,
      to: actorId('profile', PROFILE_HASH),
      message: { type: 'register', specification: SPECIFICATION },
      valueNlux: profileDepositNlux,
    }),
  ]);
  const digest = providerKeyProof({ ...chain, owner: owner.address });
  for (const { address, privateKey } of people.slice(0, providers)) {
    const to = actorId('provider', address);
    const proof = engine.sign(digest, privateKey);
    const endpoint = 'https://provider.example';
    commit([
      workload.sign<'provider'>({
        from: owner,
        to,
        message: { type: 'register', proof, endpoint },
        valueNlux: minimumStakeNlux,
      }),
      workload.sign<'provider'>({
        from: owner,
        to,
        message: { type: 'serve', profileHash: PROFILE_HASH, modelId: MODEL_ID },
      }),
    ]);
  }
};
