import { panelSeed } from '../../../../src/codec/index.ts';
import { devRandomness } from '../../../../src/machines/beacon/rounds.ts';
import { keyOf, u64Key, type ActorId } from '../../../../src/machines/kit/index.ts';
import { populationOf } from '../../../../src/machines/profile/population.ts';
import { setNodes } from '../../../../src/machines/profile/record.ts';
import { drawPanel, drawSeat, type Member } from '../../../../src/machines/selection/index.ts';
import { CHAIN } from '../../../support/world.ts';
import type { SpecMarket } from './spec-market.ts';
import type { SpecChallenge, SpecSeat } from './trace.ts';

/**
 * Luck. The specification draws panels by chance; here the beacon does, whose rounds follow from
 * the time of the block that fixes them. So the replay lets that block come at a time, later by
 * some steps, at which the beacon draws whom the specification has drawn: whatever the
 * specification can draw, the chain can, too. Who was not drawn by this is found by the comparison
 * of states.
 */

/** So far apart that no round is asked for twice. */
const STEP_SECONDS = 10_000n;
const MOST_TRIES = 200_000;

/** Of one panel: the names drawn in each commit window, as sets in order. */
const windowsOf = (seats: readonly SpecSeat[]): readonly (readonly SpecSeat[])[] =>
  [0, 1, 2].map((attempt) => seats.filter((seat) => seat.attempt === attempt));

const sameNames = (drawn: readonly string[], wanted: readonly SpecSeat[]): boolean =>
  drawn.toSorted().join() ===
  wanted
    .map(({ provider }) => provider)
    .toSorted()
    .join();

const LEFT_OPEN = ['silent', 'unable'];

/** Would this randomness draw the panel, with all its replacements? */
const draws = (
  market: SpecMarket,
  id: ActorId<'challenge'>,
  spec: SpecChallenge,
  round: number,
  beacon: string,
): boolean => {
  const ownerOf = (name: string) => market.address(market.ownerName(name));
  const before = spec.seats.filter((seat) => seat.round < round);
  const panel = spec.seats.filter((seat) => seat.round === round);
  const [first = [], ...later] = windowsOf(panel);
  const excluded = [...spec.defendants, ...before].map(({ provider }) => ownerOf(provider));
  const drawing = {
    population: populationOf(market.eligible, (node) =>
      market.entry(setNodes, market.profile, u64Key(node)),
    ),
    seed: panelSeed({ beacon, challengeId: keyOf(id), round }),
  };
  const { panelStakeShareBps: stakeShareBps } = market.parameters.dispute;
  const terms = { seats: first.length, ownersMultiple: 1, stakeShareBps };
  const drawn = drawPanel({ ...drawing, ...terms, excludedOwners: excluded });
  if (!drawn.ok) throw new Error('the specification draws a panel that cannot sit');
  const nameOf = ({ owner }: Member) => market.nameOf(owner);
  if (!sameNames(drawn.value.map(nameOf), first)) return false;

  let sitting = drawn.value.map((member, seat) => ({ name: nameOf(member), seat }));
  const taken = [...excluded, ...drawn.value.map(({ owner }) => owner)];
  for (const [index, wanted] of later.entries()) {
    const left = windowsOf(panel)[index]?.filter(({ state }) => LEFT_OPEN.includes(state)) ?? [];
    const missing = sitting.filter(({ name }) => left.some(({ provider }) => provider === name));
    if (wanted.length === 0) return true;
    sitting = missing.flatMap(({ seat }) => {
      const member = drawSeat({ ...drawing, excludedOwners: taken, seat, attempt: index + 1 });
      if (member === undefined) return [];
      taken.push(member.owner);
      return [{ name: nameOf(member), seat }];
    });
    if (
      !sameNames(
        sitting.map(({ name }) => name),
        wanted,
      )
    )
      return false;
  }
  return true;
};

/** A panel of the specification whose seed the next block fixes. */
export interface Fixed {
  readonly id: ActorId<'challenge'>;
  /** As it is at the end of the trace, when everybody has been drawn. */
  readonly spec: SpecChallenge;
  readonly round: number;
  /** The beacon round that seeds it, if the block comes so much later. */
  readonly beaconRound: (laterSeconds: bigint) => bigint;
}

/** Moves the clock to where the beacon draws all of these. */
export const waitForLuck = (market: SpecMarket, fixed: readonly Fixed[]): void => {
  const asked = fixed.filter(({ spec, round }) => spec.seats.some((seat) => seat.round === round));
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const laterSeconds = BigInt(tries) * STEP_SECONDS;
    const isLucky = asked.every(({ id, spec, round, beaconRound }) =>
      draws(market, id, spec, round, devRandomness(CHAIN.chainId, beaconRound(laterSeconds))),
    );
    if (!isLucky) continue;
    market.time += laterSeconds;
    return;
  }
  throw new Error(`no beacon of ${MOST_TRIES} draws what the specification draws`);
};
