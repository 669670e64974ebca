import { LETTERS, type TimelinePanel, type TimelineSeat } from '../../client/timeline/index.ts';
import { line, type Line, type Section } from './draw.ts';
import { heights, LATE_WORDS, rule, SEAT_WORDS, seats, STANCE_WORDS, toneOf } from './words.ts';
import type { Names } from './words.ts';

const STAGE_WORDS: Readonly<Record<TimelinePanel['stage'], string>> = {
  ahead: 'if it is needed',
  awaitSeed: 'waits for its beacon round',
  commit: 'commits',
  reveal: 'reveals',
  judged: '',
  nobodyAnswered: 'nobody answered',
  cutShort: 'cut short',
  neverSat: 'never sat',
};

const OPEN_STAGES: ReadonlySet<string> = new Set(['awaitSeed', 'commit', 'reveal']);
/** Columns under which the answers of seats begin. */
const SEAT_HANG = 9;

const seatTone = ({ state, isOutside }: TimelineSeat): Line['tone'] => {
  if (isOutside || state === 'silent' || state === 'withheld') return 'bad';
  if (state === 'unable') return 'faint';
  return state === 'drawn' ? 'open' : 'plain';
};

/** One seat: who, what became of it, how it stood to each defendant, and its money. */
const seatLine = (seat: TimelineSeat, isOver: boolean, { amount, who }: Names): Line => {
  const { stances, paidNlux, penaltyNlux, isOutside } = seat;
  const words = (isOver ? LATE_WORDS : SEAT_WORDS)[seat.state];
  const isJudged = stances.some((stance) => stance !== 'none');
  const sides = stances.map((stance, at) => `${STANCE_WORDS[stance]} ${LETTERS[at] ?? ''}`);
  const parts = [
    isJudged ? sides.join(', ') : words,
    ...(isOutside ? ['outside the final cluster'] : []),
    ...(paidNlux > 0n ? [`paid ${amount(paidNlux)}`] : []),
    ...(penaltyNlux > 0n ? [`penalty ${amount(penaltyNlux)}`] : []),
  ];
  const replaced = seat.attempt === 0 ? '' : ` (draw ${seat.attempt + 1})`;
  const text = `seat ${seat.seat}${replaced}  ${who(seat.provider)}  ${parts.join('; ')}`;
  return line(text, seatTone(seat), SEAT_HANG);
};

/** Heights of its windows; of one that is over or ahead, of the slot that they lie in. */
const windowLine = ({ windows, slot }: TimelinePanel): Line =>
  windows.length === 0
    ? line(`time slot ${heights(slot)}`, 'faint')
    : line(windows.map((each) => `${each.name} ${heights(each)}`).join(', '), 'faint');

const APPEAL_WORDS = {
  open: ['', 'open'],
  lost: [': lost, nothing changed', 'bad'],
  returned: [': the deposit came back', 'good'],
} as const;

const appealLines = ({ appeal }: TimelinePanel, { amount, who }: Names): readonly Line[] => {
  if (appeal === undefined) return [];
  const { appellant, depositNlux, outcome } = appeal;
  const [said, tone] = APPEAL_WORDS[outcome];
  return [line(`⚑ appealed by ${who(appellant)} with ${amount(depositNlux)}${said}`, tone)];
};

const beaconLines = ({ seedRound, chunkRound, stage }: TimelinePanel): readonly Line[] => {
  if (stage === 'ahead') return [];
  const chunks = chunkRound === 0n ? '' : `, its chunks by round ${chunkRound}`;
  return [line(`drawn by beacon round ${seedRound}${chunks}`, 'faint')];
};

/** A panel from its draw to the appeal against it. */
export const panelSection = (panel: TimelinePanel, names: Names): Section => {
  const { round, size, stage } = panel;
  const isOver = !OPEN_STAGES.has(stage);
  const said = STAGE_WORDS[stage];
  return {
    tone: isOver && stage !== 'ahead' ? 'plain' : 'open',
    title: `panel ${round} of ${seats(size)}${said === '' ? '' : `: ${said}`}`,
    lines: [
      windowLine(panel),
      ...beaconLines(panel),
      ...panel.seats.map((seat) => seatLine(seat, isOver, names)),
      ...panel.rulings.map(({ party, finding, says }) =>
        line(`⇒ ${party} ${finding}: ${rule(says)}`, toneOf(finding)),
      ),
      ...appealLines(panel, names),
    ],
  };
};
