import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timelineOf, type Timeline } from '../../../src/client/timeline/index.ts';
import { LadderMarket, marketOnce, pairOf, STAKE } from '../../support/ladder.ts';
import { RIGHT, WRONG } from '../../support/market.ts';
import { answer, SILENT, THIRD, UNABLE, withhold, type Answer } from '../../support/plans.ts';

// A timeline is made from the record alone; here it is held against a chain that was watched.

/** So many that seven can sit even where every seat before them was drawn three times. */
const OWNERS = 35;
const opened = marketOnce(() => new LadderMarket(OWNERS).open());

const seatAnswer = fc.constantFrom<Answer>(
  ...[RIGHT, WRONG, RIGHT, WRONG, THIRD].map(answer),
  SILENT,
  UNABLE,
  withhold(RIGHT),
);
const panel = fc.record({
  answers: fc.array(seatAnswer, { minLength: 7, maxLength: 7 }),
  isAppealed: fc.boolean(),
});
type Panel = { readonly answers: readonly Answer[]; readonly isAppealed: boolean };

/** What was seen on the way: what each panel found, and when each window was over. */
interface Seen {
  readonly findings: string[][];
  readonly appeals: bigint[];
  readonly ends: bigint[];
}

/** Plays a challenge to its end, and looks at the record whenever a window has passed. */
const play = (panels: readonly Panel[]): { readonly seen: Seen; readonly timeline: Timeline } => {
  const { market, id } = pairOf(opened());
  const seen: Seen = { findings: [], appeals: [], ends: [] };
  const openedAt = market.context(id).openedAt;
  expect(timelineOf({ state: 'publish', context: market.context(id) }).publish).toEqual({
    name: 'publish',
    from: openedAt,
    until: market.context(id).deadline,
  });
  for (const { answers, isAppealed } of panels) {
    market.playPanel(id, (seat, attempt) => answers[(seat + attempt) % answers.length] ?? SILENT);
    seen.findings.push(market.context(id).defendants.map(({ finding }) => finding));
    seen.ends.push(market.height);
    if (market.stateOf(id) === 'final') break;
    if (market.stateOf(id) !== 'decided') continue;
    if (isAppealed) {
      seen.appeals.push(market.appeal(id, 'anyone'));
      market.pass(id);
    } else {
      market.accept(id);
      break;
    }
  }
  expect(market.stateOf(id)).toBe('final');
  return { seen, timeline: timelineOf({ state: 'final', context: market.context(id) }) };
};

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((all, each) => all + each, 0n);

describe('a timeline of a challenge that was played', () => {
  const lives = fc.tuple(panel, panel, panel);
  const options = { seed: 20_261_123, numRuns: 20 };

  it('says of each panel what was found when it had judged', () => {
    const check = (panels: readonly Panel[]): void => {
      const { seen, timeline } = play(panels);
      expect(timeline.panels).toHaveLength(seen.findings.length);
      for (const [at, { stage, rulings }] of timeline.panels.entries()) {
        if (stage === 'judged') {
          expect(rulings.map(({ finding }) => finding)).toEqual(seen.findings[at]);
        } else {
          expect([stage, rulings]).toEqual(['nobodyAnswered', []]);
          expect(seen.findings[at]).toEqual(['undecided', 'undecided']);
        }
      }
    };
    fc.assert(fc.property(lives, check), options);
  });

  it('dates the windows of the last panel as they were', () => {
    const check = (panels: readonly Panel[]): void => {
      const { seen, timeline } = play(panels);
      const windows = timeline.panels.at(-1)?.windows ?? [];
      const last = windows.findLast(({ name }) => name !== 'appeal');
      expect(last?.until).toBe(seen.ends.at(-1));
      for (const [at, { until }] of windows.slice(0, -1).entries()) {
        expect(windows[at + 1]?.from).toBe(until);
      }
      const { slot } = timeline.panels.at(-1) ?? {};
      expect(last?.until).toBeLessThanOrEqual(slot?.until ?? 0n);
    };
    fc.assert(fc.property(lives, check), options);
  });

  it('accounts for bond, slashes and deposits to the last nLUX', () => {
    const check = (panels: readonly Panel[]): void => {
      const { seen, timeline } = play(panels);
      const { opened: opening, slashedNlux, settlement, parties } = timeline;
      const seats = timeline.panels.flatMap((each) => each.seats);
      const appeals = timeline.panels.flatMap(({ appeal }) =>
        appeal === undefined ? [] : [appeal],
      );
      expect(appeals.map(({ depositNlux }) => depositNlux)).toEqual(seen.appeals);
      expect(sum(parties.map(({ slashNlux }) => slashNlux))).toBe(slashedNlux);
      expect(slashedNlux).toBeLessThan(2n * STAKE);
      const returned = appeals.filter(({ outcome }) => outcome === 'returned');
      expect(
        sum([
          ...seats.map(({ paidNlux }) => paidNlux),
          ...parties.map(({ upheldNlux }) => upheldNlux),
          ...returned.map(({ depositNlux }) => depositNlux),
          settlement?.burnedNlux ?? 0n,
          settlement?.rewardNlux ?? 0n,
          settlement?.bondBackNlux ?? 0n,
        ]),
      ).toBe(opening.bondNlux + slashedNlux + sum(seen.appeals));
    };
    fc.assert(fc.property(lives, check), options);
  });
});
