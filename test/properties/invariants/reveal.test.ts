import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rerunCommit, sha256Hex, u32be } from '../../../src/codec/index.ts';
import { keyOf } from '../../../src/machines/kit/index.ts';
import { EXACT } from '../../support/scales.ts';
import { flat, marketOf, THREE } from '../../support/tolerance.ts';
import type { World } from '../../support/world.ts';

type Order = ReturnType<World['order']>;

const SEED = 20_261_203;

/** A panel of three that is about to commit. */
const market = marketOf(EXACT, THREE);
const id = market.pairOf(flat(0), flat(4));
market.toPanel(id);
const seats = market.seats(id);
const start = market.snapshot();
const member = (seat: number): string => market.nameOf(seats[seat]?.provider ?? '');

interface Preimage {
  readonly challengeId: string;
  readonly round: number;
  readonly seat: number;
  readonly member: string;
  readonly outputHash: string;
  readonly evidenceRoot: string;
  readonly salt: string;
}

const digest = (number: number): string => sha256Hex(u32be(number));
const preimageOf = (seat: number): Preimage => ({
  challengeId: keyOf(id),
  round: 1,
  seat,
  member: market.address(member(seat)),
  outputHash: digest(1),
  evidenceRoot: digest(2),
  salt: digest(3 + seat),
});

const commit = (from: string, seat: number, commitment: string) =>
  market.order(from, id, { type: 'commit', seat, commitment });
const reveal = (from: string, { seat, outputHash, evidenceRoot, salt }: Preimage) =>
  market.order(from, id, { type: 'reveal', seat, outputHash, evidenceRoot, salt });
const outcomeOf = (order: Order): string | undefined => market.block(order)[0]?.outcome.type;
const contextNow = () => market.context(id);

const changes: fc.Arbitrary<Partial<Preimage>> = fc.oneof(
  fc.constant({}),
  fc.constant({}),
  fc.nat().map((number) => ({ outputHash: digest(number) })),
  fc.nat().map((number) => ({ evidenceRoot: digest(number) })),
  fc.nat().map((number) => ({ salt: digest(number) })),
  fc.constantFrom(1, 2, 3, 255).map((seat) => ({ seat })),
  fc.constant({ round: 2 }),
  fc.constant({ challengeId: digest(0) }),
  fc.constant({ member: market.address('anyone') }),
);

const WINDOWS = ['commit', 'reveal', 'after'] as const;

/** Waits for the window; others have committed, so that there is one. */
const wait = (window: (typeof WINDOWS)[number]): void => {
  if (window === 'commit') return;
  while (market.stateOf(id) === 'commit') market.pass(id);
  if (window === 'after') market.pass(id);
};

describe('a commitment and its reveal', () => {
  it('I30 I33: accepted iff it is the preimage, of that seat, in its window, and once', () => {
    const seen = { applied: 0, refused: 0 };
    const twice = fc.boolean();
    const from = fc.constantFrom(0, 0, 0, 1, undefined);
    fc.assert(
      fc.property(
        changes,
        fc.constantFrom(...WINDOWS),
        from,
        twice,
        (change, window, who, again) => {
          market.restore(start);
          const own = preimageOf(0);
          const committed = rerunCommit({ ...own, ...change });
          expect(outcomeOf(commit(member(0), 0, committed))).toBe('applied');
          market.block(commit(member(1), 1, rerunCommit(preimageOf(1))));
          wait(window);
          const sender = who === undefined ? 'anyone' : member(who);
          const isPreimage = committed === rerunCommit(own);
          const isRight = isPreimage && who === 0 && window === 'reveal';
          const before = contextNow();
          expect(outcomeOf(reveal(sender, own))).toBe(isRight ? 'applied' : 'refused');
          if (!isRight) expect(contextNow()).toEqual(before);
          const after = contextNow();
          if (again) expect(outcomeOf(reveal(sender, own))).toBe('refused');
          if (again) expect(contextNow()).toEqual(after);
          seen[isRight ? 'applied' : 'refused'] += 1;
        },
      ),
      { seed: SEED, numRuns: 160 },
    );
    expect(Math.min(seen.applied, seen.refused)).toBeGreaterThan(5);
  });

  it('I33: a second commitment, or one when the windows are over, changes nothing', () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom(...WINDOWS), (number, window) => {
        market.restore(start);
        market.block(commit(member(0), 0, digest(number)));
        wait(window);
        const before = contextNow();
        for (const seat of [0, 1]) {
          if (window === 'commit' && seat === 1) continue;
          expect(outcomeOf(commit(member(seat), seat, digest(number + 1)))).toBe('refused');
        }
        expect(contextNow()).toEqual(before);
      }),
      { seed: SEED, numRuns: 50 },
    );
  });

  it('I31: whoever copies a commitment cannot reveal it, whatever it says', () => {
    const parts = fc.record({
      outputHash: fc.constantFrom(digest(1), digest(9)),
      evidenceRoot: fc.constantFrom(digest(2), digest(9)),
      salt: fc.constantFrom(digest(3), digest(4), digest(9)),
      seat: fc.constantFrom(0, 1),
    });
    fc.assert(
      fc.property(parts, fc.boolean(), (shown, isShownFirst) => {
        market.restore(start);
        const own = preimageOf(0);
        market.block(commit(member(0), 0, rerunCommit(own)));
        expect(outcomeOf(commit(member(1), 1, rerunCommit(own)))).toBe('applied');
        wait('reveal');
        if (isShownFirst) expect(outcomeOf(reveal(member(0), own))).toBe('applied');
        expect(outcomeOf(reveal(member(1), { ...own, ...shown }))).toBe('refused');
        expect(contextNow().seats.find(({ seat }) => seat === 1)?.state).toBe('committed');
      }),
      { seed: SEED, numRuns: 60 },
    );
  });
});
