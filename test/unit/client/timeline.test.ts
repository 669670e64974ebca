import { describe, expect, it } from 'vitest';
import { timelineOf, type ChallengeRecord } from '../../../src/client/timeline/index.ts';
import type { Defendant, Seat } from '../../../src/machines/challenge/record.ts';
import {
  a,
  ALL_SILENT,
  AUDIT,
  b,
  BASE,
  EQUIVOCATION,
  faulty,
  LADDER,
  LUX,
} from '../cli/timeline/contexts.ts';
import { OPEN, record, seat, SIDES_WITH_B, silent, VALID } from '../cli/timeline/contexts.ts';

const saysIn = (of: ChallengeRecord, round: number): readonly string[] =>
  timelineOf(of).panels[round - 1]?.rulings.map(({ says }) => says) ?? [];

const windowsIn = (of: ChallengeRecord, round: number): readonly string[] =>
  timelineOf(of).panels[round - 1]?.windows.map(
    ({ name, from, until }) => `${name} ${from ?? ''}–${until}`,
  ) ?? [];

describe('the rule that decided', () => {
  it('is told with its quorums, for one seat', () => {
    expect(saysIn(BASE, 1)).toEqual([
      'n = 1: 1 of 1 seat supports A (needs 1)',
      'n = 1: 1 of 1 seat rejects B (needs 1), 1 of them agrees with A (needs 1)',
    ]);
    const [, faultyParty] = timelineOf(BASE).parties;
    expect(faultyParty).toMatchObject({ verdict: 'faulty', slashNlux: 5n * LUX });
    expect(faultyParty?.because).toBe(saysIn(BASE, 1)[1]);
  });

  it('is told for every panel of a ladder, whether it was appealed or undecided', () => {
    expect(saysIn(LADDER, 1)[0]).toBe(
      'n = 1: 1 of 1 seat rejects A (needs 1), 1 of them agrees with B (needs 1)',
    );
    expect(saysIn(LADDER, 2)).toEqual([
      'n = 3: 1 of 3 seats supports A (needs 2), 1 of 3 seats rejects A (needs 3)',
      'n = 3: 1 of 3 seats supports B (needs 2), 1 of 3 seats rejects B (needs 3)',
    ]);
    expect(saysIn(LADDER, 3)).toEqual([
      'n = 7: 5 of 7 seats support A (needs 4)',
      'n = 7: 5 of 7 seats reject B (needs 5), 5 of them agree with A (needs 4)',
    ]);
    const { appeal } = timelineOf(LADDER).panels[0] ?? {};
    expect(appeal).toMatchObject({ outcome: 'returned', depositNlux: 600_000_000n });
  });

  it('names seats that agree with one another, and those that do not', () => {
    const alone = { stanceFirst: 'rejects', stanceSecond: 'none' } as const;
    const panel = (...outputs: readonly string[]): ChallengeRecord =>
      record('decided', {
        form: 'audit',
        deadline: 124n,
        seats: outputs.map((byte, number) =>
          seat(1, number, { ...alone, outputHash: byte.repeat(32) }),
        ),
        defendants: [a({ finding: outputs[1] === outputs[0] ? 'faulty' : 'undecided' })],
      });
    expect(saysIn(panel('0c', '0c', '0d'), 1)).toEqual([
      'n = 3: 3 of 3 seats reject A (needs 3), 2 of them agree with one another (needs 2)',
    ]);
    expect(saysIn(panel('0c', '0d', '0e'), 1)).toEqual([
      'n = 3: 3 of 3 seats reject A (needs 3), ' +
        'but only 1 of them agrees with one another (needs 2)',
    ]);
  });

  it('sees by the masks of measured distances who agrees', () => {
    const rejecting = { stanceFirst: 'rejects', stanceSecond: 'none' } as const;
    const of = (apartFirst: number): ChallengeRecord =>
      record('decided', {
        form: 'audit',
        comparator: {
          type: 'cosine',
          format: 'f32',
          chunkElements: 512,
          loAtto: 1n,
          hiAtto: 2n,
          minFail: 2,
        },
        seats: [0, 1, 2].map((number) =>
          seat(1, number, {
            ...rejecting,
            outputHash: String(number).repeat(64),
            apartFirst: apartFirst & ~(1 << number),
          }),
        ),
        defendants: [a({ finding: 'faulty' })],
      });
    const agreeing = (apart: number) => timelineOf(of(apart)).panels[0]?.rulings[0]?.agree;
    expect([0b000, 0b001, 0b011, 0b111].map(agreeing)).toEqual([3, 3, 3, 1]);
  });

  it('is that nothing was shown, where it was not', () => {
    const hidden: Partial<Defendant> = { finding: 'unsubstantiated', verdict: 'unsubstantiated' };
    const decided = { ending: 'decided', deadline: 124n, seats: [seat(1, 0)] } as const;
    const unopened = record('final', { ...decided, defendants: [a(hidden), b(VALID)] });
    expect(timelineOf(unopened).parties[0]?.because).toBe('A did not open the drawn chunks');
    const unshown = { ...hidden, substantiated: false };
    const untold = record('final', { ...decided, defendants: [a(unshown), b(VALID)] });
    expect(timelineOf(untold).parties[0]?.because).toBe('A did not show its output');
    const unpublished = record('final', {
      ending: 'payloadMissing',
      payloadPublished: false,
      defendants: [a(hidden), b(hidden)],
    });
    expect(timelineOf(unpublished)).toMatchObject({
      endedBecause: 'nobody published the payload, so nobody can judge',
      panels: [],
      parties: [{ slashNlux: 20n * LUX }, { because: 'the payload was not published' }],
    });
  });

  it.each([
    ['seedMissing', 'never came'],
    ['panelCannotSit', 'could not sit'],
    ['lapsed', 'not kept any more'],
  ] as const)('is told where nobody judged: %s', (ending, words) => {
    const voided: Partial<Defendant> = { verdict: 'void' };
    const timeline = timelineOf(
      record('final', { ending, defendants: [a(voided), b(voided)], deadline: 112n }),
    );
    expect(timeline.endedBecause).toContain(words);
    expect(timeline.parties.map(({ because }) => because)).toEqual([
      'no panel has decided',
      'no panel has decided',
    ]);
  });
});

describe('windows', () => {
  it('of the panel in hand follow from its deadline and the lengths of all', () => {
    const at = (state: string, attempt: number, seats: readonly Seat[]) =>
      windowsIn(record(state, { deadline: 120n, attempt, seats }), 1);
    expect(at('awaitSeed', 0, [])).toEqual(['seed 104–120']);
    expect(at('commit', 1, [seat(1, 0, { state: 'drawn' })])).toEqual([
      'commit 112–116',
      'commit 116–120',
    ]);
    expect(at('reveal', 0, [seat(1, 0, { state: 'committed' })])).toEqual([
      'commit 112–116',
      'reveal 116–120',
    ]);
    expect(at('decided', 0, [seat(1, 0)])).toEqual([
      'commit 108–112',
      'reveal 112–116',
      'appeal 116–120',
    ]);
  });

  it('of the others are the slots that were fixed at the opening', () => {
    const { panels } = timelineOf(LADDER);
    expect(panels.map(({ slot }) => slot)).toEqual([
      { from: 104n, until: 128n },
      { from: 132n, until: 156n },
      { from: 160n, until: 184n },
    ]);
    expect(panels.map(({ windows }) => windows.length)).toEqual([0, 0, 3]);
  });

  it('shows panels ahead only while the challenge is open', () => {
    const stages = (of: ChallengeRecord) => timelineOf(of).panels.map(({ stage }) => stage);
    expect(stages(OPEN)).toEqual(['judged', 'reveal', 'ahead']);
    expect(stages(BASE)).toEqual(['judged']);
    expect(stages(ALL_SILENT)).toEqual(['nobodyAnswered', 'nobodyAnswered', 'nobodyAnswered']);
    expect(stages(EQUIVOCATION)).toEqual([]);
    const waiting = record('awaitSeed', { deadline: 108n });
    expect(stages(waiting)).toEqual(['awaitSeed', 'ahead', 'ahead']);
    const cut = record('final', { ending: 'lapsed', seats: [seat(1, 0, { state: 'drawn' })] });
    expect(stages(cut)).toEqual(['cutShort']);
  });
});

describe('money', () => {
  /** What came in is what went out, where the record is one that the rules can give. */
  it.each([
    ['base', BASE],
    ['audit', AUDIT],
    ['equivocation', EQUIVOCATION],
    ['silence', ALL_SILENT],
    ['ladder', LADDER],
  ] as const)('of the %s adds up to the last nLUX', (_, of) => {
    const { opened, panels, parties, slashedNlux, settlement } = timelineOf(of);
    if (settlement === undefined) throw new Error('not settled');
    const appeals = panels.flatMap(({ appeal }) => (appeal === undefined ? [] : [appeal]));
    const sum = (amounts: readonly bigint[]) => amounts.reduce((all, each) => all + each, 0n);
    const taken =
      opened.bondNlux + slashedNlux + sum(appeals.map(({ depositNlux }) => depositNlux));
    const seats = panels.flatMap((panel) => panel.seats);
    const returned = appeals.filter(({ outcome }) => outcome === 'returned');
    const paid = [
      ...seats.map(({ paidNlux }) => paidNlux),
      ...parties.map(({ upheldNlux }) => upheldNlux),
      ...returned.map(({ depositNlux }) => depositNlux),
      settlement.burnedNlux,
      settlement.rewardNlux,
      settlement.bondBackNlux,
    ];
    expect(sum(paid)).toBe(taken);
  });

  it('asks a penalty of who was silent, who withheld, and who stands outside', () => {
    const penalties = (of: ChallengeRecord, round: number) =>
      timelineOf(of).panels[round - 1]?.seats.map(({ penaltyNlux }) => penaltyNlux / LUX);
    expect(penalties(LADDER, 1)).toEqual([2n]);
    expect(penalties(LADDER, 2)).toEqual([0n, 2n, 2n]);
    expect(penalties(LADDER, 3)).toEqual([0n, 0n, 0n, 0n, 0n, 1n, 2n, 0n, 1n]);
    const open = record('commit', { seats: [silent(1, 0), seat(1, 0, SIDES_WITH_B)] });
    expect(penalties(open, 1)).toEqual([1n, 0n]);
  });

  it('calls an appeal lost when a panel heard it and nothing changed', () => {
    const appealed = record('final', {
      ending: 'decided',
      round: 2,
      seats: [seat(1, 0), seat(2, 0), seat(2, 1), seat(2, 2)],
      appeals: [
        {
          round: 1,
          appellant: 'aa'.repeat(20),
          depositNlux: LUX,
          findingFirst: 'valid',
          findingSecond: 'faulty',
        },
      ],
      defendants: [a(VALID), b(faulty(10n * LUX))],
    });
    expect(timelineOf(appealed).panels[0]?.appeal?.outcome).toBe('lost');
    expect(timelineOf(OPEN).panels[0]?.appeal?.outcome).toBe('open');
  });
});
