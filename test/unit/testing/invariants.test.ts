import { describe, expect, it } from 'vitest';
import type { ChainEvent } from '../../../src/actors/index.ts';
import { BURN, PARAMETERS, type ActorId } from '../../../src/machines/kit/index.ts';
import {
  ChainView,
  checkInvariants,
  checkStep,
  expectNoViolations,
  STATE_INVARIANTS,
  STEP_INVARIANTS,
  UNSEEN,
} from '../../../src/testing/index.ts';
import { Market, RIGHT, WRONG } from '../../support/market.ts';
import { LUX } from '../../support/parameters.ts';
import { parts, tampered, watch } from './support.ts';

/** A pair that is decided, and another that is in its reveal window; all blocks checked. */
const play = () => {
  const market = new Market(8);
  const watched = watch(market);
  market.open(() => 105n * LUX);
  market.attest('p0', RIGHT);
  market.attest('p1', WRONG);
  const done = market.challenge('p0', 'p1');
  market.playOut(done, RIGHT);
  market.openChunks(done, 'p0', RIGHT);
  market.openChunks(done, 'p1', WRONG);
  const judging = watched.view();
  market.advance(30n);
  const request = market.ask('p2', LUX / 5n);
  market.attest('p2', RIGHT, request);
  market.attest('p3', WRONG);
  market.attest('p2', RIGHT);
  const open = market.challenge('p2', 'p3');
  return { market, done, open, judging, settled: watched.view(), blocks: watched.blocks() };
};

const { market, done, open, judging, settled, blocks } = play();
const provider = (name: string) => market.provider(name);
const idsOf = (view: ChainView): readonly string[] => checkInvariants(view).map(({ id }) => id);
const paid = market.attestation('p2', market.requestOf(0n));
const seat = judging.actor(done)?.context.seats[0];

describe('the list of invariants', () => {
  it('names every one of the protocol: in a state, in a step, or why it is in neither', () => {
    const seen = [...STATE_INVARIANTS, ...STEP_INVARIANTS].map(({ id }) => id);
    const all = Array.from({ length: 60 }, (_, index) => `I${index + 1}`);
    const named = new Set([...seen, ...Object.keys(UNSEEN)]);
    expect([...all, 'I46b'].filter((id) => !named.has(id))).toEqual([]);
    expect(seen.filter((id) => Object.hasOwn(UNSEEN, id))).toEqual([]);
  });

  it('holds over a dispute that is decided and slashes, and one that is open', () => {
    expect(settled.actor(done)?.context.slashedNlux).toBeGreaterThan(0n);
    expect(settled.actor(open)?.state).toBe('publish');
    expect(checkInvariants(settled)).toEqual([]);
    expect(blocks).toBeGreaterThan(60);
  });
});

/** By invariant: a state that breaks it, made of a sound one by changing one record. */
const BROKEN: Readonly<Record<string, () => ChainView>> = {
  I1: () => tampered(settled, BURN, ({ balance }) => ({ balance: balance + 1n })),
  I3: () => tampered(settled, provider('p2'), () => ({ context: { openChallenges: 2 } })),
  I4: () =>
    tampered(settled, done, ({ context }) => ({
      context: { slashedNlux: context.slashedNlux + 1n },
    })),
  I5: () =>
    tampered(settled, done, ({ context }) => ({
      context: {
        settlement: context.settlement && { ...context.settlement, burnedNlux: 0n },
      },
    })),
  I8: () =>
    tampered(settled, done, ({ context }) => ({
      context: {
        settlement: context.settlement && { ...context.settlement, rewardNlux: 1_000n * LUX },
      },
    })),
  I9: () =>
    tampered(settled, done, ({ context }) => ({
      context: {
        settlement: context.settlement && { ...context.settlement, rerunsNlux: 0n },
      },
    })),
  I10: () =>
    tampered(settled, done, ({ context }) => ({
      context: {
        defendants: context.defendants.map((each) => ({ ...each, verdict: 'valid' as const })),
      },
    })),
  I13: () =>
    tampered(settled, done, () => ({
      context: { form: 'equivocation' as const, ending: 'equivocation' as const },
    })),
  I15: () =>
    tampered(settled, market.profile, ({ context }) => ({
      context: { specification: { ...context.specification, rerunFeeNlux: 1n } },
    })),
  I21: () => tampered(settled, paid, () => ({ context: { verdict: 'faulty' as const } })),
  I22: () =>
    tampered(judging, done, ({ context }) => ({
      context: { excluded: [...context.excluded, seat?.owner ?? ''] },
    })),
  I23: () =>
    tampered(settled, provider('p4'), ({ context }) => ({
      context: { weightNlux: context.weightNlux - 1n },
    })),
  I29: () =>
    tampered(judging, done, ({ context }) => ({
      context: { eligible: { ...context.eligible, owners: 2 } },
    })),
  I32: () => tampered(judging, done, () => ({ state: 'commit' })),
  I34: () =>
    new ChainView({
      ...parts(tampered(settled, open, () => ({ context: { openedAt: 1n } }))),
      height: settled.height + 100n,
    }),
  I35: () => tampered(settled, open, () => ({ wakeAt: undefined })),
  I36: () =>
    tampered(judging, done, ({ context: { seats } }) => ({
      context: { seats: [...seats, ...seats, ...seats, ...seats] },
    })),
  I41: () =>
    tampered(settled, market.attestation('p0'), () => ({
      context: { challengeId: '00'.repeat(32) },
    })),
  I42: () =>
    tampered(settled, market.attestation('p0'), () => ({
      context: { attestationId: '11'.repeat(32) },
    })),
  I43: () => tampered(settled, paid, () => ({ context: { timestamp: 7n } })),
  I45: () =>
    tampered(settled, done, () => ({
      context: {
        appeals: [
          {
            round: 1,
            appellant: '00'.repeat(20),
            depositNlux: 1n,
            findingFirst: 'valid' as const,
            findingSecond: 'faulty' as const,
          },
        ],
      },
    })),
  I48: () =>
    tampered(settled, provider('p4'), ({ context: { keys } }) => ({
      context: { keys: keys.map((key) => ({ ...key, until: 9n })) },
    })),
  I49: () =>
    tampered(settled, PARAMETERS, ({ context: { current } }) => ({
      context: { current: { ...current, unbondingBlocks: 1n } },
    })),
  I54: () => tampered(settled, open, ({ wakeAt = 0n }) => ({ wakeAt: wakeAt + 1n })),
};

describe('an invariant of a state', () => {
  it.each(Object.keys(BROKEN))('%s is missed where it is broken', (id) => {
    expect(idsOf(BROKEN[id]?.() ?? settled)).toContain(id);
  });

  it('I2 and I52 cannot be broken by a record that can be stored: they guard the codec', () => {
    const testable = Object.keys(BROKEN);
    const rest = STATE_INVARIANTS.filter(({ id }) => !testable.includes(id)).map(({ id }) => id);
    expect([...new Set(rest)]).toEqual(['I2', 'I52']);
  });

  it('names the actors concerned, and throws as a sentence', () => {
    const violations = checkInvariants(BROKEN['I3']?.() ?? settled);
    expect(violations[0]?.actors).toEqual([provider('p2')]);
    expect(() => expectNoViolations(violations)).toThrow(/I3: .* \(provider:[0-9a-f]{40}\)/);
  });
});

const event = (actor: ActorId, name: string, fields: Readonly<Record<string, string>>) =>
  ({
    actor,
    name,
    fields: Object.entries(fields).map(([of, value]) => ({ name: of, value })),
  }) satisfies ChainEvent;

interface Jump {
  readonly after: ChainView;
  readonly before?: ChainView;
  readonly events?: readonly ChainEvent[];
}

const late = (): ChainView => new ChainView({ ...parts(settled), height: settled.height + 90n });

/** By invariant: two states, or what was told between them, that no block can lead to. */
const JUMPS: Readonly<Record<string, () => Jump>> = {
  I6: () => ({ after: tampered(settled, BURN, () => ({ balance: 0n })) }),
  I7: () => ({
    after: tampered(settled, paid, () => ({ balance: 0n, context: { escrowNlux: 0n } })),
  }),
  I11: () => ({
    after: tampered(settled, provider('p4'), () => ({ context: { freeNlux: 100n * LUX } })),
  }),
  I12: () => ({
    after: settled,
    events: [event(provider('p1'), 'slashed', { amountNlux: '0', by: done })],
  }),
  I24: () => ({
    after: tampered(settled, done, () => ({ context: { seedRounds: [99n] } })),
  }),
  I25: () => ({
    after: tampered(settled, open, ({ context }) => ({
      context: { eligible: { ...context.eligible, owners: 3 } },
    })),
  }),
  I33: () => ({
    after: tampered(settled, done, ({ context: { seats } }) => ({
      context: { seats: seats.map((each) => ({ ...each, outputHash: '22'.repeat(32) })) },
    })),
  }),
  I35: () => ({ after: tampered(settled, done, () => ({ state: 'publish' })) }),
  I38: () => ({
    after: settled,
    events: [event(provider('p4'), 'withdrawn', { amountNlux: '1' })],
  }),
  I40: () => ({
    after: tampered(settled, provider('p4'), () => ({ context: { weightNlux: 1n } })),
  }),
  I44: () => ({
    before: late(),
    after: new ChainView({
      ...parts(late()),
      source: tampered(settled, paid, () => ({ state: 'disputed' })).source,
    }),
  }),
  I46: () => ({
    after: tampered(settled, market.attestation('p1'), () => ({
      context: { verdict: 'void' as const },
    })),
  }),
  I46b: () => ({
    after: settled,
    events: [event(provider('p4'), 'penalized', { amountNlux: '1', by: done, noShow: 'true' })],
  }),
};

describe('an invariant of a step', () => {
  it.each(Object.keys(JUMPS))('%s is missed where it is broken', (id) => {
    const { after, before = settled, events = [] } = JUMPS[id]?.() ?? { after: settled };
    expect(checkStep({ before, after, events }).map((each) => each.id)).toContain(id);
  });

  it('is broken here, each of them, and none by a block in which nothing happens', () => {
    const ids = [...new Set(STEP_INVARIANTS.map(({ id }) => id))];
    expect(ids.toSorted()).toEqual(Object.keys(JUMPS).toSorted());
    expect(checkStep({ before: settled, after: settled, events: [] })).toEqual([]);
  });
});
