// The whole state as texts by actor, in the shape of the chain's own records.
import type { Model } from './model.ts';
import { profilesUnder } from './registry.ts';
import { staked, servers, weightOf } from './providers.ts';
import { total } from './rules.ts';
import type { Attestation, Challenge, Member, Profile, Provider, Seat } from './state.ts';

const PARENT_SLOTS = 150n;

/** One text for one value, whatever the order of its fields. */
const textOf = (value: unknown): string => {
  if (value === undefined) return '-';
  if (typeof value === 'bigint') return `${value}`;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (Array.isArray(value)) return `[${value.map(textOf).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = value as Readonly<Record<string, unknown>>;
  const names = Object.keys(fields).sort();
  return `{${names.map((name) => `${name}: ${textOf(fields[name])}`).join(', ')}}`;
};

/** An actor as it is compared: by fields, each as text. */
export type Fields = Readonly<Record<string, string>>;
export type Dump = ReadonlyMap<string, Fields>;

/** All fields but some. */
const but = <T extends object, K extends keyof T>(of: T, ...names: readonly K[]): Omit<T, K> =>
  Object.fromEntries(Object.entries(of).filter(([name]) => !names.includes(name as K))) as Omit<
    T,
    K
  >;

export const fieldsOf = (of: Readonly<Record<string, unknown>>): Fields =>
  Object.fromEntries(Object.entries(of).map(([name, value]) => [name, textOf(value)]));

/** Members of a set in order. */
export const membersOf = (members: readonly Member[]): readonly string[] =>
  members.map(({ owner, provider, weight }) => `${owner} ${provider} ${weight}`).sort();

const u64Key = (value: bigint): string => value.toString(16).padStart(16, '0');

const providerFields = (of: Provider) => {
  const lots = total(of.lots.map(({ amountNlux }) => amountNlux));
  return { ...of, balance: staked(of) + lots, weightNlux: weightOf(of), enclaveKeys: 0 };
};

const attestationFields = (of: Attestation) => ({
  ...but(of, 'payers'),
  payers: of.payers.size,
  tee: 'none',
  balance: of.escrowNlux,
});

const mask = (seats: readonly number[]): number => seats.reduce((bits, at) => bits | (1 << at), 0);

const seatFields = ({ marks, apart, remote, stances, ...seat }: Seat) => ({
  ...seat,
  marksFirst: marks[0] ?? 0,
  marksSecond: marks[1] ?? 0,
  apartFirst: mask(apart),
  apartSecond: 0,
  remoteFirst: mask(remote),
  remoteSecond: 0,
  stanceFirst: stances[0] ?? 'none',
  stanceSecond: stances[1] ?? 'none',
});

const challengeFields = (of: Challenge) => {
  const brought = of.bondNlux + total(of.appeals.map(({ depositNlux }) => depositNlux));
  const isOver = of.state === 'final';
  return {
    ...but(of, 'shown'),
    balance: isOver ? 0n : brought,
    wakeAt: isOver ? undefined : of.deadline,
    // Of what is over, the set may have been forgotten.
    eligible: isOver ? [] : membersOf(of.eligible),
    excluded: [...of.excluded].sort(),
    seats: of.seats.map(seatFields),
    awaiting: 0,
    appeals: of.appeals.map(({ findings, ...appeal }) => ({
      ...appeal,
      findingFirst: findings[0] ?? 'none',
      findingSecond: findings[1] ?? 'none',
    })),
  };
};

const profileFields = (model: Model, hash: string, of: Profile) => ({
  ...but(of, 'changedAt'),
  members: [...model.state.providers.values()].filter(({ served }) =>
    served.some(({ profileHash }) => profileHash === hash),
  ).length,
  measurements: [],
  balance: of.depositNlux,
  live: membersOf(servers(model.world, hash)),
  boundary: membersOf(of.boundary),
});

function* actors(model: Model): Iterable<readonly [string, Readonly<Record<string, unknown>>]> {
  const { state, world } = model;
  for (const [key, { balance, nonce }] of state.accounts) {
    if (balance > 0n || nonce > 0n) yield [`account:${key}`, { state: 'open', balance, nonce }];
  }
  for (const [key, of] of state.models) {
    const profileCount = profilesUnder(world, key);
    yield [`model:${key}`, { ...of, profileCount, balance: of.depositNlux }];
  }
  for (const [key, of] of state.profiles) {
    yield [`profile:${key}`, profileFields(model, key, of)];
  }
  for (const [key, of] of state.providers) yield [`provider:${key}`, providerFields(of)];
  for (const [key, of] of state.requests) {
    yield [`request:${key}`, { ...of, balance: of.state === 'open' ? of.feeNlux : 0n }];
  }
  for (const [key, of] of state.attestations) {
    yield [`attestation:${key}`, attestationFields(of)];
    for (const [account, payment] of of.payers) {
      yield [`attestation:${key} payers ${account}`, payment];
    }
  }
  for (const [key, of] of state.announcements) {
    yield [`announcement:${key}`, { ...of, state: 'standing', balance: 0n }];
  }
  for (const [key, of] of state.challenges) {
    yield [`challenge:${key}`, challengeFields(of)];
    if (of.state !== 'final') yield [`timer ${of.deadline} challenge:${key}`, {}];
    for (const [place, output] of of.shown) {
      yield [`challenge:${key} openedChunks ${place}`, { output, evidence: new Uint8Array(0) }];
    }
  }
}

function* singletons({
  state,
  world,
}: Model): Iterable<readonly [string, Record<string, unknown>]> {
  const pools = { treasury: state.treasury, auditPool: state.auditPool, burn: state.burned };
  for (const [kind, balance] of Object.entries(pools)) {
    if (balance > 0n) yield [`${kind}:`, { state: 'open', balance }];
  }
  const { latestRound, submittedAt, submittedCount, submitted } = state;
  const queueHead = submittedCount - BigInt(submitted.length);
  const source = { type: 'dev', ...world.beacon };
  yield [
    'beacon:',
    {
      state: 'open',
      balance: 0n,
      source,
      latestRound,
      submittedAt,
      queueHead,
      queueTail: submittedCount,
    },
  ];
  for (const [at, entry] of submitted.entries()) {
    yield [`beacon: queue ${u64Key(queueHead + BigInt(at))}`, entry];
  }
  for (const [round, known] of state.rounds) {
    yield [`beacon: rounds ${u64Key(round)}`, { ...known }];
  }
  for (const parent of state.parents) {
    yield [`trustStore: recentBlocks ${u64Key(parent.height % PARENT_SLOTS)}`, { ...parent }];
  }
}

/** Everything that the state holds, by actor and collection entry. */
export const dumpOf = (model: Model): Dump => {
  const dump = new Map<string, Fields>();
  for (const [key, of] of actors(model)) dump.set(key, fieldsOf(of));
  for (const [key, of] of singletons(model)) dump.set(key, fieldsOf(of));
  return dump;
};
