import { MAX_AMOUNT } from '../../codec/index.ts';
import { BURN } from '../../machines/kit/index.ts';
import type { ChainView, Found } from '../view.ts';
import { ofRecords, type StateInvariant, type StepInvariant, sum, unless } from './invariant.ts';

/** What of the balance of an actor its own record accounts for; undefined where nothing does. */
const accountedFor = ({ id, record }: Found): bigint | undefined => {
  const [kind] = id.split(':');
  const { state, context } = record as { state: string; context: Record<string, unknown> };
  switch (kind) {
    case 'provider': {
      const lots = context['lots'] as readonly { readonly amountNlux: bigint }[];
      const staked = (context['freeNlux'] as bigint) + (context['lockedNlux'] as bigint);
      return staked + sum(lots.map(({ amountNlux }) => amountNlux));
    }
    case 'attestation':
      return context['escrowNlux'] as bigint;
    case 'model':
    case 'profile':
      return context['depositNlux'] as bigint;
    case 'request':
      return state === 'open' ? (context['feeNlux'] as bigint) : 0n;
    case 'parameters':
    case 'beacon':
    case 'trustStore':
    case 'announcement':
      return 0n;
    default:
      return undefined;
  }
};

/** Every integer of a record, with its path. */
function* integersOf(value: unknown, path: string): Iterable<readonly [string, bigint]> {
  if (typeof value === 'bigint') yield [path, value];
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return;
  for (const [name, part] of Object.entries(value)) yield* integersOf(part, `${path}.${name}`);
}

const supply = (view: ChainView) => {
  const everybody = view.everybody();
  const total = sum(everybody.map(({ record }) => record.balance));
  const parts = everybody.flatMap((found) => {
    const expected = accountedFor(found);
    const { balance } = found.record;
    return unless(
      expected === undefined || expected === balance,
      () => `it holds ${balance} nLUX, and its record accounts for ${expected}`,
      found.id,
    );
  });
  return [
    ...unless(
      total === view.supplyNlux,
      () => `all balances are ${total} nLUX, and genesis made ${view.supplyNlux}`,
    ),
    ...parts,
  ];
};

const amounts = ofRecords(({ id, record }) =>
  [...integersOf(record, '')].flatMap(([path, value]) =>
    unless(
      value >= 0n && value <= MAX_AMOUNT,
      () => `${path.slice(1)} is ${value}, outside of [0, 2^128)`,
      id,
    ),
  ),
);

const burnedOf = (view: ChainView): bigint => view.actor(BURN)?.balance ?? 0n;

const ENDED: readonly string[] = ['final', 'faulty', 'void'];

/** Fees in escrow go only when the attestation is final, and a pending one's only after W. */
const fees: StepInvariant['check'] = ({ before, after }) =>
  before.all('attestation').flatMap(({ id, record: earlier }) => {
    const later = after.actor(id);
    if (later === undefined) return [{ sentence: 'it is gone with its escrow', actors: [id] }];
    if (later.context.escrowNlux >= earlier.context.escrowNlux) return [];
    const { windowEnd, verdict, challengeId } = later.context;
    const challenge = after.actor(`challenge:${challengeId}`);
    const isOver = verdict === 'none' ? challenge === undefined : challenge?.state === 'final';
    const hasPassed = verdict !== 'none' || later.state === 'void' || after.height >= windowEnd;
    return unless(
      ENDED.includes(later.state) && isOver && hasPassed,
      () => `its escrow fell while it was ${later.state}, before height ${windowEnd}`,
      id,
    );
  });

/** Of the two ways out of the escrow, each attestation takes one. */
const oneWay: StepInvariant['check'] = ({ after, events }) =>
  events
    .filter(({ name }) => name === 'feePaid' || name === 'refunded')
    .flatMap(({ actor, name }) => {
      const state = after.actor(actor)?.state;
      const isRight =
        name === 'feePaid' ? state === 'final' : state === 'faulty' || state === 'void';
      return unless(isRight, () => `it told ${name}, and is ${state}`, actor);
    });

export const moneyInvariants: readonly StateInvariant[] = [
  {
    id: 'I1',
    says: 'All balances add up to the supply of genesis, and each to what its record accounts for.',
    check: supply,
  },
  { id: 'I2', says: 'Every amount and number lies in [0, 2^128).', check: amounts },
];

export const moneySteps: readonly StepInvariant[] = [
  {
    id: 'I6',
    says: 'What is burned never comes back.',
    check: ({ before, after }) =>
      unless(
        burnedOf(after) >= burnedOf(before),
        () => `burned fell from ${burnedOf(before)} to ${burnedOf(after)} nLUX`,
        BURN,
      ),
  },
  {
    id: 'I7',
    says: 'An escrow falls only when its attestation has ended, paid out or refunded, never both.',
    check: (step) => [...fees(step), ...oneWay(step)],
  },
];
