import { providerKeyProof } from '../../src/codec/index.ts';
import { actorId } from '../../src/machines/kit/index.ts';
import { METADATA, MODEL_ID, WEIGHT_HASH } from '../chain/model.ts';
import { engine } from '../chain/workload.ts';
import { STAKE_NLUX } from './cast.ts';
import type { Chain } from './chain.ts';
import type { Profile } from './profiles.ts';

/** One model with these profiles, each served by every provider, up to the next epoch. */
export const openMarket = (chain: Chain, profiles: readonly Profile[]): void => {
  const { workload, cast } = chain;
  const { owner, people, genesis } = cast;
  const { modelDepositNlux, profileDepositNlux, epochBlocks } = genesis.parameters;
  chain.run([
    workload.sign<'model'>({
      from: owner,
      to: actorId('model', MODEL_ID),
      message: { type: 'register', weightHash: WEIGHT_HASH, teeRequired: false, ...METADATA },
      valueNlux: modelDepositNlux,
    }),
    ...profiles.map(({ specification, hash }) =>
      workload.sign<'profile'>({
        from: owner,
        to: actorId('profile', hash),
        message: { type: 'register', specification },
        valueNlux: profileDepositNlux,
      }),
    ),
  ]);
  for (const from of people) {
    const to = actorId('provider', from.address);
    const digest = providerKeyProof({ ...cast.chain, owner: from.address });
    const proof = engine.sign(digest, from.privateKey);
    const endpoint = 'https://provider.example';
    chain.run([
      workload.sign<'provider'>({
        from,
        to,
        message: { type: 'register', proof, endpoint },
        valueNlux: STAKE_NLUX,
      }),
      ...profiles.map(({ hash }) =>
        workload.sign<'provider'>({
          from,
          to,
          message: { type: 'serve', profileHash: hash, modelId: MODEL_ID },
        }),
      ),
    ]);
  }
  chain.idleTo((chain.height / epochBlocks + 1n) * epochBlocks);
};
