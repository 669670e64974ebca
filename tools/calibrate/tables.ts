// The tables of docs/tolerance.md, from the results that `npm run calibrate` keeps.
import { code, table } from '../docs/section.ts';
import { count, figure, thresholdSentence, UNIT_NAMES } from './figures.ts';
import type { Judged, Measured, Outcome, Results, Unit } from './results.ts';

type Quantile = keyof Measured['distances']['quantiles'];
type Verdict = 'supports' | 'rejects' | 'rejectsNamed';

const least = (values: readonly string[]): string =>
  values.reduce((smallest, value) => (BigInt(value) < BigInt(smallest) ? value : smallest));

/** One row of a table: a pair of honest engines, or changed weights against all engines. */
interface Group {
  readonly who: string;
  readonly measured: readonly Measured[];
  readonly judged: readonly Judged[];
}

/** Pairs of honest engines one by one; what changed weights do is nearly the same for each seat. */
const groupsOf = (measured: readonly Measured[], judged: readonly Judged[]): readonly Group[] => {
  const groups = new Map<string, Group>();
  for (const [index, each] of measured.entries()) {
    const { provider, weights, seat } = each;
    const who =
      weights === 'honest'
        ? `${code(provider)}, ${code(seat)}`
        : `**${weights}** on ${code(provider)}`;
    const before = groups.get(who) ?? { who, measured: [], judged: [] };
    const verdict = judged[index];
    groups.set(who, {
      who,
      measured: [...before.measured, each],
      judged: verdict === undefined ? before.judged : [...before.judged, verdict],
    });
  }
  return [...groups.values()];
};

const smallest = (unit: Unit, { measured }: Group, quantile: Quantile): string =>
  figure(unit, least(measured.map(({ distances }) => distances.quantiles[quantile])));

const share = (judged: readonly Judged[], of: Verdict): string => {
  const part = judged.reduce((total, each) => total + each[of], 0);
  const whole = judged.reduce(
    (total, { supports, abstains, rejects }) => total + supports + abstains + rejects,
    0,
  );
  return `${((100 * part) / whole).toFixed(1)} %`;
};

const COLUMNS: readonly (readonly [Quantile, string])[] = [
  ['min', 'least'],
  ['p50', 'median'],
  ['p999', '99.9 %'],
  ['max', 'largest'],
];
const VERDICTS: readonly (readonly [Verdict, string])[] = [
  ['supports', 'supported'],
  ['rejects', 'rejected'],
  ['rejectsNamed', 'rejected if named'],
];

/** Whether outputs are the same bytes is told by the verdicts alone. */
const columnsOf = (unit: Unit): readonly (readonly [Quantile, string])[] =>
  unit === 'differs' ? [] : COLUMNS;

const outcomeTable = (
  unit: Unit,
  measured: readonly Measured[],
  judged: readonly Judged[],
): string => {
  const columns = columnsOf(unit);
  const verdicts = judged.length === 0 ? [] : VERDICTS;
  return table(
    [UNIT_NAMES[unit], ...[...columns, ...verdicts].map(([, title]) => title)],
    groupsOf(measured, judged).map((group) => [
      group.who,
      ...columns.map(([quantile]) => smallest(unit, group, quantile)),
      ...verdicts.map(([verdict]) => share(group.judged, verdict)),
    ]),
  );
};

const renderOutcome = (outcome: Outcome): readonly string[] => [
  `### ${outcome.setting}`,
  thresholdSentence(outcome),
  outcomeTable(outcome.unit, outcome.measured, outcome.judged),
];

/**
 * All tables of a calibration as Markdown below a heading of the second level: the engines, the
 * largest difference of an element, and for each comparator the distances, the thresholds, and what
 * seats with these thresholds make of sentences that were held out.
 */
export const toleranceTables = (results: Results): string => {
  const { machine, sentences, tokens, engines, differences, outcomes } = results;
  const all = sentences.calibrating + sentences.heldOut;
  return [
    [
      `Measured over ${count(all)} sentences (${count(tokens)} tokens) on ${machine.cpu},`,
      `${machine.platform}, Node ${machine.node}. Distances are of the first`,
      `${count(sentences.calibrating)}, which set the thresholds; verdicts of the other`,
      `${count(sentences.heldOut)}, all chunks drawn: what is neither supported nor rejected is an`,
      'abstention. *Rejected if named*: the challenger names the chunks that lie farthest apart.',
      'Changed weights are compared with all engines: the least distance, and all verdicts.',
    ].join('\n'),
    table(
      ['engine', 'what it is'],
      Object.entries(engines).map(([name, says]) => [code(name), says]),
    ),
    '### Largest difference in a chunk of 64 elements',
    outcomeTable('pico', differences, []),
    ...outcomes.flatMap(renderOutcome),
  ].join('\n\n');
};
