// Money that goes about, models and profiles.
import type { Message } from '../../../model/chain.ts';
import { NO_HASH } from '../cast.ts';
import { LUX } from '../config.ts';
import { type Move, type Scene, anyone, lux, mostly, own } from './scene.ts';

export const transfer: Move = (scene) => {
  const to = scene.chance.percent(50) ? scene.cast.people.poor : anyone(scene);
  const from = scene.chance.percent(30) ? scene.cast.people.poor : anyone(scene);
  const value = scene.chance.percent(90) ? BigInt(scene.chance.below(2_000_000)) : 0n;
  const message = { type: 'transfer' };
  return [{ from, to: scene.cast.account(to), message, value, gasLimit: 20_000n }];
};

export const deposit: Move = (scene) => {
  const to = scene.chance.pick(['auditPool:', 'auditPool:', 'treasury:', 'burn:']) ?? 'burn:';
  return [{ from: anyone(scene), to, message: { type: 'deposit' }, value: lux(scene, 5) }];
};

const metadata = ({ chance }: Scene) => ({
  name: `model ${chance.below(9)}`,
  version: BigInt(chance.below(9)),
  architecture: 'transformer',
  paramCount: 7n,
  license: 'Apache-2.0',
});

export const aboutModel: Move = (scene) => {
  const { cast, chance, model } = scene;
  const which = chance.below(2);
  const modelId = cast.modelIdOf(which);
  const of = model.state.models.get(modelId);
  const owner = (of === undefined ? undefined : cast.nameOf(of.owner)) ?? 'model owner';
  const weightHash = cast.weightHashes[which] ?? NO_HASH;
  const messages: readonly Message[] = [
    { type: 'register', weightHash, teeRequired: false, ...metadata(scene) },
    { type: 'update', ...metadata(scene) },
    { type: 'transfer', owner: cast.address(anyone(scene)) },
    { type: 'accept' },
    { type: 'deprecate' },
    { type: 'remove' },
  ];
  const message = chance.pick(messages) ?? { type: 'remove' };
  const offered = of?.offeredTo === undefined ? undefined : cast.nameOf(of.offeredTo);
  const from = message.type === 'accept' ? (offered ?? owner) : mostly(scene, owner);
  const value = message.type === 'register' ? LUX : 0n;
  return [{ from, to: own('model', modelId), message, value }];
};

/** Retiring the profile of everybody would end most runs, so it is rare. */
export const aboutProfile: Move = (scene) => {
  const { cast, chance, model } = scene;
  const which = chance.percent(80) ? 1 : 0;
  const profileHash = cast.profileHashOf(which);
  const of = model.state.profiles.get(profileHash);
  const creator = (of === undefined ? undefined : cast.nameOf(of.creator)) ?? 'creator';
  const isRetiring = of?.state === 'active' && chance.percent(which === 0 ? 3 : 30);
  const specification = cast.specifications[which];
  const to = own('profile', profileHash);
  const from = mostly(scene, creator);
  if (of === undefined) {
    return [{ from, to, message: { type: 'register', specification }, value: LUX }];
  }
  return [{ from, to, message: { type: isRetiring ? 'retire' : 'remove' } }];
};
