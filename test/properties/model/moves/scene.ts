// What a move sees, and how it picks whom and what it is about.
import type { Message } from '../../../model/chain.ts';
import type { Model } from '../../../model/model.ts';
import type { Attestation, Provider } from '../../../model/state.ts';
import type { Cast, Offer } from '../cast.ts';
import { LUX } from '../config.ts';
import type { Chance } from '../random.ts';

/** What a move sees: the state before the block (the model's is the chain's), and when it comes. */
export interface Scene {
  readonly cast: Cast;
  readonly model: Model;
  readonly chance: Chance;
  /** Height and time of the block it will be in. */
  readonly height: bigint;
  readonly time: bigint;
}

/** What somebody might do; nothing, if there is no occasion. */
export type Move = (scene: Scene) => readonly Offer[];

export const own = (kind: string, key: string): string => `${kind}:${key}`;

export const anyone = ({ cast, chance }: Scene): string => {
  const { owners, providers, others } = cast.people;
  return chance.pick([...owners, ...providers, ...others]) ?? 'anyone';
};

export const consumer = ({ chance }: Scene): string => `consumer ${chance.below(2)}`;
export const challenger = (scene: Scene): string =>
  scene.chance.percent(85) ? `challenger ${scene.chance.below(2)}` : anyone(scene);

export const providerName = ({ cast, chance }: Scene): string =>
  chance.pick(cast.people.providers) ?? 'owner 0 key a';

/** Mostly one who may attest. */
export const activeProvider = (scene: Scene): string => {
  const { cast, chance } = scene;
  const active = cast.people.providers.filter((name) => recordOf(scene, name)?.state === 'active');
  return (chance.percent(95) ? chance.pick(active) : undefined) ?? providerName(scene);
};

export const ownerOf = (provider: string): string => provider.replace(/ key .*$/, '');

/** Nearly always the one who may. */
export const mostly = (scene: Scene, who: string): string =>
  scene.chance.percent(93) ? who : anyone(scene);

export const recordOf = ({ model, cast }: Scene, provider: string): Provider | undefined =>
  model.state.providers.get(cast.address(provider));

/** The key that signs for a provider in the next block, or now and then another. */
export const keyOf = (scene: Scene, provider: string): string => {
  const { cast, chance, height } = scene;
  const keys = recordOf(scene, provider)?.keys ?? [];
  const valid = keys.find((key) => key.from <= height && height < key.until);
  const any = chance.percent(92) ? valid : chance.pick(keys);
  return (any === undefined ? undefined : cast.nameOf(any.address)) ?? provider;
};

export const toProvider = (
  scene: Scene,
  provider: string,
  message: Message,
  value = 0n,
): Offer => ({
  from: mostly(scene, ownerOf(provider)),
  to: own('provider', scene.cast.address(provider)),
  message,
  value,
});

/** An amount that no rounding leaves as it is, most of the time. */
export const lux = ({ chance }: Scene, most: number): bigint =>
  (BigInt(chance.below(most * 10)) * LUX) / 10n + BigInt(chance.below(3));

export const anyProfile = ({ cast, chance }: Scene): number =>
  chance.percent(55) ? 0 : chance.below(cast.specifications.length);

/** Nearly always one that is wanted; none if there is none. */
export const anyAttestation = (
  { model, chance }: Scene,
  which: (of: Attestation) => boolean,
): readonly [string, Attestation] | undefined => {
  const all = [...model.state.attestations];
  return chance.pick(chance.percent(5) ? all : all.filter(([, of]) => which(of)));
};
