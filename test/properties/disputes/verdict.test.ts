import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  judge,
  quorumToSlash,
  quorumToUphold,
  strayOf,
  type PanelDistances,
  type PanelRelations,
  type Stance,
} from '../../../src/machines/challenge/verdict.ts';

/** Outputs as numbers: near is equal, 0 and 1 the defendants', `undefined` no answer. */
type Panel = readonly (number | undefined)[];

const stance = (seat: number | undefined, defendant: number): Stance => {
  if (seat === undefined) return 'empty';
  return seat === defendant ? 'supports' : 'rejects';
};

const relations = (panel: Panel, defendants: readonly number[] = [0, 1]): PanelDistances => ({
  stances: defendants.map((each) => panel.map((seat) => stance(seat, each))),
  isNearDefendant: (seat, index) => panel[seat] === defendants[index],
  isNearSeat: (seat, centre) => panel[seat] === panel[centre],
  isFarFromSeat: (seat, other) => panel[seat] !== panel[other],
});

/** Every panel of n seats whose answers are one of the defendants', two others, or none. */
const panels = (seats: number): Panel[] =>
  Array.from({ length: seats }).reduce<Panel[]>(
    (all) => all.flatMap((panel) => [0, 1, 2, 3, undefined].map((seat) => [...panel, seat])),
    [[]],
  );

const seven = fc.array(fc.option(fc.nat(3), { nil: undefined }), { minLength: 7, maxLength: 7 });
const FIXED = { seed: 20_261_123, numRuns: 2_000 };

const holdsForAll = (property: (panel: Panel) => void) => {
  for (const panel of [...panels(1), ...panels(3)]) property(panel);
  fc.assert(fc.property(seven, property), FIXED);
};

describe('quorums of PROTOCOL §6.2', () => {
  it.each([
    [1, 1, 1],
    [3, 2, 3],
    [7, 4, 5],
  ])('n = %i: q_ok = %i, q_slash = %i', (seats, uphold, slash) => {
    expect(quorumToUphold(seats)).toBe(uphold);
    expect(quorumToSlash(seats)).toBe(slash);
  });
});

describe('the base panel of one', () => {
  it('finds the one it differs from faulty when it agrees with the other', () => {
    expect(judge(relations([0]), 0)).toBe('valid');
    expect(judge(relations([0]), 1)).toBe('faulty');
  });

  it('decides nothing when it agrees with neither, or is silent', () => {
    for (const seat of [2, undefined]) {
      expect(judge(relations([seat]), 0)).toBe('undecided');
      expect(judge(relations([seat]), 1)).toBe('undecided');
    }
  });

  it('holds both valid when it is near both', () => {
    const both: PanelRelations = {
      stances: [['supports'], ['supports']],
      isNearDefendant: () => true,
      isNearSeat: () => true,
    };
    expect([judge(both, 0), judge(both, 1)]).toEqual(['valid', 'valid']);
  });
});

describe('I17: neither the order of defendants nor that of seats matters', () => {
  it('swapping the defendants swaps the verdicts', () => {
    holdsForAll((panel) => {
      const straight = relations(panel, [0, 1]);
      const swapped = relations(panel, [1, 0]);
      expect(judge(swapped, 1)).toBe(judge(straight, 0));
      expect(judge(swapped, 0)).toBe(judge(straight, 1));
    });
  });

  it('reversing the seats changes nothing', () => {
    holdsForAll((panel) => {
      const reversed = relations(panel.toReversed());
      expect(judge(reversed, 0)).toBe(judge(relations(panel), 0));
    });
  });
});

describe('I19: a silent seat never turns no slash into a slash', () => {
  it('emptying any seat', () => {
    holdsForAll((panel) => {
      if (judge(relations(panel), 0) === 'faulty') return;
      for (const at of panel.keys()) {
        expect(judge(relations(panel.with(at, undefined)), 0)).not.toBe('faulty');
      }
    });
  });
});

describe('I20: moving a supporting seat to the other side never acquits', () => {
  it('from supporting A to B', () => {
    holdsForAll((panel) => {
      if (judge(relations(panel), 0) !== 'faulty') return;
      for (const [at, seat] of panel.entries()) {
        if (seat === 0) expect(judge(relations(panel.with(at, 1)), 0)).toBe('faulty');
      }
    });
  });
});

describe('I16: whom every seat supports is never faulty', () => {
  it('all seats on A, whatever their number', () => {
    for (const seats of [1, 3, 7]) {
      expect(judge(relations(Array.from({ length: seats }, () => 0)), 0)).toBe('valid');
    }
  });
});

describe('I46b: who is alone with its answer when another convicts', () => {
  /** The answers that reject the first defendant, by how many seats give them. */
  const rejecting = (panel: Panel): ReadonlyMap<number, number> => {
    const answers = panel.flatMap((seat) => (seat === undefined || seat === 0 ? [] : [seat]));
    return new Map(answers.map((seat) => [seat, answers.filter((each) => each === seat).length]));
  };

  it('with equal or different outputs: all who reject but the majority', () => {
    holdsForAll((panel) => {
      if (judge(relations(panel), 0) !== 'faulty') return;
      const needed = quorumToUphold(panel.length);
      const strays = [...panel.entries()].flatMap(([at, seat]) => {
        const size = seat === undefined ? 0 : (rejecting(panel).get(seat) ?? 0);
        return size > 0 && size < needed ? [at] : [];
      });
      expect(strayOf(relations(panel), 0)).toEqual(strays);
    });
  });
});
