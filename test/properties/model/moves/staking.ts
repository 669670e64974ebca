// What owners of providers do with stake, keys and service.
import { LUX } from '../config.ts';
import {
  type Move,
  anyProfile,
  anyone,
  lux,
  own,
  ownerOf,
  providerName,
  recordOf,
  toProvider,
} from './scene.ts';

export const register: Move = (scene) => {
  const provider = providerName(scene);
  const owner = ownerOf(provider);
  const signer = scene.chance.percent(92) ? provider : anyone(scene);
  const proof = scene.cast.keyProof(signer, owner);
  const message = { type: 'register', proof, endpoint: 'https://provider.example' };
  return [toProvider(scene, provider, message, lux(scene, 300))];
};

export const stake: Move = (scene) => [
  toProvider(scene, providerName(scene), { type: 'stake' }, lux(scene, 150)),
];

export const unstake: Move = (scene) => {
  const provider = providerName(scene);
  const of = recordOf(scene, provider);
  const all = of?.freeNlux ?? LUX;
  const amountNlux = scene.chance.percent(25) ? all : lux(scene, 120);
  return [toProvider(scene, provider, { type: 'unstake', amountNlux })];
};

export const withdraw: Move = (scene) => [
  { ...toProvider(scene, providerName(scene), { type: 'withdraw' }), from: anyone(scene) },
];

export const unjail: Move = (scene) => {
  const jailed = scene.cast.people.providers.filter(
    (name) => recordOf(scene, name)?.state === 'jailed',
  );
  return [toProvider(scene, scene.chance.pick(jailed) ?? providerName(scene), { type: 'unjail' })];
};

export const serve: Move = (scene) => {
  const profileHash = scene.cast.profileHashOf(anyProfile(scene));
  const modelId = scene.cast.modelIdOf(scene.chance.percent(95) ? 0 : 1);
  return [toProvider(scene, providerName(scene), { type: 'serve', profileHash, modelId })];
};

export const leave: Move = (scene) => {
  const profileHash = scene.cast.profileHashOf(anyProfile(scene));
  return [toProvider(scene, providerName(scene), { type: 'leave', profileHash })];
};

export const depart: Move = (scene) => {
  const noticed = [...scene.model.state.providers].flatMap(([key, of]) =>
    of.served
      .filter((place) => place.leavesAt > 0n)
      .map(({ profileHash }) => ({ key, profileHash })),
  );
  const chosen = scene.chance.pick(noticed);
  if (chosen === undefined) return [];
  const { key, profileHash } = chosen;
  const message = { type: 'depart', profileHash };
  return [{ from: anyone(scene), to: own('provider', key), message }];
};

export const rotate: Move = (scene) => {
  const provider = providerName(scene);
  const { cast, chance, height } = scene;
  const fresh = `${provider} r${chance.below(6)}`;
  const proof = cast.keyProof(chance.percent(92) ? fresh : provider, ownerOf(provider));
  const from = height + BigInt(chance.below(8));
  const message = { type: 'rotateKey', key: cast.address(fresh), proof, from };
  return [toProvider(scene, provider, message)];
};

export const setEndpoint: Move = (scene) => [
  toProvider(scene, providerName(scene), {
    type: 'setEndpoint',
    endpoint: `https://e${scene.chance.below(99)}`,
  }),
];
