import { describe, expect, it } from 'vitest';
import { hash, u32be } from '../../../src/codec/index.ts';
import {
  judge,
  quorumToSlash,
  type PanelRelations,
} from '../../../src/machines/challenge/verdict.ts';
import { drawPanel } from '../../../src/machines/selection/index.ts';
import { address, populationOfLines } from '../selection/support.ts';

/** Equal stakes, so that the number of colluders in a panel is hypergeometric. */
const MEMBERS = 60;
const DRAWS = 6_000;
const SIGMAS = 4;

const population = populationOfLines(
  Array.from({ length: MEMBERS }, (_, at) => ({
    owner: address(at),
    provider: address(1_000 + at),
    weight: 100n,
  })),
);

/** Colluders reject the defendant, all with the same answer; the others support it. */
const relations = (isColluder: readonly boolean[]): PanelRelations => ({
  stances: [isColluder.map((each) => (each ? 'rejects' : 'supports'))],
  isNearDefendant: () => false,
  isNearSeat: (seat, centre) => isColluder[seat] === isColluder[centre],
});

const choose = (n: number, k: number): number =>
  Array.from({ length: k }, (_, at) => (n - at) / (at + 1)).reduce((a, b) => a * b, 1);

/** P(at least `least` of `seats` drawn without replacement are colluders). */
const tail = (colluders: number, seats: number, least: number): number =>
  Array.from({ length: seats - least + 1 }, (_, at) => least + at)
    .filter((k) => k <= colluders)
    .map(
      (k) =>
        (choose(colluders, k) * choose(MEMBERS - colluders, seats - k)) / choose(MEMBERS, seats),
    )
    .reduce((sum, part) => sum + part, 0);

const slashesIn = (colluders: number, seats: number): number => {
  const owners = new Set(Array.from({ length: colluders }, (_, at) => address(at)));
  let slashes = 0;
  for (let draw = 0; draw < DRAWS; draw += 1) {
    const seed = hash('aivm/test/1', u32be(seats), u32be(colluders), u32be(draw));
    const terms = { ownersMultiple: 3, stakeShareBps: 5_000 };
    const panel = drawPanel({ population, excludedOwners: [], seed, seats, ...terms });
    if (!panel.ok) throw new Error(panel.failure.message);
    const isColluder = panel.value.map(({ owner }) => owners.has(owner));
    if (judge(relations(isColluder), 0) === 'faulty') slashes += 1;
  }
  return slashes;
};

describe('an honest defendant before a panel with colluders (I28)', () => {
  it.each([
    [3, 0.1],
    [3, 0.2],
    [3, 0.4],
    [7, 0.2],
    [7, 0.4],
  ])('of %i seats, a share of %f of the stake: slashed as rarely as the tail says', (seats, f) => {
    const colluders = MEMBERS * f;
    const expected = tail(colluders, seats, quorumToSlash(seats));
    const sigma = Math.sqrt((expected * (1 - expected)) / DRAWS);
    const rate = slashesIn(colluders, seats) / DRAWS;
    expect(rate).toBeLessThanOrEqual(expected + SIGMAS * sigma);
    // Draws are fair: colluders that were drawn less often than by stake would hide a fault.
    expect(rate).toBeGreaterThanOrEqual(expected - SIGMAS * sigma);
  });
});
