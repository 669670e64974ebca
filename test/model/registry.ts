// Models and profiles (PROTOCOL §2; docs/protocol.md, Models and profiles).
import * as ids from './ids.ts';
import { credit, hexOf, must, need, sure } from './chain.ts';
import type { Call, Message, World } from './chain.ts';
import { servers } from './providers.ts';
import { retention } from './rules.ts';
import type { Comparator, Specification } from './specification.ts';

const METADATA = ['name', 'version', 'architecture', 'paramCount', 'license'] as const;

const metadataOf = (message: Message) =>
  Object.fromEntries(METADATA.map((name) => [name, message[name]])) as unknown as {
    readonly name: string;
    readonly version: bigint;
    readonly architecture: string;
    readonly paramCount: bigint;
    readonly license: string;
  };

const registerModel = (world: World, message: Message, call: Call): void => {
  const { state, rules } = world;
  need(!state.models.has(call.self), 'there is such a model');
  const weightHash = hexOf(message, 'weightHash');
  const teeRequired = message['teeRequired'] as boolean;
  need(ids.modelIdOf(weightHash, teeRequired) === call.self, 'not its name');
  need(call.value === rules.modelDepositNlux, 'not the deposit');
  state.models.set(call.self, {
    state: 'active',
    owner: call.from,
    weightHash,
    teeRequired,
    ...metadataOf(message),
    registeredAt: state.height,
    offeredTo: undefined,
    depositNlux: call.value,
  });
};

/** Profiles under a model, retired ones too. */
export const profilesUnder = ({ state }: World, modelId: string): number =>
  [...state.profiles.values()].filter(({ specification }) => specification.modelId === modelId)
    .length;

export const model = (world: World, message: Message, call: Call): void => {
  need(call.value === 0n || message.type === 'register', 'takes no value');
  if (message.type === 'register') return registerModel(world, message, call);
  const of = must(world.state.models.get(call.self), 'no such model');
  switch (message.type) {
    case 'update':
      need(call.from === of.owner, 'not the owner');
      Object.assign(of, metadataOf(message));
      return undefined;
    case 'transfer':
      need(call.from === of.owner, 'not the owner');
      of.offeredTo = hexOf(message, 'owner');
      return undefined;
    case 'accept':
      need(call.from === of.offeredTo, 'not offered');
      Object.assign(of, { owner: call.from, offeredTo: undefined });
      return undefined;
    case 'deprecate':
      need(of.state === 'active' && call.from === of.owner, 'not its owner, or deprecated');
      of.state = 'deprecated';
      return undefined;
    case 'remove':
      need(of.state === 'deprecated' && call.from === of.owner, 'not its owner, or active');
      need(profilesUnder(world, call.self) === 0, 'profiles stand under it');
      world.state.models.delete(call.self);
      return credit(world, of.owner, of.depositNlux);
    default:
      return need(false, 'nobody may send this');
  }
};

const MOST_CHUNK_BYTES = 16_384;
const TOKEN_BYTES = 4;

/** Thresholds that tell the honest from the others (PROTOCOL §6.2, §7). */
const isSound = (of: Comparator, drawn: number): boolean => {
  if (of.type === 'exact') return true;
  const { chunkElements, loTokens, hiTokens, minFail } = of;
  return (
    chunkElements > 0 &&
    chunkElements * TOKEN_BYTES <= MOST_CHUNK_BYTES &&
    minFail >= 1 &&
    minFail <= drawn &&
    hiTokens >= 2 * loTokens &&
    hiTokens < chunkElements
  );
};

const registerProfile = (world: World, message: Message, call: Call): void => {
  const { state, rules } = world;
  need(!state.profiles.has(call.self), 'there is such a profile');
  const specification = message['specification'] as Specification;
  need(ids.profileHashOf(specification) === call.self, 'not its name');
  const under = must(state.models.get(specification.modelId), 'no such model');
  need(!under.teeRequired, 'the model asks for a TEE');
  const fee = specification.rerunFeeNlux;
  need(fee > 0n && fee <= rules.rerunFeeMaximumNlux, 'not such a fee');
  need(isSound(specification.comparator, rules.dispute.drawnChunks), 'not a sound comparator');
  need(call.value === rules.profileDepositNlux, 'not the deposit');
  state.profiles.set(call.self, {
    state: 'active',
    specification,
    creator: call.from,
    registeredAt: state.height,
    depositNlux: call.value,
    retiredAt: 0n,
    boundary: [],
    changedAt: 0n,
  });
};

/**
 * Until when a retired profile is surely kept, and from when it surely can go. In between it is a
 * matter of when a version of its set was last replaced that stood at the beginning of an epoch,
 * which this model does not follow.
 */
const removableFrom = (world: World, profileHash: string) => {
  const of = sure(world.state.profiles.get(profileHash));
  const kept = retention(world.rules);
  const last = of.changedAt > of.retiredAt ? of.changedAt : of.retiredAt;
  return { earliest: of.retiredAt + kept, surely: last + kept };
};

/** What the chain did, which counts only where more than one thing is right. */
interface Did {
  readonly isApplied: boolean;
  readonly isPart: boolean;
}

export const profile = (world: World, message: Message, call: Call, did: Did): void => {
  need(call.value === 0n || message.type === 'register', 'takes no value');
  if (message.type === 'register') return registerProfile(world, message, call);
  const { state } = world;
  const of = must(state.profiles.get(call.self), 'no such profile');
  switch (message.type) {
    case 'retire':
      need(of.state === 'active' && call.from === of.creator, 'not its creator, or retired');
      Object.assign(of, { state: 'retired', retiredAt: state.height });
      return undefined;
    case 'remove': {
      need(of.state === 'retired', 'not retired');
      const serving = [...state.providers.values()].filter(({ served }) =>
        served.some(({ profileHash }) => profileHash === call.self),
      );
      need(serving.length === 0, 'served still');
      const { earliest, surely } = removableFrom(world, call.self);
      need(state.height >= earliest, 'in use still');
      need(state.height >= surely || did.isApplied, 'in use still, as the chain says');
      if (did.isPart) return undefined;
      state.profiles.delete(call.self);
      return credit(world, of.creator, of.depositNlux);
    }
    default:
      // Without a TEE there are no measurements to append.
      return need(false, 'nobody may send this');
  }
};

/** Those who may be drawn by challenges of this epoch (PROTOCOL §6.1). */
export const keepBoundaries = (world: World): void => {
  const { state, rules } = world;
  if (state.height % rules.epochBlocks !== 0n) return;
  for (const [hash, of] of state.profiles) of.boundary = servers(world, hash);
};
