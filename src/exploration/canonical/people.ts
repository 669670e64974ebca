import type { StakeSet } from '../../machines/profile/record.ts';
import { setNodes } from '../../machines/profile/record.ts';
import { membersOf } from '../../machines/profile/set-read.ts';
import type { ChallengeContext, Seat } from '../../machines/challenge/record.ts';
import { type ActorId, u64Key } from '../../machines/kit/index.ts';
import type { ChainView } from '../../testing/view.ts';
import { poolNames } from '../names.ts';
import type { Setting } from '../setting.ts';
import { contextWriter, seatWriter, type Terms } from './writer.ts';

/** What a state says of one of the pool, without saying who it is. */
export interface Member {
  readonly address: string;
  /** Equal for members between whom nothing tells. */
  readonly text: string;
}

const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

const writeProvider = contextWriter('provider');

/** Weights of a version of the profile's set, by provider. */
export const weightsOf = (view: ChainView, profile: ActorId<'profile'>, set: StakeSet) => {
  const read = (node: bigint) => view.entry(setNodes, profile as ActorId, u64Key(node));
  return new Map(membersOf(read, set).map((each) => [each.provider, each.weightNlux]));
};

/** Text of a provider but for whose it is. */
export const providerText = (view: ChainView, id: ActorId<'provider'>, terms: Terms): string => {
  const record = view.actor(id);
  return record === undefined ? '' : `${record.state} ${writeProvider(record.context, terms)}`;
};

/** The pool; `sets` are those in which a member may have a weight, in a fixed order. */
export const poolOf = (
  setting: Setting,
  view: ChainView,
  sets: readonly ReadonlyMap<string, bigint>[],
  terms: Terms,
): ReadonlyMap<string, Member> =>
  new Map(
    poolNames(setting.world).map((name) => {
      const address = setting.address(name);
      const weights = sets.map((set) => set.get(address) ?? '-').join(' ');
      const text = `${providerText(view, setting.provider(name), terms)} / ${weights}`;
      return [address, { address, text }] as const;
    }),
  );

/** A seat by itself: what hangs on its number and on who sits there is written apart. */
const writeSeat = seatWriter(
  'seats.seat',
  'seats.provider',
  'seats.owner',
  'seats.apartFirst',
  'seats.apartSecond',
  'seats.remoteFirst',
  'seats.remoteSecond',
);

/** Everybody who has held one seat of a panel, in order. */
interface Place {
  readonly round: number;
  readonly number: number;
  readonly seats: readonly Seat[];
  readonly text: string;
}

/**
 * The seats of a challenge in an order that does not depend on their numbers: no rule prefers one
 * seat of a panel to another. What cannot be told apart may stand in any order.
 */
export const placesOf = (
  { seats }: ChallengeContext,
  pool: ReadonlyMap<string, Member>,
  terms: Terms,
): readonly Place[] => {
  const groups = Map.groupBy(seats, ({ round, seat }) => `${round}/${seat}`);
  const places = [...groups.values()].map((held): Place => {
    const texts = held.map(
      (seat) => `${writeSeat(seat, terms)} | ${pool.get(seat.provider)?.text ?? seat.provider}`,
    );
    const [{ round, seat: number } = { round: 0, seat: 0 }] = held;
    return { round, number, seats: held, text: texts.join(' then ') };
  });
  return places.toSorted((a, b) => a.round - b.round || byText(a.text, b.text));
};

/** Bits of a mask over the seats of a panel, in their new places. */
const moved = (mask: number, numbers: ReadonlyMap<number, number>): number =>
  [...numbers].reduce((bits, [from, to]) => bits | (((mask >>> from) & 1) << to), 0);

/** New number of each seat of a panel. */
export const numbersOf = (places: readonly Place[], round: number): ReadonlyMap<number, number> =>
  new Map(
    places
      .filter((place) => place.round === round)
      .map((place, index) => [place.number, index] as const),
  );

/** The seats with their members by number. */
export const seatsText = (
  places: readonly Place[],
  memberNumber: (address: string) => string,
): string =>
  places
    .map(({ round, seats, text }) => {
      const numbers = numbersOf(places, round);
      const members = seats.map((seat) => {
        const masks = [seat.apartFirst, seat.apartSecond, seat.remoteFirst, seat.remoteSecond];
        return [memberNumber(seat.provider), ...masks.map((mask) => moved(mask, numbers))].join();
      });
      return `${text} by ${members.join(' ')}`;
    })
    .join('; ');

/**
 * Numbers the pool: first those who sit, in the order of their seats, then the others by what tells
 * them apart. Interchangeable people make one state, whoever of them does something.
 */
export const numberPool = (
  pool: ReadonlyMap<string, Member>,
  seated: readonly string[],
): ReadonlyMap<string, string> => {
  const first = [...new Set(seated)].filter((address) => pool.has(address));
  const others = [...pool.values()]
    .filter(({ address }) => !first.includes(address))
    .toSorted((a, b) => byText(a.text, b.text))
    .map(({ address }) => address);
  return new Map([...first, ...others].map((address, index) => [address, `m${index}`] as const));
};
