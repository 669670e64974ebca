// Stake, keys, service and punishment of providers (PROTOCOL §5, §6.3; docs/protocol.md).
import * as ids from './ids.ts';
import { amountIn, credit, hexOf, must, need, sure } from './chain.ts';
import type { Call, Message, World } from './chain.ts';
import { longest, total } from './rules.ts';
import type { Member, Provider } from './state.ts';

const NEVER = 2n ** 64n - 1n;
const MOST_KEYS = 8;
const MOST_PLACES = 8;
const MOST_LOTS = 16;

export const staked = ({ freeNlux, lockedNlux }: Provider): bigint => freeNlux + lockedNlux;
export const weightOf = (of: Provider): bigint => (of.state === 'active' ? staked(of) : 0n);

/** Who serves a profile now, and counts. */
export const servers = ({ state }: World, profileHash: string): readonly Member[] =>
  [...state.providers]
    .filter(([, of]) => of.served.some((place) => place.profileHash === profileHash))
    .map(([provider, of]) => ({ owner: of.owner, provider, weight: weightOf(of) }))
    .filter(({ weight }) => weight > 0n);

/** Too little stake makes inactive. */
export const settleState = ({ rules }: World, of: Provider): void => {
  if (of.state === 'active' && staked(of) < rules.minimumStakeNlux) of.state = 'inactive';
};

const reachesMinimum = ({ rules }: World, of: Provider): void => {
  of.state = staked(of) >= rules.minimumStakeNlux ? 'active' : 'inactive';
};

const keysKept = ({ rules, state }: World, of: Provider) =>
  of.keys.filter(({ until }) => state.height < until + rules.evidenceAgeBlocks);

export const signsAt = (of: Provider, address: string, height: bigint): boolean =>
  of.keys.some((key) => key.address === address && key.from <= height && height < key.until);

/** Does what this key has signed still count against the provider? */
export const answersFor = (world: World, of: Provider, address: string): boolean =>
  keysKept(world, of).some((key) => key.address === address && key.from <= world.state.height);

const register = (world: World, message: Message, call: Call): void => {
  const { state, chain } = world;
  need(!state.providers.has(call.self), 'there is such a provider');
  const proof = world.signerOf(ids.keyProofOf(chain, call.from), hexOf(message, 'proof'));
  need(proof === call.self, 'the key is not proven');
  const made: Provider = {
    state: 'inactive',
    owner: call.from,
    registeredAt: state.height,
    keys: [{ address: call.self, from: state.height, until: NEVER }],
    endpoint: hexOf(message, 'endpoint'),
    served: [],
    freeNlux: call.value,
    lockedNlux: 0n,
    lots: [],
    debtNlux: 0n,
    openChallenges: 0,
    exposure: [],
    lastNoShowAt: 0n,
    noShows: 0,
    jailedUntil: 0n,
    unsubstantiatedAt: 0n,
    tombstonedAt: 0n,
  };
  reachesMinimum(world, made);
  state.providers.set(call.self, made);
};

const stake = (world: World, of: Provider, call: Call): void => {
  need(['inactive', 'active', 'jailed'].includes(of.state), 'no stake is taken in this state');
  need(call.from === of.owner, 'not the owner');
  need(call.value > 0n, 'no value');
  of.freeNlux += call.value;
  if (of.state !== 'jailed') reachesMinimum(world, of);
};

const unstake = (world: World, of: Provider, message: Message, call: Call): void => {
  const { height } = world.state;
  const amount = amountIn(message, 'amountNlux');
  need(['inactive', 'active', 'jailed'].includes(of.state), 'nothing to unstake in this state');
  need(call.from === of.owner, 'not the owner');
  need(amount > 0n && amount <= of.freeNlux, 'not so much is free');
  const last = of.lots.at(-1);
  need(last?.height === height || of.lots.length < MOST_LOTS, 'too many lots');
  of.freeNlux -= amount;
  if (last?.height === height) last.amountNlux += amount;
  else of.lots.push({ height, amountNlux: amount });
  if (staked(of) === 0n) of.state = 'unbonding';
  settleState(world, of);
};

const withdraw = (world: World, of: Provider): void => {
  const { state, rules } = world;
  need(of.state !== 'exited', 'it has exited');
  need(of.openChallenges === 0, 'a challenge is open');
  const isMature = ({ height }: { readonly height: bigint }) =>
    height + rules.unbondingBlocks <= state.height;
  const mature = of.lots.filter(isMature);
  const isLast = of.state === 'unbonding' && mature.length === of.lots.length;
  need(isLast || mature.length > 0, 'nothing has matured');
  of.lots = of.lots.filter((lot) => !isMature(lot));
  credit(world, of.owner, total(mature.map(({ amountNlux }) => amountNlux)));
  if (!isLast) return;
  of.state = 'exited';
  of.served = [];
};

const unjail = (world: World, of: Provider, call: Call): void => {
  need(of.state === 'jailed', 'not in jail');
  need(call.from === of.owner, 'not the owner');
  need(world.state.height >= of.jailedUntil, 'the sentence is not served');
  Object.assign(of, { jailedUntil: 0n, noShows: 0, lastNoShowAt: 0n });
  reachesMinimum(world, of);
};

const serve = (world: World, of: Provider, message: Message, call: Call): void => {
  const profileHash = hexOf(message, 'profileHash');
  need(of.state === 'active', 'not active');
  need(call.from === of.owner, 'not the owner');
  need(!of.served.some((place) => place.profileHash === profileHash), 'served already');
  need(of.served.length < MOST_PLACES, 'too many profiles');
  const profile = world.state.profiles.get(profileHash);
  need(profile?.state === 'active', 'the profile is not active');
  need(profile.specification.modelId === hexOf(message, 'modelId'), 'of another model');
  const joinedAt = world.state.height;
  of.served.push({ profileHash, joinedAt, leavesAt: 0n, declinedAt: 0n });
};

export const noticeEnd = ({ state, rules }: World): bigint =>
  state.height + rules.windowBlocks + longest(rules.dispute);

const HOLDING = ['inactive', 'active', 'jailed', 'unbonding'];

const leave = (world: World, of: Provider, message: Message, call: Call): void => {
  const profileHash = hexOf(message, 'profileHash');
  need(HOLDING.includes(of.state), 'not in this state');
  const isRetired = world.state.profiles.get(profileHash)?.state === 'retired';
  need(isRetired || call.from === of.owner, 'not the owner');
  const place = of.served.find((each) => each.profileHash === profileHash);
  need(place?.leavesAt === 0n, 'not served, or leaving');
  place.leavesAt = noticeEnd(world);
};

const depart = (world: World, of: Provider, message: Message): void => {
  const profileHash = hexOf(message, 'profileHash');
  need(HOLDING.includes(of.state), 'not in this state');
  const place = of.served.find((each) => each.profileHash === profileHash);
  need(place !== undefined && place.leavesAt > 0n, 'no notice was given');
  need(world.state.height >= place.leavesAt, 'the notice is not over');
  of.served = of.served.filter((each) => each !== place);
};

const rotate = (world: World, of: Provider, message: Message, call: Call): void => {
  const { height } = world.state;
  const [key, from] = [hexOf(message, 'key'), amountIn(message, 'from')];
  need(HOLDING.includes(of.state), 'not in this state');
  need(call.from === of.owner, 'not the owner');
  need(sure(of.keys.at(-1)).from <= height, 'a rotation is pending');
  need(from > height && from <= height + world.rules.windowBlocks, 'not at such a height');
  const kept = keysKept(world, of);
  need(kept.length < MOST_KEYS, 'too many keys');
  need(!kept.some(({ address }) => address === key), 'a key it has');
  const proof = world.signerOf(ids.keyProofOf(world.chain, of.owner), hexOf(message, 'proof'));
  need(proof === key, 'the key is not proven');
  of.keys = kept.map((each) => (each.until === NEVER ? { ...each, until: from } : each));
  of.keys.push({ address: key, from, until: NEVER });
};

const setEndpoint = (of: Provider, message: Message, call: Call): void => {
  need(HOLDING.includes(of.state), 'not in this state');
  need(call.from === of.owner, 'not the owner');
  of.endpoint = hexOf(message, 'endpoint');
};

export const provider = (world: World, message: Message, call: Call): void => {
  need(call.value === 0n || ['register', 'stake'].includes(message.type), 'takes no value');
  if (message.type === 'register') return register(world, message, call);
  const of = must(world.state.providers.get(call.self), 'no such provider');
  switch (message.type) {
    case 'stake':
      return stake(world, of, call);
    case 'unstake':
      return unstake(world, of, message, call);
    case 'withdraw':
      return withdraw(world, of);
    case 'unjail':
      return unjail(world, of, call);
    case 'serve':
      return serve(world, of, message, call);
    case 'leave':
      return leave(world, of, message, call);
    case 'depart':
      return depart(world, of, message);
    case 'rotateKey':
      return rotate(world, of, message, call);
    case 'setEndpoint':
      return setEndpoint(of, message, call);
    default:
      return need(false, 'nobody may send this');
  }
};
