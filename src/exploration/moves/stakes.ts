import type { ProviderContext } from '../../machines/provider/record.ts';
import type { ProviderMessage } from '../../machines/provider/messages.ts';
import { ANYONE, CONSUMER, ownerOf, poolNames } from '../names.ts';
import type { Move, MovesOf, Scene } from './move.ts';

const NLUX_PER_LUX = 1_000_000_000n;

export const attest: MovesOf = ({ setting, ground }) =>
  setting.world.defendants.map(({ name, attests }) => {
    const { message } = setting.claim(name, attests, ground.view.time);
    const to = setting.attestation(name);
    return { label: `${name} attests ${attests}`, order: { from: name, to, message } };
  });

/** The consumer pays once for each attestation that somebody is to pay for. */
export const pay: MovesOf = ({ setting, ground }) =>
  setting.world.defendants.flatMap(({ name, paidNlux }) => {
    const to = setting.attestation(name);
    const hasPaid = (ground.view.actor(to)?.context.payers ?? 0) > 0;
    if (paidNlux === 0n || hasPaid) return [];
    const order = { from: CONSUMER, to, message: { type: 'pay' }, value: paidNlux } as const;
    return [{ label: `${CONSUMER} pays for the attestation of ${name}`, order }];
  });

const onAttestations =
  (type: 'settle' | 'refund', from: string): MovesOf =>
  ({ setting }) =>
    setting.world.defendants.map(({ name }) => ({
      label: `${from} asks to ${type} the attestation of ${name}`,
      order: { from, to: setting.attestation(name), message: { type } },
    }));
export const settle = onAttestations('settle', ANYONE);
export const refund = onAttestations('refund', CONSUMER);

const onProviders =
  (
    names: (scene: Scene) => readonly string[],
    make: (
      context: ProviderContext,
      name: string,
      scene: Scene,
    ) => { readonly message: ProviderMessage; readonly value?: bigint } | undefined,
  ): MovesOf =>
  (scene) =>
    names(scene).flatMap((name): Move[] => {
      const to = scene.setting.provider(name);
      const context = scene.ground.view.actor(to)?.context;
      const made = context && make(context, name, scene);
      if (made === undefined) return [];
      const order = { from: ownerOf(name), to, ...made };
      return [{ label: `${name} asks to ${made.message.type}`, order }];
    });

const stakersOf = ({ setting }: Scene) => setting.world.stakers;
const everyProvider = ({ setting: { world } }: Scene) => [
  ...world.defendants.map(({ name }) => name),
  ...poolNames(world),
];

/** What is missing of its first stake, so that no stake grows without end. */
export const stake = onProviders(stakersOf, ({ freeNlux, lockedNlux }, name, { setting }) => {
  const { stakeLux = 0 } = setting.world.defendants.find((each) => each.name === name) ?? {};
  const value = BigInt(stakeLux) * NLUX_PER_LUX - freeNlux - lockedNlux;
  return value > 0n ? { message: { type: 'stake' }, value } : undefined;
});

/** All that is free at once. */
export const unstake = onProviders(stakersOf, ({ freeNlux }) =>
  freeNlux > 0n ? { message: { type: 'unstake', amountNlux: freeNlux } } : undefined,
);
export const withdraw = onProviders(stakersOf, () => ({ message: { type: 'withdraw' } }));
export const unjail = onProviders(everyProvider, () => ({ message: { type: 'unjail' } }));
export const leave = onProviders(stakersOf, (_, __, { setting: { profileHash } }) => ({
  message: { type: 'leave', profileHash },
}));
export const depart = onProviders(stakersOf, (_, __, { setting: { profileHash } }) => ({
  message: { type: 'depart', profileHash },
}));
