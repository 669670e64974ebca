import { encode, profileHash } from '../../../../src/codec/index.ts';
import { actorId, type ActorId } from '../../../../src/machines/kit/index.ts';
import { initialModel } from '../../../../src/machines/model/record.ts';
import { profileSpecification } from '../../../../src/machines/profile/record.ts';
import type { ProfileSpecification } from '../../../../src/machines/profile/record.ts';
import { Solo } from '../support/solo.ts';

export const LUX = 1_000_000_000n;
export const MODEL = actorId('model', '44'.repeat(32));
export const CREATOR = actorId('account', '11'.repeat(20));
export const STRANGER = actorId('account', '22'.repeat(20));

export const SPECIFICATION: ProfileSpecification = {
  modelId: '44'.repeat(32),
  comparator: { type: 'exact' },
  precision: { engine: 'tfjs-cpu 4.22', dtype: 'f32', settings: 'batch 1', decoding: 'none' },
  tee: { type: 'none' },
  rerunFeeNlux: LUX / 10n,
};

export const idOf = (specification: ProfileSpecification): ActorId<'profile'> =>
  actorId('profile', profileHash(encode(profileSpecification, specification)));

/** The actor of a specification, under a model that exists. */
export const soloOf = (
  specification: ProfileSpecification,
  model: { readonly state: string; readonly teeRequired: boolean } | undefined = {
    state: 'active',
    teeRequired: false,
  },
): Solo<'profile'> => {
  const solo = new Solo(idOf(specification));
  if (model !== undefined) {
    const context = { ...initialModel, teeRequired: model.teeRequired };
    solo.views.set(MODEL, { state: model.state, balance: 0n, context });
  }
  return solo;
};

export const registered = (specification = SPECIFICATION): Solo<'profile'> => {
  const solo = soloOf(specification);
  const refusal = solo.send(CREATOR, { type: 'register', specification }, LUX);
  if (refusal !== undefined) throw new Error(refusal);
  return solo;
};

/** Addresses that differ in their first bytes. */
export const address = (number: number): string => number.toString(16).padStart(4, '0').repeat(10);
export const providerOf = (number: number): ActorId<'provider'> =>
  actorId('provider', address(number));
