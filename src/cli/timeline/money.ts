import type { Timeline, TimelinePanel } from '../../client/timeline/index.ts';
import { line, type Line, type Section } from './draw.ts';
import type { Names } from './words.ts';

/** An amount, and what it was for. */
interface Payment {
  readonly amountNlux: bigint;
  readonly says: string;
}

const seatsOf = (panels: readonly TimelinePanel[]) =>
  panels.flatMap(({ round, seats }) => seats.map((seat) => ({ round, ...seat })));

const lettersOf = (parties: Timeline['parties']): string =>
  parties.map(({ party }) => party).join(' and ');

/** What came in: the bond, deposits of appeals, and slashes. */
const taken = (timeline: Timeline, { who }: Names): readonly Payment[] => {
  const { parties, panels, opened, slashedNlux } = timeline;
  const slashed = parties.filter(({ slashNlux }) => slashNlux > 0n);
  const asked = slashed.reduce((sum, { slashNlux }) => sum + slashNlux, 0n);
  const isWhole = asked === slashedNlux;
  const from = opened.challenger === undefined ? 'the audit pool' : who(opened.challenger);
  return [
    { amountNlux: opened.bondNlux, says: `bond of ${from}` },
    ...panels.flatMap(({ appeal, round }) =>
      appeal === undefined
        ? []
        : [
            {
              amountNlux: appeal.depositNlux,
              says: `deposit of ${who(appeal.appellant)}, appeal against panel ${round}`,
            },
          ],
    ),
    ...(isWhole
      ? slashed.map(({ party, provider, slashNlux }) => ({
          amountNlux: slashNlux,
          says: `slash of ${party}, ${who(provider)}`,
        }))
      : [
          {
            amountNlux: slashedNlux,
            says: `slash of ${lettersOf(slashed)}, all that was liable`,
          },
        ]),
  ];
};

/** What went out again, to whom. */
const paid = (timeline: Timeline, names: Names): readonly Payment[] => {
  const { settlement, opened, parties, panels } = timeline;
  if (settlement === undefined) return [];
  const { who } = names;
  const challenger = opened.challenger === undefined ? '' : who(opened.challenger);
  const bondTo = opened.challenger === undefined ? 'to the audit pool' : `to ${challenger}, bond`;
  return [
    ...seatsOf(panels)
      .filter(({ paidNlux }) => paidNlux > 0n)
      .map(({ paidNlux, owner, round, seat }) => ({
        amountNlux: paidNlux,
        says: `to ${who(owner)}, re-run of panel ${round} seat ${seat}`,
      })),
    { amountNlux: settlement.rewardNlux, says: `to ${challenger}, reward` },
    { amountNlux: settlement.bondBackNlux, says: bondTo },
    ...parties.map(({ upheldNlux, owner, party }) => ({
      amountNlux: upheldNlux,
      says: `to ${who(owner)}, as ${party} was upheld`,
    })),
    ...panels.flatMap(({ appeal }) =>
      appeal?.outcome === 'returned'
        ? [{ amountNlux: appeal.depositNlux, says: `to ${who(appeal.appellant)}, deposit` }]
        : [],
    ),
    { amountNlux: settlement.burnedNlux, says: 'burned' },
  ];
};

/** Each stands with its seat; here only what they come to. */
const penalties = ({ panels }: Timeline, names: Names): readonly Line[] => {
  const sum = seatsOf(panels).reduce((all, { penaltyNlux }) => all + penaltyNlux, 0n);
  return sum === 0n
    ? []
    : [line(`penalties of seats, burned: ${names.amount(sum)} at most`, 'faint')];
};

/** Amounts under one another, their units aligned. */
const linesOf = (head: string, payments: readonly Payment[], names: Names): readonly Line[] => {
  const some = payments.filter(({ amountNlux }) => amountNlux > 0n);
  if (some.length === 0) return [];
  const amounts = some.map(({ amountNlux }) => names.amount(amountNlux));
  const width = Math.max(...amounts.map(({ length }) => length));
  return [
    line(head, 'faint'),
    ...some.map(({ says }, at) =>
      line(`  ${(amounts[at] ?? '').padStart(width)}  ${says}`, 'plain', width + 2),
    ),
  ];
};

/** Where the money came from and went to, when there is nothing left to pay. */
export const moneySection = (timeline: Timeline, names: Names): readonly Section[] => {
  if (timeline.settlement === undefined) return [];
  return [
    {
      tone: 'plain',
      title: 'paid',
      lines: [
        ...linesOf('taken in', taken(timeline, names), names),
        ...linesOf('paid out', paid(timeline, names), names),
        ...penalties(timeline, names),
      ],
    },
  ];
};
