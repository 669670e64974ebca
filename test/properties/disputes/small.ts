import fc from 'fast-check';
import { BURN } from '../../../src/machines/kit/index.ts';
import { COSINE, LOGPROBS, RELATIVE, TOKENS, TOPLOC, ULP } from '../../support/scales.ts';
import type { Scale } from '../../support/scales.ts';
import { marketOf, THREE, type ChallengeId, type Levels } from '../../support/tolerance.ts';
import type { ToleranceMarket } from '../../support/tolerance.ts';

/** Small disputes under every comparator that tolerates differences, and what comes of them. */

const CHUNKS = 3;
const SEATS = 3;
export const SCALES = [TOKENS, ULP, RELATIVE, COSINE, LOGPROBS, TOPLOC].map(
  (scale) => [scale.comparator.type, scale] as const,
);

/** Levels of which no two differ by three, so that each difference is near, between or far. */
const anyLevels = fc.array(fc.constantFrom(0, 1, 2, 6, 7, 8), {
  minLength: CHUNKS,
  maxLength: CHUNKS,
});
/** Mostly one of two camps, so that panels decide. */
const levels = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom([0, 0, 0], [0, 1, 0], [1, 1, 1]) },
  { weight: 3, arbitrary: fc.constantFrom([8, 8, 8], [7, 8, 7]) },
  { weight: 2, arbitrary: fc.constantFrom([0, 0, 7], [0, 2, 1], [8, 7, 0]) },
  { weight: 1, arbitrary: anyLevels },
);

export interface Small {
  readonly first: Levels;
  readonly second: Levels;
  readonly seats: readonly Levels[];
  readonly named: readonly number[];
}

/** A small dispute: a pair, three seats, chunks that are named. */
export const small: fc.Arbitrary<Small> = fc
  .record({
    first: levels,
    second: levels,
    seats: fc.array(levels, { minLength: SEATS, maxLength: SEATS }),
    named: fc.subarray([0, 1, 2]),
  })
  // With equal outputs there is nothing to challenge.
  .filter(({ first, second }) => first.join() !== second.join());

/** More than all parties of a small dispute have to open. */
const MOST_OPENINGS = 64;
/** In which order chunks are opened, and which of them never are. */
export interface Schedule {
  readonly ranks: readonly number[];
  readonly dropped: readonly number[];
}
export const schedule: fc.Arbitrary<Schedule> = fc.record({
  ranks: fc.array(fc.nat(1_000_000), { minLength: MOST_OPENINGS, maxLength: MOST_OPENINGS }),
  dropped: fc.array(fc.nat(MOST_OPENINGS - 1), { maxLength: 4 }),
});
const ALL: Schedule = { ranks: [], dropped: [] };

/** Everybody's chunks but for some, in the order that the ranks give. */
const openings = (market: ToleranceMarket, id: ChallengeId, { ranks, dropped }: Schedule) =>
  ['p0', 'p1', ...market.revealed(id)]
    .flatMap((name) => market.openings(id, name).map((message) => market.order(name, id, message)))
    .map((each, at) => ({ each, at, rank: ranks[at] ?? 0 }))
    .filter(({ at }) => !dropped.includes(at))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ each }) => each);

export const played = (scale: Scale, of: Small, opened: Schedule = ALL) => {
  const market = marketOf(scale, THREE);
  const id = market.pairOf(of.first, of.second, of.named);
  market.toChunks(id, of.seats);
  market.doAll(openings(market, id, opened));
  market.pass(id);
  if (market.keptChunks(id).length > 0) throw new Error('chunks outlast their window');
  const found = { findings: market.findings(id), context: market.context(id) };
  if (market.stateOf(id) === 'decided') market.accept(id);
  return { market, id, ...found };
};

/** Everything that a challenge leaves but what transactions cost. */
export const outcome = ({ market, id, context }: ReturnType<typeof played>) => ({
  judged: context,
  final: market.context(id),
  providers: market.providers.map((name) => market.actor(market.provider(name))),
  owners: market.providers.map((name) => market.wealthOf(market.ownerName(name))),
  attestations: ['p0', 'p1'].map((name) => market.actor(market.attestation(name))),
  burned: market.balance(BURN),
});

/* The rule once more, on levels alone, sharing nothing with what is tested. */

const nearness = (a: Levels, b: Levels): readonly ('near' | 'between' | 'far')[] =>
  a.map((level, at) => {
    const apart = Math.abs(level - (b[at] ?? 0));
    if (apart <= 1) return 'near';
    return apart >= 4 ? 'far' : 'between';
  });

const rejects = (seat: Levels, defendant: Levels, named: readonly number[]): boolean => {
  const far = nearness(seat, defendant).flatMap((each, at) => (each === 'far' ? [at] : []));
  return far.some((at) => named.includes(at)) || far.filter((at) => !named.includes(at)).length > 1;
};

const isNear = (a: Levels, b: Levels): boolean => nearness(a, b).every((each) => each === 'near');

export const expected = ({ first, second, seats, named }: Small): readonly string[] =>
  [
    [first, second],
    [second, first],
  ].map(([mine = [], other = []]) => {
    if (seats.filter((seat) => isNear(seat, mine)).length >= 2) return 'valid';
    const against = seats.filter((seat) => rejects(seat, mine, named));
    const centres = [other, ...against];
    const isAgreed = centres.some(
      (centre) => against.filter((seat) => isNear(seat, centre)).length >= 2,
    );
    return against.length === 3 && isAgreed ? 'faulty' : 'undecided';
  });
