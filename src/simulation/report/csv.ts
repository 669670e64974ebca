import type { Figure } from '../figure.ts';
import type { Estimate, Observation, SimulationResult } from '../result.ts';
import { parametersText } from './rows.ts';

/** A field of a line; `null` and `undefined` are empty. */
type Field = string | number | boolean | null | undefined;

const LINE_END = '\r\n';
/**
 * A spreadsheet runs a text that begins so as a formula (OWASP, CSV injection; the wide forms are
 * read as the narrow ones in some languages). An apostrophe before it makes it text again.
 */
const FORMULA = /^[\s\p{Cc}]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/u;

const textField = (text: string): string => {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
};

const fieldText = (field: Field): string => {
  if (field === null || field === undefined) return '';
  return typeof field === 'string' ? textField(field) : String(field);
};

/** Lines of RFC 4180, the first of which names the columns. Figures are written in full. */
export const csvText = (lines: readonly (readonly Field[])[]): string =>
  lines.map((line) => line.map(fieldText).join(',') + LINE_END).join('');

const ESTIMATE_HEAD = [
  'name',
  'parameters',
  'n',
  'estimate',
  'closedForm',
  'z',
  'ci95Low',
  'ci95High',
  'unit',
  'source',
] as const;

const estimateLine = (estimate: Estimate): readonly Field[] => [
  estimate.name,
  parametersText(estimate.parameters),
  estimate.n,
  estimate.estimate,
  estimate.closedForm,
  estimate.z,
  estimate.ci95[0],
  estimate.ci95[1],
  estimate.unit,
  estimate.source,
];

const OBSERVATION_HEAD = ['name', 'n', 'mean', 'ci95Low', 'ci95High', 'unit'] as const;

const observationLine = ({ name, n, mean, ci95, unit }: Observation): readonly Field[] => [
  name,
  n,
  mean,
  ci95[0],
  ci95[1],
  unit,
];

/** What a figure draws, as a table: the head and one line per point, bin or link. */
export const figureLines = (figure: Figure): readonly (readonly Field[])[] => {
  switch (figure.type) {
    case 'plot':
      return [
        ['series', 'style', 'x', 'y', 'low', 'high'],
        ...figure.series.flatMap(({ name, style, points }) =>
          points.map(({ x, y, low, high }) => [name, style, x, y, low, high]),
        ),
      ];
    case 'histogram':
      return [
        ['series', 'from', 'to', 'count'],
        ...figure.series.flatMap(({ name, bins }) =>
          bins.map(({ from, to, count }) => [name, from, to, count]),
        ),
      ];
    case 'flow':
      return [
        ['from', 'to', 'value'],
        ...figure.links.map(({ from, to, value }) => [from, to, value]),
      ];
  }
};

/** The characters of a file name that every system takes; the identity of kebab-case. */
const fileName = (id: string): string => id.toLowerCase().replaceAll(/[^a-z0-9-]+/g, '-');

/**
 * The report as tables: `estimates.csv`, `observations.csv` where there was a market, and one
 * `figure-ID.csv` per figure, path to content. Paths
 * are plain file names, whatever the ids are; an id that stands twice is numbered.
 */
export const csvFiles = (
  result: Pick<SimulationResult, 'estimates' | 'observations' | 'figures'>,
): ReadonlyMap<string, string> => {
  const files = new Map([
    ['estimates.csv', csvText([ESTIMATE_HEAD, ...result.estimates.map(estimateLine)])],
  ]);
  if (result.observations.length > 0) {
    const lines = result.observations.map(observationLine);
    files.set('observations.csv', csvText([OBSERVATION_HEAD, ...lines]));
  }
  for (const figure of result.figures) {
    const name = `figure-${fileName(figure.id)}`;
    let path = `${name}.csv`;
    for (let next = 2; files.has(path); next += 1) path = `${name}-${next}.csv`;
    files.set(path, csvText(figureLines(figure)));
  }
  return files;
};
