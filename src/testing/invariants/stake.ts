import { actorId, keyOf, type ActorId } from '../../machines/kit/index.ts';
import { populationOf } from '../../machines/profile/population.ts';
import { setNodes } from '../../machines/profile/record.ts';
import { membersOf } from '../../machines/profile/set-read.ts';
import { u64Key } from '../../machines/kit/index.ts';
import { NEVER } from '../../machines/provider/record.ts';
import type { ChainView, Found } from '../view.ts';
import {
  type Fault,
  type StateInvariant,
  type StepInvariant,
  type StepView,
  sum,
  textOf,
  toldBy,
  unless,
} from './invariant.ts';

type Provider = Found<'provider'>;

const stakeOf = ({ context }: Provider['record']): bigint =>
  context.freeNlux + context.lockedNlux + sum(context.lots.map(({ amountNlux }) => amountNlux));

/** What open challenges hold of each provider. */
const heldBy = (view: ChainView): ReadonlyMap<string, readonly bigint[]> => {
  const held = new Map<string, readonly bigint[]>();
  for (const { record } of view.all('challenge')) {
    if (record.state === 'final') continue;
    for (const { provider, lockNlux } of record.context.defendants) {
      held.set(provider, [...(held.get(provider) ?? []), lockNlux]);
    }
  }
  return held;
};

const locks = (view: ChainView): readonly Fault[] => {
  const held = heldBy(view);
  return view.all('provider').flatMap(({ id, record }) => {
    const { lockedNlux, debtNlux, openChallenges } = record.context;
    const open = held.get(keyOf(id)) ?? [];
    return [
      ...unless(
        lockedNlux === sum(open),
        () => `${lockedNlux} nLUX are locked, and open challenges hold ${sum(open)}`,
        id,
      ),
      ...unless(
        openChallenges === open.length,
        () => `it counts ${openChallenges} open challenges, and there are ${open.length}`,
        id,
      ),
      ...unless(
        debtNlux <= lockedNlux && lockedNlux <= stakeOf(record),
        () => `it owes ${debtNlux}, has ${lockedNlux} locked and ${stakeOf(record)} staked`,
        id,
      ),
    ];
  });
};

/** Free and locked stake counts while active, and no other. */
const weights = (view: ChainView): readonly Fault[] =>
  view.all('provider').flatMap(({ id, record: { state, context } }) => {
    const expected = state === 'active' ? context.freeNlux + context.lockedNlux : 0n;
    return unless(
      context.weightNlux === expected,
      () => `it weighs ${context.weightNlux}, and should ${expected}`,
      id,
    );
  });

/** The stake set of a profile is those who serve it, with their weights. */
const stakeSets = (view: ChainView): readonly Fault[] =>
  view.all('profile').flatMap(({ id, record: { context } }) => {
    const serving = view
      .all('provider')
      .filter(({ record }) =>
        record.context.served.some(({ profileHash }) => profileHash === keyOf(id)),
      );
    const expected = serving
      .filter(({ record }) => record.context.weightNlux > 0n)
      .map(
        ({ id: of, record }) => `${record.context.owner}${keyOf(of)} ${record.context.weightNlux}`,
      )
      .sort((a, b) => (a < b ? -1 : 1));
    const read = (node: bigint) => view.entry(setNodes, id as ActorId, u64Key(node));
    const found = membersOf(read, context.live)
      .map(({ owner, provider, weightNlux }) => `${owner}${provider} ${weightNlux}`)
      .sort((a, b) => (a < b ? -1 : 1));
    const population = populationOf(context.live, read);
    const total = sum(serving.map(({ record }) => record.context.weightNlux));
    return [
      ...unless(
        found.join() === expected.join(),
        () => `its stake set holds [${found.join(', ')}], and should [${expected.join(', ')}]`,
        id,
      ),
      ...unless(
        population.total === total && context.members === serving.length,
        () => `${context.members} members weigh ${population.total}; ${serving.length}, ${total}`,
        id,
      ),
    ];
  });

/** Keys follow one another, each to the beginning of the next, and the last has no end. */
const keys = (view: ChainView): readonly Fault[] =>
  view.all('provider').flatMap(({ id, record: { context } }) => {
    const { keys: spans } = context;
    const areJoined = spans.every(
      ({ from, until }, index) => from < until && until === (spans[index + 1]?.from ?? NEVER),
    );
    const addresses = new Set(spans.map(({ address }) => address));
    return [
      ...unless(areJoined, () => 'the spans of its keys do not follow one another', id),
      ...unless(addresses.size === spans.length, () => 'one key has two spans', id),
    ];
  });

/** Stake falls by what a withdrawal, a slash or a penalty takes, and by nothing else. */
const causes = ({ before, after, events }: StepView): readonly Fault[] =>
  before.all('provider').flatMap(({ id, record }) => {
    const later = after.actor(id);
    const change = (later === undefined ? 0n : stakeOf(later)) - stakeOf(record);
    const told = (name: string) => toldBy(events, id, name);
    const known =
      told('staked') - told('withdrawn') - told('slashed') - told('penalized') - told('tombstoned');
    // What a released lock still owes to other slashes is burned as it is released.
    const { debtNlux, lockedNlux } = record.context;
    const mayOwe = debtNlux > 0n || told('tombstoned') > 0n || told('slashed') > 0n;
    const mostOwed = mayOwe ? lockedNlux + told('locked') : 0n;
    return unless(
      change <= known && known - change <= mostOwed,
      () => `its stake changed by ${change} nLUX, and what it told accounts for ${known}`,
      id,
    );
  });

/** Nothing is withdrawn before it has been unbonding for U. */
const unbonding = ({ before, after, events }: StepView): readonly Fault[] =>
  before.all('provider').flatMap(({ id, record }) => {
    const { unbondingBlocks } = before.parameters;
    const matured = record.context.lots.filter(
      ({ height }) => height + unbondingBlocks <= after.height,
    );
    const withdrawn = toldBy(events, id, 'withdrawn');
    const available = sum(matured.map(({ amountNlux }) => amountNlux));
    return unless(
      withdrawn <= available,
      () => `it withdrew ${withdrawn} nLUX, and ${available} had finished unbonding`,
      id,
    );
  });

/** Who falls below the minimum is no longer active; a raised minimum touches nobody by itself. */
const belowMinimum = ({ before, after }: StepView): readonly Fault[] =>
  after.all('provider').flatMap(({ id, record }) => {
    const { minimumStakeNlux } = before.parameters;
    const weighed = before.actor(id)?.context.weightNlux ?? minimumStakeNlux;
    const { weightNlux } = record.context;
    return unless(
      record.state !== 'active' || weightNlux >= minimumStakeNlux || weightNlux >= weighed,
      () => `it is active with ${weightNlux} nLUX of at least ${minimumStakeNlux}`,
      id,
    );
  });

const SLASHES: readonly string[] = ['slashed', 'tombstoned'];

/** A challenge takes stake once for each defendant, as it becomes final. */
const onceEach = ({ before, after, events }: StepView): readonly Fault[] => {
  const taken = events.filter(({ name }) => SLASHES.includes(name));
  return taken.flatMap((event) => {
    const by = textOf(event, 'by');
    const id = actorId('challenge', by.slice('challenge:'.length));
    const challenge = after.actor(id);
    const times = taken.filter((each) => each.actor === event.actor && textOf(each, 'by') === by);
    const due = challenge?.context.defendants.filter(({ provider }) =>
      event.actor.endsWith(provider),
    );
    const isNow = before.actor(id)?.state !== 'final' && challenge?.state === 'final';
    return unless(
      isNow && times.length <= (due?.length ?? 0),
      () => `${by} took its stake ${times.length} times, or not as it became final`,
      event.actor,
      id,
    );
  });
};

export const stakeInvariants: readonly StateInvariant[] = [
  {
    id: 'I3',
    says: "A provider's locks are those of the open challenges against it, within its stake.",
    check: locks,
  },
  {
    id: 'I23',
    says: 'Who may be drawn is exactly who serves a profile, active, by free and locked stake.',
    check: (view) => [...weights(view), ...stakeSets(view)],
  },
  {
    id: 'I48',
    says: "A provider's keys have spans that follow one another without gap or overlap.",
    check: keys,
  },
];

export const stakeSteps: readonly StepInvariant[] = [
  { id: 'I11', says: 'Stake falls only for a cause that the provider told.', check: causes },
  {
    id: 'I12',
    says: 'A challenge slashes once for each defendant, in the block in which it becomes final.',
    check: onceEach,
  },
  {
    id: 'I38',
    says: 'Stake leaves only after it has been unbonding for U blocks.',
    check: unbonding,
  },
  { id: 'I40', says: 'Who falls below the minimum stake is not active.', check: belowMinimum },
];
